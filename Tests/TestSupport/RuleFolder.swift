import Foundation
package import Rules

/// The folder `Rules/` of the package, found from where this file was compiled.
package enum RuleFolder {
    private static let url: URL = {
        // A build of a copy may reach the sources by a link.
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appending(path: "Rules")
    }()

    private static let directory = Result { () throws(RuleFileError) in try RuleDirectory(path: url.path) }

    /// The names of all rule files, sorted: `acme.toml`, `mistral/rule.toml`.
    package static let names: [String] = (try? directory.get().names) ?? []

    /// A rule file with its examples.
    package static func file(_ name: String) throws -> RuleFile { try directory.get().file(name) }
}

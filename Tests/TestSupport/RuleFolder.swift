import Foundation

/// The folder `Rules/` of the package, found from where this file was compiled.
public enum RuleFolder {
    private static let url: URL = {
        // A build of a copy may reach the sources by a link.
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.appending(path: "Rules")
    }()

    /// The names of all rule files, sorted.
    public static let names: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: url.path)
        return (names ?? []).filter { $0.hasSuffix(".toml") }.sorted()
    }()

    /// The content of a rule file.
    public static func text(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
}

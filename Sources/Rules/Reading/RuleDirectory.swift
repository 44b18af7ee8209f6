internal import FoundationEssentials

/// A folder of rule files, as `Rules/` is one: `acme.toml`, or `acme/rule.toml` with `acme/examples/` beside it for a
/// provider that needs many examples, and `shared.toml` for what they share.
package struct RuleDirectory: Sendable {
    /// What the rules of the folder share, and names no rule.
    package static let sharedName = "shared.toml"
    private static let ruleName = "rule.toml"
    private static let examplesName = "examples"

    private let path: String
    /// The rule files, as seen from the folder, sorted.
    package let names: [String]
    private let shared: SharedRules

    /// - Parameters:
    ///   - path: Of the folder.
    ///   - shared: What the rules share if the folder itself says nothing.
    /// - Throws: `RuleFileError` for a folder that cannot be listed, or whose `shared.toml` is wrong.
    package init(path: String, shared: SharedRules = .none) throws(RuleFileError) {
        self.path = path
        var names: [String] = []
        for name in try Self.list(path) {
            if name.hasSuffix(".toml"), name != Self.sharedName { names.append(name) }
            let inner = "\(name)/\(Self.ruleName)"
            if FileManager.default.fileExists(atPath: "\(path)/\(inner)") { names.append(inner) }
        }
        self.names = names.sorted()
        self.shared = try Self.shared(in: path) ?? shared
    }

    /// Reads a rule file with its examples.
    package func file(_ name: String) throws(RuleFileError) -> RuleFile {
        try Self.file("\(path)/\(name)", name: "\(path)/\(name)", shared: shared)
    }

    /// Reads a rule file that stands in some folder, with its examples and what it shares with the files around it.
    ///
    /// - Parameter shared: What the rules share if the folder itself says nothing.
    package static func file(_ path: String, shared: SharedRules) throws(RuleFileError) -> RuleFile {
        let folder = parent(of: path)
        let own = try Self.shared(in: path.hasSuffix("/" + ruleName) ? parent(of: folder) : folder)
        return try file(path, name: path, shared: own ?? shared)
    }

    private static func file(_ path: String, name: String, shared: SharedRules) throws(RuleFileError) -> RuleFile {
        var file = try RuleFile(text: try text(path), file: name, shared: shared)
        let examples = parent(of: path) + "/" + examplesName
        guard path.hasSuffix("/" + ruleName), FileManager.default.fileExists(atPath: examples) else { return file }
        for id in try list(examples) {
            guard let index = file.rules.firstIndex(where: { $0.id == id }) else {
                throw RuleFileError(file: "\(examples)/\(id)", reason: "there is no rule \(id) in \(name)")
            }
            for example in try list("\(examples)/\(id)") {
                let path = "\(examples)/\(id)/\(example)"
                file.rules[index].examples += try ExampleFile.examples(text: text(path), file: path)
            }
        }
        return file
    }

    /// The text of the folder's `shared.toml`; `nil` if it has none.
    package static func sharedText(in folder: String) throws(RuleFileError) -> String? {
        let path = "\(folder)/\(sharedName)"
        return FileManager.default.fileExists(atPath: path) ? try text(path) : nil
    }

    private static func shared(in folder: String) throws(RuleFileError) -> SharedRules? {
        guard let text = try sharedText(in: folder) else { return nil }
        return try SharedRules(text: text, file: "\(folder)/\(sharedName)")
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func list(_ folder: String) throws(RuleFileError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw RuleFileError(file: folder, reason: "the folder cannot be listed")
        }
    }

    private static func text(_ path: String) throws(RuleFileError) -> String {
        do {
            return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw RuleFileError(file: path, reason: "there is no such file")
        } catch {
            throw RuleFileError(file: path, reason: "it is not a readable file of UTF-8 text")
        }
    }
}

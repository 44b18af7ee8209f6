internal import FoundationEssentials

/// A folder of rule files, as `Rules/` is one: `acme.toml`, or `acme/rule.toml` with `acme/examples/` beside it for a
/// provider that needs many examples (`examples/RULE-ID.txt`), and `shared.toml` for what they share.
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
        try file(path, name: path, shared: Self.shared(around: path) ?? shared)
    }

    /// What the rules of the folder share in which a rule file stands; `nil` if the folder says nothing.
    package static func shared(around path: String) throws(RuleFileError) -> SharedRules? {
        let folder = parent(of: path)
        return try shared(in: path.hasSuffix("/" + ruleName) ? parent(of: folder) : folder)
    }

    private static func file(_ path: String, name: String, shared: SharedRules) throws(RuleFileError) -> RuleFile {
        var file = try RuleFile(text: try text(path), file: name, shared: shared)
        let examples = parent(of: path) + "/" + examplesName
        guard path.hasSuffix("/" + ruleName), FileManager.default.fileExists(atPath: examples) else { return file }
        for entry in try list(examples) {
            let id = entry.split(separator: ".").first.map { String($0) } ?? entry
            guard let index = file.rules.firstIndex(where: { $0.id == id }) else {
                throw RuleFileError(file: "\(examples)/\(entry)", reason: "there is no rule \(id) in \(name)")
            }
            try add("\(examples)/\(entry)", to: &file.rules[index])
        }
        return file
    }

    /// `ID.txt` has examples, `ID.toml` answers of the provider, and the folder `ID` files of examples by kind.
    private static func add(_ path: String, to rule: inout Rule) throws(RuleFileError) {
        if path.hasSuffix(".txt") {
            rule.examples += try ExampleFile.examples(text: text(path), file: path)
        } else if path.hasSuffix(".toml") {
            var table = try TableReader(text: text(path), file: path)
            let answers = try [VerificationSpec.Example].read("answers", from: &table) ?? []
            try table.rejectUnknown()
            guard rule.verification != nil else { throw table.error("is of a rule that asks nobody") }
            rule.verification?.examples += answers
        } else {
            for name in try list(path) { try add("\(path)/\(name)", to: &rule) }
        }
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

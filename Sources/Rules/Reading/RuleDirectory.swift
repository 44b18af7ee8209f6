internal import FoundationEssentials

/// A folder of rule files, as `Rules/` is one: `acme.toml`, or `acme/rule.toml` with `acme/examples/` beside it for a
/// provider that needs many examples (`examples/RULE-ID.txt`), and `shared.toml` for what they share.
package struct RuleDirectory: Sendable {
    /// What the rules of the folder share, and names no rule.
    package static let sharedName = "shared.toml"
    static let ruleName = "rule.toml"
    static let examplesName = "examples"

    private let path: String
    /// The rule files, as seen from the folder, sorted.
    package let names: [String]
    private let shared: SharedRules

    /// - Parameters:
    ///   - path: Of the folder.
    ///   - shared: What the rules share beside what the folder itself says.
    /// - Throws: `RuleFileError` for a folder that cannot be listed, or whose `shared.toml` is wrong.
    package init(path: String, shared: SharedRules = .none) throws(RuleFileError) {
        self.path = path
        var names: [String] = []
        let entries = try Self.list(path)
        for name in entries {
            if Self.isFolder("\(path)/\(name)") {
                // Those of a rule file of this folder are read with it.
                if name == Self.examplesName, entries.contains(Self.ruleName) { continue }
                if try Self.holdsRules("\(path)/\(name)") { names.append("\(name)/\(Self.ruleName)") }
            } else if name.hasSuffix(".toml"), name != Self.sharedName {
                names.append(name)
            }
        }
        self.names = names.sorted()
        let text = try Self.sharedText(in: path)
        self.shared =
            try text.map { text throws(RuleFileError) in
                try SharedRules(text: text, file: "\(path)/\(Self.sharedName)", base: shared)
            } ?? shared
    }

    /// Reads a rule file with its examples.
    package func file(_ name: String) throws(RuleFileError) -> RuleFile {
        try Self.file("\(path)/\(name)", name: "\(path)/\(name)", shared: shared)
    }

    /// Reads a rule file that stands in some folder, with its examples and what it shares with the files around it.
    ///
    /// - Parameter shared: What the rules share beside what the folder itself says.
    package static func file(_ path: String, shared: SharedRules) throws(RuleFileError) -> RuleFile {
        try file(path, name: path, shared: Self.shared(around: path, base: shared))
    }

    /// What the rules of the folder share in which a rule file stands: what its `shared.toml` says, if that is one of rules,
    /// and `base`.
    package static func shared(around path: String, base: SharedRules) throws(RuleFileError) -> SharedRules {
        let folder = parent(of: path)
        for folder in isProviders(path) ? [folder, parent(of: folder)] : [folder] {
            guard let text = try? sharedText(in: folder), SharedRules.isMeant(by: text) else { continue }
            return try SharedRules(text: text, file: "\(folder)/\(sharedName)", base: base)
        }
        return base
    }

    /// Whether a path is that of the rule file in a provider's own folder.
    private static func isProviders(_ path: String) -> Bool { path == ruleName || path.hasSuffix("/" + ruleName) }

    private static func file(_ path: String, name: String, shared: SharedRules) throws(RuleFileError) -> RuleFile {
        var file = try RuleFile(text: try text(path), file: name, shared: shared)
        if isProviders(path) { try addExamples(in: parent(of: path), to: &file, name: name) }
        return file
    }

    /// The text of the folder's `shared.toml`; `nil` if it has none.
    package static func sharedText(in folder: String) throws(RuleFileError) -> String? {
        let path = "\(folder)/\(sharedName)"
        return FileManager.default.fileExists(atPath: path) ? try text(path) : nil
    }
}

/// The file system, with errors that name the path.
extension RuleDirectory {
    static func parent(of path: String) -> String {
        if path == "." { return ".." }
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The names in a folder, sorted, without those of no interest here.
    static func list(_ folder: String) throws(RuleFileError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !isPassedOver($0) }.sorted()
        } catch {
            throw RuleFileError(file: folder, reason: "the folder cannot be listed")
        }
    }

    /// What people and programs leave in folders: hidden files, back-ups, texts about the folder. `.gitleaks.toml` has rules.
    private static func isPassedOver(_ name: String) -> Bool {
        if name.hasSuffix(".toml") { return name.hasPrefix("._") }
        return name.hasPrefix(".") || name.hasSuffix("~")
            || name.split(separator: ".").first?.lowercased() == "readme"
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    static func text(_ path: String) throws(RuleFileError) -> String {
        do {
            return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            throw RuleFileError(file: path, reason: "there is no such file")
        } catch {
            throw RuleFileError(file: path, reason: "it is not a readable file of UTF-8 text")
        }
    }
}

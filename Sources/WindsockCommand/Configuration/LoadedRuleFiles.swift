import BuiltinRules
import Reports
import Rules
import ScanSources
import Scanner

/// The rule files that a user named: read, and remembered so that a pattern's error can be told with its place.
struct LoadedRuleFiles {
    private struct Place {
        var file: String
        var line: Int?
    }

    private var places: [String: Place] = [:]
    /// With the file each comes from.
    private var allowlists: [(file: String, list: Allowlist)] = []

    /// Reads a file that the user named.
    mutating func load(_ path: String, purpose: String) throws(RuleFileError) -> RuleFile {
        let text: String
        do throws(CommandFailure) {
            text = try TextFile.read(path, purpose: purpose)
        } catch {
            throw RuleFileError(file: path, reason: error.description)
        }
        return try load(text: text, name: path, isTrusted: true)
    }

    /// - Parameter isTrusted: Whether the user named the file, or it belongs to what is scanned.
    ///
    ///   Whoever may change a scanned repository may change the configuration in it, and would have keys sent to a host of
    ///   theirs by a `[rules.verify]` table.
    mutating func load(text: String, name: String, isTrusted: Bool) throws(RuleFileError) -> RuleFile {
        var file = try RuleFile(
            text: text, file: name,
            shared: isTrusted ? try RuleDirectory.shared(around: name, base: .builtin) : .builtin)
        if !isTrusted, file.rules.contains(where: { $0.verification != nil }) {
            StandardError.write(
                "windsock: \(name): [rules.verify] is left out unless the file is named with --config: a repository must not say where its keys are sent\n"
            )
            for index in file.rules.indices { file.rules[index].verification = nil }
        }
        let warnings = (file.warnings + file.allowlistObjections).map(\.description)
        for warning in warnings + Self.breadths(of: file, name) {
            StandardError.write("windsock: \(warning)\n")
        }
        for rule in file.rules { places[rule.id] = Place(file: name, line: file.lines[rule.id]) }
        allowlists += (file.allowlists + file.amendments.flatMap(\.allowlists)).map { (name, $0) }
        return file
    }

    /// What there is to say of allow-lists that allow nearly everything.
    static func breadths(of file: RuleFile, _ name: String) -> [String] {
        let ofRules = file.amendments.flatMap { amendment in
            amendment.allowlists.map { ($0, " of the rule \(amendment.id)") }
        }
        var complaints = (file.allowlists.map { ($0, "") } + ofRules).compactMap { list, owner -> String? in
            // That an empty text stands in everything is said already.
            let texts = list.regexes + list.paths + list.commits + list.stopwords
            guard !texts.contains(""), let objection = AllowlistBreadth.objection(to: list) else { return nil }
            let own = list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\""
            let targets = list.targetRules.isEmpty ? "" : " for \(list.targetRules.joined(separator: ", "))"
            return "\(own)\(owner)\(targets) \(objection). Say in it what is special about yours"
        }
        let settings = [file.settings, file.hook.settings] + file.hook.named.values.map(\.settings)
        for excluded in Set(settings.map(\.exclude)) {
            let globs = excluded.compactMap { PathGlob($0) }
            if !globs.isEmpty,
                let objection = AllowlistBreadth.objection(toLeavingOut: { path in globs.contains { $0.matches(path) } }
                )
            {
                complaints.append("exclude \(objection)")
            }
        }
        return complaints.map { "\(name): \($0.visible)" }
    }

    /// Compiles what the user wrote: the built-in rules were compiled by the tests.
    func validate(_ engine: ScanEngine) throws(RuleFileError) {
        // First, for an allow-list's patterns are then part of every rule.
        for (file, list) in allowlists { try Self.validate(list, file) }
        for (id, place) in places.sorted(by: { $0.key < $1.key }) {
            try Self.validate(id, place.file, place.line, engine)
        }
    }

    /// Compiles the patterns of one file.
    ///
    /// - Throws: `RuleFileError` with file and line for one that does not compile.
    static func validate(_ file: RuleFile, _ name: String, _ engine: ScanEngine) throws(RuleFileError) {
        for list in file.allowlists { try validate(list, name) }
        for rule in file.rules { try validate(rule.id, name, file.lines[rule.id], engine) }
    }

    private static func validate(
        _ id: String, _ file: String, _ line: Int?, _ engine: ScanEngine
    ) throws(RuleFileError) {
        do throws(RuleFileError) {
            try engine.validate([id])
        } catch {
            throw RuleFileError(file: file, line: line, reason: "\(error.file): \(error.reason)")
        }
    }

    private static func validate(_ list: Allowlist, _ file: String) throws(RuleFileError) {
        var list = list
        list.targetRules = []
        do throws(RuleFileError) {
            try ScanEngine(RuleSet(rules: [Rule(id: "any")], allowlists: [list])).validate()
        } catch {
            let name = list.description.isEmpty ? "an allow-list" : "the allow-list \"\(list.description)\""
            throw RuleFileError(file: file, reason: "\(name): \(error.reason)")
        }
    }
}

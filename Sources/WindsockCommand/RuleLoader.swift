import BuiltinRules
import FoundationEssentials
import Hygiene
import Rules
import Scanner

/// Loads, merges and checks the rules that options name.
struct RuleLoader {
    private let options: RuleOptions

    init(_ options: RuleOptions) { self.options = options }

    private static let defaultConfiguration = ".windsock.toml"
    private static let maximumExtensionDepth = 2

    /// Loads, merges and checks the rules.
    func load() throws(CommandFailure) -> ScanEngine {
        var ruleSet = RuleSet.catalogue
        var files = LoadedRuleFiles()
        do throws(RuleFileError) {
            if !configurations.isEmpty {
                files.areNamed = !options.config.isEmpty
                ruleSet = try configured(&files)
                files.areNamed = true
            }
            for file in try ruleFiles() {
                try ruleSet.merge(files.load(file, purpose: "the rule file"))
            }
            try select(&ruleSet)
            // A scan without rules would call everything clean.
            guard !ruleSet.rules.isEmpty else {
                throw RuleFileError(
                    file: configurations.joined(separator: ", "), reason: "leaves no rule to scan with")
            }
            let engine = ScanEngine(ruleSet)
            try files.validate(engine)
            return engine
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// Those that were named; without any, that of the folder.
    private var configurations: [String] {
        if !options.config.isEmpty { return options.config }
        return TextFile.exists(Self.defaultConfiguration) ? [Self.defaultConfiguration] : []
    }

    /// A configuration behind those that it extends.
    private struct ConfigurationChain {
        /// Whether they stand on the built-in rules.
        var usesCatalogue: Bool
        /// The named one last.
        var files: [(path: String, file: RuleFile)]
    }

    private func chain(
        _ path: String, _ files: inout LoadedRuleFiles, depth: Int = 0
    ) throws(RuleFileError) -> ConfigurationChain {
        let file = try files.load(path, purpose: "the configuration")
        guard let other = file.extends.path else {
            return ConfigurationChain(
                usesCatalogue: file.extends.usesDefault || file.rules.isEmpty, files: [(path, file)])
        }
        guard depth < Self.maximumExtensionDepth else {
            throw RuleFileError(file: path, reason: "extends more than \(Self.maximumExtensionDepth) files in a row")
        }
        var chain = try chain(other, &files, depth: depth + 1)
        chain.files.append((path, file))
        return chain
    }

    /// The rules that the configurations ask for, each on top of those before it.
    private func configured(_ files: inout LoadedRuleFiles) throws(RuleFileError) -> RuleSet {
        var chains: [ConfigurationChain] = []
        for path in configurations { chains.append(try chain(path, &files)) }
        var rules = chains.contains(where: \.usesCatalogue) ? .catalogue : try RuleSet(rules: [])
        for chain in chains {
            for (index, (path, file)) in chain.files.enumerated() {
                let disabled = rules.ids(called: file.extends.disabledRules)
                for id in disabled.subtracting(file.extends.disabledRules).sorted() {
                    StandardError.write(
                        "windsock: \(path) disables a rule that is part of \(id) now; all of \(id) is disabled\n")
                }
                rules.keep { !disabled.contains($0.id) }
                if rules.rules.isEmpty, index == chain.files.count - 1 {
                    let count = file.rules.count == 1 ? "the one rule" : "the \(file.rules.count) rules"
                    StandardError.write(
                        "windsock: using only \(count) of \(path); `[extend] useDefault = true` adds the built-in ones\n"
                    )
                }
                try rules.merge(file)
            }
        }
        return rules
    }

    private func ruleFiles() throws(RuleFileError) -> [String] {
        var result: [String] = []
        for path in options.rules {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw RuleFileError(file: path, reason: "there is no such rule file or folder")
            }
            guard isFolder else {
                result.append(path)
                continue
            }
            result += try RuleDirectory(path: path, shared: .builtin).names.map { "\(path)/\($0)" }
        }
        return result
    }

    private func select(_ ruleSet: inout RuleSet) throws(RuleFileError) {
        let only = options.only
        guard !only.isEmpty else { return }
        let beginnings = only.filter { $0.hasSuffix("*") }
        let ids = ruleSet.ids(called: Set(only).subtracting(beginnings))
        let known = Set(ruleSet.rules.flatMap { [$0.id] + $0.formerly })
        for wanted in only {
            guard !known.contains(where: { Self.matches($0, wanted) }) else { continue }
            let meant = NearestWord.to(wanted, in: known).map { "did you mean \($0)?" }
            throw RuleFileError(
                file: "--only",
                reason: "there is no rule \(wanted); \(meant ?? "`windsock rules list` lists them")")
        }
        ruleSet.keep { rule in
            ids.contains(rule.id)
                || beginnings.contains { wanted in ([rule.id] + rule.formerly).contains { Self.matches($0, wanted) } }
        }
    }

    private static func matches(_ id: String, _ wanted: String) -> Bool {
        wanted.hasSuffix("*") ? id.hasPrefix(wanted.dropLast()) : id == wanted
    }
}

extension RuleSet {
    /// The built-in rules, and those of hygiene.
    fileprivate static var catalogue: RuleSet {
        var catalogue = builtin
        do {
            try catalogue.add(HygieneRule.rules)
            return catalogue
        } catch {
            preconditionFailure("a built-in rule has the id of one of hygiene: \(error)")
        }
    }
}

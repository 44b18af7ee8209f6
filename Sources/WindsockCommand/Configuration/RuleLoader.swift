import BuiltinRules
import Findings
import FoundationEssentials
import Hygiene
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

/// Loads, merges and checks the rules that options and configurations name.
struct RuleLoader {
    private let options: RuleOptions
    private let configurations: [ConfigurationFile]
    private var files: LoadedRuleFiles

    /// With the configurations of the folder that the program runs in.
    init(_ options: RuleOptions) throws(CommandFailure) {
        let setup: ScanSetup
        do throws(SourceError) {
            setup = try ScanSetup(.files(["."]), repository: ".")
        } catch {
            throw CommandFailure("\(error)")
        }
        var finder = ConfigurationFinder(options, setup)
        self.init(options, try finder.find(), finder.files)
    }

    init(_ options: RuleOptions, _ configurations: [ConfigurationFile], _ files: LoadedRuleFiles) {
        self.options = options
        self.configurations = configurations
        self.files = files
    }

    /// Loads, merges and checks the rules.
    ///
    /// - Parameters:
    ///   - excluded: Paths that settings leave out.
    ///   - given: What is looked for in place of what the rules find.
    func load(excluding excluded: [Allowlist] = [], given: GivenSecrets? = nil) throws(CommandFailure) -> ScanEngine {
        var files = files
        do throws(RuleFileError) {
            var ruleSet = try configured()
            for path in try ruleFiles() {
                let file = try files.load(path, purpose: "the rule file")
                try ruleSet.merge(file)
                let complaints = RuleReferences.unknownRules(
                    in: file, name: path, known: RuleReferences.names(of: ruleSet.rules))
                for complaint in complaints { StandardError.write("windsock: \(complaint)\n") }
            }
            ruleSet.allowlists += excluded
            try select(&ruleSet)
            addNames(to: &ruleSet)
            // A scan without rules would call everything clean.
            guard !ruleSet.rules.isEmpty else {
                throw RuleFileError(
                    file: configurations.map(\.name).joined(separator: ", "), reason: "leaves no rule to scan with")
            }
            if given != nil { try ruleSet.add([GivenSecrets.rule]) }
            let engine = ScanEngine(ruleSet, given: given)
            try files.validate(engine)
            return engine
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// The rules that the configurations ask for, each on top of those before it.
    private func configured() throws(RuleFileError) -> RuleSet {
        let named = configurations.filter { $0.author == .user }
        let isAlone = !options.config.isEmpty || Environment.value(ConfigurationFinder.variable) != nil
        let deciding = isAlone ? named.suffix(max(1, options.config.count)) : []
        let usesCatalogue = deciding.isEmpty || deciding.contains(where: \.usesCatalogue)
        var rules = usesCatalogue ? RuleSet.catalogue : try RuleSet(rules: [])
        for configuration in configurations {
            for link in configuration.chain {
                let there = rules.rules
                let complaints = RuleReferences.unknownRules(
                    in: link.file, name: link.name, known: RuleReferences.names(of: there + link.file.rules))
                for complaint in complaints { StandardError.write("windsock: \(complaint)\n") }
                switch link.author {
                case .user: try add(link, to: &rules, isLast: link.name == configuration.name)
                case .scanned: try rules.extend(with: link)
                }
            }
        }
        return rules
    }

    private func add(_ link: ConfigurationFile, to rules: inout RuleSet, isLast: Bool) throws(RuleFileError) {
        let disabled = rules.ids(called: link.file.extends.disabledRules)
        for id in disabled.subtracting(link.file.extends.disabledRules).sorted() {
            StandardError.write(
                "windsock: \(link.name) disables a rule that is part of \(id) now; all of \(id) is disabled\n")
        }
        rules.keep { !disabled.contains($0.id) }
        if rules.rules.isEmpty, isLast {
            let count = link.file.rules.count == 1 ? "the one rule" : "the \(link.file.rules.count) rules"
            StandardError.write(
                "windsock: using only \(count) of \(link.name); `[extend] useDefault = true` adds the built-in ones\n")
        }
        try rules.merge(link.file.attributed(to: link.origin))
        try rules.amend(link)
    }

    /// Names of secrets that configurations add to those of the rules that judge what names say.
    private func addNames(to rules: inout RuleSet) {
        let names = configurations.flatMap(\.chain).flatMap(\.file.settings.secretNames)
        if !names.isEmpty { rules.addSecretNames(names) }
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
                reason: "there is no rule \(wanted.visible); \(meant ?? "`windsock rules list` lists them")")
        }
        let companions = Set(
            ruleSet.rules.filter { ids.contains($0.id) }.flatMap { $0.composition.required.map(\.id) })
        ruleSet.keep { rule in
            ids.contains(rule.id) || companions.contains(rule.id)
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

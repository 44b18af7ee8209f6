import Findings
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

/// All that options, variables and configurations say of a scan, with whose words each value is.
struct ScanConfiguration {
    /// A value, and where it is said.
    struct Setting<Value> {
        var value: Value
        /// An option, a variable, or the name of a file.
        var source: String
        /// Whether it stands in what is scanned.
        var isOfScanned = false
    }

    let setup: ScanSetup
    let files: [ConfigurationFile]
    private let loadedFiles: LoadedRuleFiles
    private let options: RuleOptions
    private(set) var minSeverity: Setting<Severity>?
    private(set) var minConfidence: Setting<Confidence>?
    private(set) var maxFileSize: Setting<ByteCount>?
    private(set) var format: Setting<ReportFormat>?
    private(set) var exclude: [(setting: Setting<String>, origin: Allowlist.Origin)] = []
    private(set) var baselines: [(setting: Setting<String>, file: ConfigurationFile)] = []
    /// Whether a file asks for all of each finding.
    private(set) var isVerbose: Bool?

    /// - Parameters:
    ///   - subject: What is scanned.
    ///   - repository: The repository, or a folder in it.
    ///   - hook: The hook that scans.
    init(
        _ options: RuleOptions, _ subject: ScanRequest.Subject, repository: String, hook: HookKind? = nil
    ) throws(CommandFailure) {
        self.options = options
        do throws(SourceError) {
            setup = try ScanSetup(subject, repository: repository)
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        var finder = ConfigurationFinder(options, setup) { () throws(CommandFailure) in
            try Self.pathsBegin(subject)
        }
        files = try finder.find()
        loadedFiles = finder.files
        for file in files.flatMap(\.chain) {
            try add(file.file.settings, of: file)
            guard let hook else { continue }
            for own in [file.file.hook, file.file.hook.named[hook.rawValue]].compactMap({ $0 }) {
                try add(own.settings, of: file)
                isVerbose = own.isVerbose ?? isVerbose
            }
        }
        try addVariables()
    }

    /// The rules that are asked, and what they are not asked about.
    ///
    /// - Parameter given: What is looked for in place of what they find.
    func engine(lookingFor given: GivenSecrets? = nil) throws(CommandFailure) -> ScanEngine {
        try RuleLoader(options, files, loadedFiles).load(excluding: excluded, given: given)
    }

    /// Paths that are left out, as allow-lists: of a history nobody knows the paths while it is read.
    private var excluded: [Allowlist] {
        exclude.compactMap { entry in
            PathGlob(entry.setting.value).map { glob in
                var list = Allowlist(description: "exclude \(entry.setting.value)", paths: [glob.pattern])
                list.origin = entry.origin
                list.origin?.kind = .exclusion
                return list
            }
        }
    }

    /// Adds what an option says: paths that are left out.
    mutating func exclude(_ globs: [String], option: String) {
        exclude += globs.map { (Setting(value: $0, source: option), Allowlist.Origin(file: option)) }
    }

    // MARK: Reading

    /// Later files go before earlier ones.
    private mutating func add(_ settings: RuleFile.Settings, of file: ConfigurationFile) throws(CommandFailure) {
        func setting<Value>(_ value: Value) -> Setting<Value> {
            Setting(value: value, source: file.name, isOfScanned: file.author == .scanned)
        }
        if let objection = Self.objection(to: settings) { throw CommandFailure("\(file.name): \(objection)") }
        minSeverity = settings.minSeverity.map(setting) ?? minSeverity
        minConfidence = settings.minConfidence.map(setting) ?? minConfidence
        maxFileSize = settings.maxFileSize.flatMap { ByteCount(argument: $0) }.map(setting) ?? maxFileSize
        format = settings.format.flatMap { ReportFormat(rawValue: $0) }.map(setting) ?? format
        exclude += settings.exclude.map { (setting($0), file.origin) }
        baselines += settings.baseline.map { (setting($0), file) }
    }

    /// What is wrong with values that the file's own form does not tell; `nil`: nothing is.
    static func objection(to settings: RuleFile.Settings) -> String? {
        if let text = settings.maxFileSize, ByteCount(argument: text) == nil {
            return "maxFileSize is no size: write bytes, or with k, M, G, for example \"50M\""
        }
        if let text = settings.format, let objection = objection(toFormat: text) { return objection }
        for glob in settings.exclude {
            if let objection = PathGlob.objection(to: glob) {
                return "exclude has the pattern \"\(glob.visible)\", which \(objection)"
            }
        }
        return nil
    }

    private static func objection(toFormat text: String) -> String? {
        if ReportFormat(rawValue: text) != nil { return nil }
        let names = ReportFormat.allCases.map(\.rawValue)
        let meant = NearestWord.to(text, in: names).map { ": did you mean \($0)?" } ?? ""
        return "there is no format \(text.visible)\(meant) Formats are \(names.joined(separator: ", "))"
    }

    private mutating func addVariables() throws(CommandFailure) {
        if let text = Environment.value("WINDSOCK_MIN_SEVERITY") {
            minSeverity = Setting(value: try Self.word(text, "WINDSOCK_MIN_SEVERITY"), source: "WINDSOCK_MIN_SEVERITY")
        }
        if let text = Environment.value("WINDSOCK_MIN_CONFIDENCE") {
            minConfidence = Setting(
                value: try Self.word(text, "WINDSOCK_MIN_CONFIDENCE"), source: "WINDSOCK_MIN_CONFIDENCE")
        }
        if let text = Environment.value("WINDSOCK_FORMAT") {
            if let objection = Self.objection(toFormat: text) { throw CommandFailure("WINDSOCK_FORMAT: \(objection)") }
            format = ReportFormat(rawValue: text).map { Setting(value: $0, source: "WINDSOCK_FORMAT") }
        }
    }

    private static func word<Value: RawRepresentable & CaseIterable>(
        _ text: String, _ name: String
    ) throws(CommandFailure) -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: text.lowercased()) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(name) is none of \(known)")
        }
        return value
    }

    /// Where the paths of a scan of files begin; `nil` where they begin at the top of a repository, or are names.
    private static func pathsBegin(_ subject: ScanRequest.Subject) throws(CommandFailure) -> String? {
        guard case .files(let paths) = subject else { return nil }
        do throws(SourceError) {
            return try WorkingTreeSource(paths: paths).pathsBegin()
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
    }
}

// MARK: What comes of it

extension ScanConfiguration {
    /// Puts the values into options that do not say otherwise.
    func fill(_ thresholds: inout ThresholdOptions, _ output: inout OutputOptions) {
        fill(&thresholds)
        output.givenFormat = output.givenFormat ?? format?.value
        output.verbose = output.verbose || isVerbose == true
    }

    private func fill(_ thresholds: inout ThresholdOptions) {
        thresholds.minSeverity = thresholds.minSeverity ?? minSeverity?.value
        thresholds.minConfidence = thresholds.minConfidence ?? minConfidence?.value
        thresholds.maxFileSize = thresholds.maxFileSize ?? maxFileSize?.value
    }

    /// What is read of each item and what is reported, as options and files have it; the baselines are read.
    func settings(
        _ thresholds: ThresholdOptions, _ rules: RuleOptions
    ) throws(CommandFailure) -> (settings: ScanSettings, baselines: KnownSecrets) {
        var filled = thresholds
        fill(&filled)
        var settings = filled.settings
        settings.fingerprintKey = try Environment.fingerprintKey()
        settings.exclusions = exclusions
        let baselines = try KnownSecrets(
            filled, self, usesRepository: !rules.noRepositoryConfig, key: settings.fingerprintKey)
        settings.selection.baseline = baselines.known
        return (settings, baselines)
    }

    /// The file of what is scanned that has set a threshold, where no option has.
    func thresholdFile(_ options: ThresholdOptions) -> String? {
        if options.minConfidence == nil, let setting = minConfidence, setting.isOfScanned { return setting.source }
        if options.minSeverity == nil, let setting = minSeverity, setting.isOfScanned { return setting.source }
        return nil
    }

    /// Paths that are not read at all, with the name of who says so.
    var exclusions: [PathExclusion] {
        exclude.compactMap { entry in
            PathGlob(entry.setting.value).map { PathExclusion(glob: $0, origin: entry.origin) }
        }
    }

    /// The baselines that configurations name.
    func namedBaselines(_ key: FingerprintKey?) throws(CommandFailure) -> [Baseline] {
        var result: [Baseline] = []
        for (setting, file) in baselines {
            if file.author == .user {
                let path =
                    setting.value.hasPrefix("/") || (file.folder ?? "").isEmpty
                    ? setting.value : "\(file.folder ?? "")/\(setting.value)"
                result.append(try BaselineFile.read(path, mustExist: true, key: key))
                continue
            }
            let origin = SetupFile(name: file.name, folder: file.folder ?? setup.root)
            let found: SetupFile?
            do throws(SetupFile.Failure) {
                found = try setup.related(setting.value, to: origin)
            } catch {
                throw CommandFailure("\(file.name): baseline: \(error)")
            }
            guard let found else {
                throw CommandFailure("\(file.name): baseline names \(setting.value.visible), and there is no such file")
            }
            result.append(try BaselineFile.baseline(found.text, file: found.name, key: key))
        }
        return result
    }

    /// What there is to say of a change and the configuration that it is judged by, which is that from before it.
    func notes() -> [String] {
        var notes = setup.notes + namedNotes
        guard !options.noRepositoryConfig, options.config.isEmpty else { return notes }
        if let name = setup.unused(ConfigurationFinder.names) { notes.append(Self.unusedNote(name)) }
        for change in ChangedSettings.all(in: setup) {
            for note in change.notes() where !notes.contains(note) { notes.append(note) }
        }
        return notes
    }

    /// Files of what is staged that count in another version than the commit will have, with what there is to say of each.
    func unstaged() -> [(file: String, note: String)] {
        guard !options.noRepositoryConfig else { return [] }
        var files = self.files.flatMap(\.chain).filter { $0.author == .scanned }.map {
            SetupFile(name: $0.name, folder: $0.folder ?? setup.root)
        }
        files += baselineFiles
        let top = [BaselineFile.name].map { SetupFile(name: $0, folder: setup.root) }
        var notes: [(file: String, note: String)] = []
        for file in files + top {
            guard let path = file.path(from: setup.root), let state = setup.unstaged(path),
                !notes.contains(where: { $0.file == file.name })
            else { continue }
            switch state {
            case .untold:
                notes.append(
                    (
                        file.name,
                        "\(path) counts here and is not staged: the commit will not have it, and CI will see what it lets pass; git add \(Pathspec.quoted(path))"
                    ))
            case .changed:
                notes.append(
                    (
                        file.name,
                        "\(path) has changes that the commit does not have, and they do not count here; git add \(Pathspec.quoted(path))"
                    ))
            }
        }
        return notes
    }

    /// The baselines that configurations of what is scanned name.
    private var baselineFiles: [SetupFile] {
        baselines.filter { $0.file.author == .scanned }.compactMap { setting, file in
            do throws(SetupFile.Failure) {
                return try setup.related(
                    setting.value, to: SetupFile(name: file.name, folder: file.folder ?? setup.root))
            } catch {
                // That is said where it is read.
                return nil
            }
        }
    }

    /// Of files that somebody has named, and that the change changes: they count as they are.
    private var namedNotes: [String] {
        let variable = ConfigurationFinder.variable
        let named =
            options.config.map { ($0, "--config") } + options.rules.map { ($0, "--rules") }
            + (options.config.isEmpty ? Environment.value(variable).map { [($0, variable)] } ?? [] : [])
        return named.compactMap { Self.namedNote(setup, $0, by: $1) }
    }

    /// What there is to say of a file that somebody has named; `nil`: nothing.
    static func namedNote(_ setup: ScanSetup, _ path: String, by source: String) -> String? {
        setup.changed(path).map {
            "the change changes \($0), which \(source) names: it counts as it is now, and speaks for that same change"
        }
    }

    /// Of a file in the working directory alone.
    static func unusedNote(_ name: String) -> String {
        "\(name) stands in the working directory and in no commit of what is scanned: that of the base would count, and there is none; commit it first"
    }

    /// Of a file as a change makes it.
    ///
    /// - Parameter folder: Of which alone the file is; `nil`: of all that is scanned.
    static func brokenNote(_ name: String, _ reason: String, folder: String? = nil) -> String {
        let scans = folder.map { "scans of \($0) fail" } ?? "every scan fails"
        return "the change breaks \(name), and once it is merged \(scans) with exit code 2: \(reason)"
    }
}

import Findings
import Pipeline

/// The baselines of a scan: those that are named, and the one that stands at the top of what is scanned.
struct KnownSecrets {
    private(set) var known: Baseline?
    /// What the change that is scanned adds to its own.
    private(set) var proposed: Baseline?
    /// What there is to say of a change and its baseline, in sentences without a full stop.
    private(set) var notes: [String] = []

    /// Names a baseline beside the repository's, as `--baseline` does.
    static let variable = "WINDSOCK_BASELINE"

    /// - Parameters:
    ///   - configuration: Names others, and knows where the one that is not named is found.
    ///   - usesRepository: Whether what stands in what is scanned counts.
    init(
        _ options: ThresholdOptions, _ configuration: ScanConfiguration, usesRepository: Bool, key: FingerprintKey?
    ) throws(CommandFailure) {
        for path in options.baseline {
            add(try BaselineFile.read(path, mustExist: true, key: key))
            notes += [ScanConfiguration.namedNote(configuration.setup, path, by: "--baseline")].compactMap { $0 }
        }
        guard !options.noBaseline else { return }
        if let path = Environment.value(Self.variable) {
            do throws(CommandFailure) {
                add(try BaselineFile.read(path, mustExist: true, key: key))
                notes += [ScanConfiguration.namedNote(configuration.setup, path, by: Self.variable)].compactMap { $0 }
            } catch {
                throw CommandFailure("\(Self.variable): \(error)")
            }
        }
        for baseline in try configuration.namedBaselines(key) { add(baseline) }
        guard usesRepository else { return }
        // One that was named, too, is counted under that name.
        let names = [BaselineFile.name]
        let setup = configuration.setup
        for file in try setup.files({ (setup) throws(SetupFile.Failure) in try setup.atTop(names) }) {
            add(try BaselineFile.baseline(file.text, file: file.name, key: key))
        }
        if let name = setup.unused(names) { notes.append(ScanConfiguration.unusedNote(name)) }
        // What is wrong with one as the change makes it does not keep the change from being scanned.
        for changed in ChangedSettings.all(in: setup).flatMap({ $0.baselines(key) }) {
            if let note = changed.note, !notes.contains(note) { notes.append(note) }
            // Where the files count as they are, it has spoken already.
            if setup.version != .files, let baseline = changed.baseline {
                proposed = proposed?.merging(baseline) ?? baseline
            }
        }
    }

    /// How many secrets each file knows, in order of their names.
    var counts: [(file: String, count: Int)] {
        let files = (known?.entries ?? []).compactMap { known?.file(of: $0) }
        return Dictionary(files.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }.map {
            ($0.key, $0.value)
        }
    }

    private mutating func add(_ baseline: Baseline) { known = known?.merging(baseline) ?? baseline }
}

extension ScanSetup {
    /// Files of it, with an error that the command can tell.
    func files(
        _ find: (ScanSetup) throws(SetupFile.Failure) -> [SetupFile]
    ) throws(CommandFailure) -> [SetupFile] {
        do throws(SetupFile.Failure) {
            return try find(self)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

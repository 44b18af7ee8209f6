import Findings
import FoundationEssentials
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

/// What commits that are scanned do to the files that say how scans are done: each is named, for nobody else may look at them.
///
/// With them are meant configurations in any folder, the files that these extend, and baselines of whatever name.
struct ChangedSettings {
    /// The files that others use and that say nothing here.
    private static let ofOthers = [
        ".gitleaksignore", ".betterleaksignore", ".secrets.baseline", ".gitguardian.yaml", ".gitguardian.yml",
    ]

    private let setup: ScanSetup
    private let before: ScanSetup
    private let after: ScanSetup
    private let change: ScanSetup.Change
    private let filesBefore: [SettingsFile]
    private let filesAfter: [SettingsFile]

    /// A configuration, and those that it extends.
    private struct SettingsFile {
        var file: SetupFile
        /// `nil`: it cannot be read.
        var rules: RuleFile?
    }

    init(_ setup: ScanSetup, _ change: ScanSetup.Change) {
        self.setup = setup
        self.change = change
        before = setup.asOf(change.bases.first)
        after = setup.asOf(change.tip)
        filesBefore = Self.configurations(before)
        filesAfter = Self.configurations(after)
    }

    /// All changes of a scan.
    static func all(in setup: ScanSetup) -> [ChangedSettings] {
        setup.changes.compactMap { change in
            // Of what is pushed first of all the configuration counts as it is.
            change.bases.isEmpty && setup.version == .files ? nil : ChangedSettings(setup, change)
        }
    }

    // MARK: Reading

    /// The configuration that counts and what it extends, as far as they can be read.
    private static func configurations(_ setup: ScanSetup) -> [SettingsFile] {
        var found: [SettingsFile] = []
        let top = Self.readable { () throws(SetupFile.Failure) in try setup.nearest(ConfigurationFinder.names).first }
        var waiting = [top].compactMap { $0 }
        while let file = waiting.popLast(), found.count < 64 {
            if found.contains(where: { $0.file.name == file.name }) { continue }
            let rules = parsed(file)
            found.append(SettingsFile(file: file, rules: rules))
            waiting += (rules?.extends.paths ?? []).compactMap { path in
                Self.readable { () throws(SetupFile.Failure) in try setup.related(path, to: file) }
            }
        }
        return found
    }

    private static func parsed(_ file: SetupFile) -> RuleFile? {
        do throws(RuleFileError) {
            return try RuleFile(text: file.text, file: file.name, shared: .builtin)
        } catch {
            return nil
        }
    }

    /// What cannot be read was no setting before, and is said of what the change makes of it.
    private static func readable(_ read: () throws(SetupFile.Failure) -> SetupFile?) -> SetupFile? {
        do throws(SetupFile.Failure) {
            return try read()
        } catch {
            return nil
        }
    }

    // MARK: Configurations

    /// What there is to say of configurations, in sentences without a full stop.
    func notes() -> [String] {
        var notes: [String] = []
        for entry in filesAfter {
            let old = filesBefore.first { $0.file.name == entry.file.name }
            if old?.file.text == entry.file.text { continue }
            // A file of another name may take the place of the one at the top.
            let isTop = entry.file.name == filesAfter.first?.file.name
            notes += note(of: entry.file, from: (old ?? (isTop ? filesBefore.first : nil))?.rules, counts: true)
        }
        if filesAfter.isEmpty, let top = filesBefore.first?.file {
            // What it has said stricter than what is built in goes with it.
            notes += note(of: SetupFile(name: top.name, folder: top.folder), from: filesBefore[0].rules, counts: true)
        }
        let kept = Set(filesAfter.flatMap { $0.rules?.rules.map(\.id) ?? [] })
        for entry in filesBefore {
            let gone = (entry.rules?.rules.map(\.id) ?? []).filter { !kept.contains($0) }
            let isRead = filesAfter.allSatisfy { $0.rules != nil }
            if !gone.isEmpty, isRead {
                notes.append("the change takes rules out of \(entry.file.name): \(gone.joined(separator: ", "))")
            }
        }
        let known = Set(filesAfter.map(\.file.name))
        let others = setup.paths(in: change) { path in
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return !known.contains(path) && ConfigurationFinder.names.contains(name) || Self.ofOthers.contains(name)
        }
        for path in others {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard let file = Self.readable({ () throws(SetupFile.Failure) in try after.file(at: path) }) else {
                notes.append(ScanConfiguration.brokenNote(path, "it cannot be read"))
                continue
            }
            if Self.ofOthers.contains(name) {
                notes.append(
                    "the change adds to \(path), which is another scanner's and lets nothing pass here; `windsock baseline import \(path)` takes it in"
                )
            } else {
                let old = Self.readable { () throws(SetupFile.Failure) in try before.file(at: path) }
                notes += note(of: file, from: old.flatMap(Self.parsed), counts: false)
            }
        }
        return notes
    }

    /// - Parameter counts: Whether the file is among those that a scan of this kind asks.
    private func note(of file: SetupFile, from old: RuleFile?, counts: Bool) -> [String] {
        do throws(RuleFileError) {
            let new = try RuleFile(text: file.text, file: file.name, shared: .builtin)
            try LoadedRuleFiles.validate(new, file.name, ScanEngine(try RuleSet(rules: new.rules)))
            let settings = [new.settings, new.hook.settings] + new.hook.named.values.map(\.settings)
            if let objection = settings.lazy.compactMap(ScanConfiguration.objection).first {
                throw RuleFileError(file: file.name, reason: objection)
            }
            if let path = missing(new, file) {
                throw RuleFileError(
                    file: file.name, reason: "extend.path names \(path.visible), and there is no such file")
            }
            let additions = ConfigurationChange(from: old, to: new).additions
            if additions.isEmpty { return [] }
            return ["the change adds to \(file.name), and \(effect(counts)): \(additions.joined(separator: "; "))"]
        } catch {
            let folder = file.name.split(separator: "/").dropLast().joined(separator: "/")
            return [
                ScanConfiguration.brokenNote(file.name, "\(error)", folder: counts || folder.isEmpty ? nil : folder)
            ]
        }
    }

    private func missing(_ new: RuleFile, _ file: SetupFile) -> String? {
        new.extends.paths.first { path in
            Self.readable { () throws(SetupFile.Failure) in try after.related(path, to: file) } == nil
        }
    }

    private func effect(_ counts: Bool) -> String {
        counts && setup.version == .files
            ? "that speaks for what is pushed with it here, and will not in CI"
            : "that does not speak for the change itself"
    }

    // MARK: Baselines

    /// A baseline as the change makes it.
    struct ChangedBaseline {
        var name: String
        /// `nil`: it is broken.
        var baseline: Baseline?
        var note: String?
    }

    /// The baselines that the change makes or changes.
    func baselines(_ key: FingerprintKey?) -> [ChangedBaseline] {
        var names = [BaselineFile.name]
        var result: [ChangedBaseline] = []
        for (entry, view) in filesAfter.map({ ($0, after) }) + filesBefore.map({ ($0, before) }) {
            for path in entry.rules.map(Self.baselines) ?? [] {
                let file = Self.readable { () throws(SetupFile.Failure) in try view.related(path, to: entry.file) }
                if let file, !names.contains(file.name) { names.append(file.name) }
            }
        }
        for name in names {
            do throws(CommandFailure) {
                if let changed = try baseline(name, key) { result.append(changed) }
            } catch {
                let note = ScanConfiguration.brokenNote(name, "\(error)")
                result.append(ChangedBaseline(name: name, baseline: nil, note: note))
            }
        }
        return result
    }

    private static func baselines(_ file: RuleFile) -> [String] {
        ([file.settings, file.hook.settings] + file.hook.named.values.map(\.settings)).flatMap(\.baseline)
    }

    private func baseline(_ name: String, _ key: FingerprintKey?) throws(CommandFailure) -> ChangedBaseline? {
        let new: SetupFile?
        do throws(SetupFile.Failure) {
            new = try after.file(at: name)
        } catch {
            throw CommandFailure(error.reason)
        }
        let old = Self.readable { () throws(SetupFile.Failure) in try before.file(at: name) }
        guard let new, new.text != old?.text else { return nil }
        let baseline = try BaselineFile.baseline(new.text, file: name, key: key)
        var known: [Fingerprint: Baseline.Entry] = [:]
        do throws(CommandFailure) {
            let entries = try old.map { file throws(CommandFailure) in
                try BaselineFile.baseline(file.text, file: name, key: key).entries
            }
            for entry in entries ?? [] { known[entry.fingerprint] = entry }
        } catch {
            // What could not be read before has let nothing pass.
            known = [:]
        }
        let added = baseline.entries.count { known[$0.fingerprint] == nil || known[$0.fingerprint]?.until != $0.until }
        let note =
            added == 0
            ? nil : "the change adds \(Quantity.count(added, "secret")) to \(name), and \(effect(true))"
        return ChangedBaseline(name: name, baseline: baseline, note: note)
    }
}

import Bytes
import Findings
import FoundationEssentials
import Pipeline
import Rules
import Scanner

/// Looks for secrets in texts that go between people, models and tools, by the rules and the baseline of where that happens.
struct AgentScanner {
    /// What texts have come to.
    struct Result {
        /// The gravest first.
        var findings: [Finding] = []
        /// Of each text, in order of place, what is not to be shown of it.
        var hidden: [[Hidden]] = []
        /// What could not be searched, in words.
        var gaps: [String] = []
    }

    /// A place of a text that holds a secret.
    struct Hidden {
        var range: Range<Int>
        /// What stands for it.
        var shown: String
    }

    private let engine: ScanEngine
    private let selection: Selection
    private let key: FingerprintKey?
    private let scanner: BlobScanner
    /// What there is to say of how it was set up.
    let notice: String?

    /// In the current folder.
    ///
    /// What is wrong with a configuration does not keep the texts from being looked at: then the built-in rules are asked.
    init(_ rules: RuleOptions, _ thresholds: ThresholdOptions) {
        var key: FingerprintKey?
        do throws(CommandFailure) {
            key = try Environment.fingerprintKey()
            var configuration = try ScanConfiguration(rules, .files(["."]), repository: ".")
            configuration.exclude(thresholds.exclude, option: "--exclude")
            var filled = thresholds
            filled.minSeverity = thresholds.minSeverity ?? configuration.minSeverity?.value
            filled.minConfidence = thresholds.minConfidence ?? configuration.minConfidence?.value
            var selection = filled.settings.selection
            selection.baseline =
                try KnownSecrets(
                    thresholds, configuration, usesRepository: !rules.noRepositoryConfig, key: key
                ).known
            self.init(try configuration.engine(), selection, key, notice: nil)
        } catch {
            self.init(
                ScanEngine(.builtin), thresholds.settings.selection, key,
                notice: "only the built-in rules were asked, without a baseline: \(error)")
        }
    }

    private init(_ engine: ScanEngine, _ selection: Selection, _ key: FingerprintKey?, notice: String?) {
        self.engine = engine
        self.selection = selection
        self.key = key
        self.notice = notice
        var options = BlobScanner.Options()
        // Whoever writes a key into a text can write a comment beside it.
        options.honorsInlineDirectives = false
        options.computesLineHashes = false
        scanner = BlobScanner(engine: engine, options: options)
    }

    /// - Parameters:
    ///   - texts: Each by itself.
    ///   - contexts: The same once more, as they stand among names: what is found there counts, and is looked for in the texts.
    ///   - places: Parts of files that an edit changes: what is found there and is new counts.
    ///   - path: The file that they are of.
    func scan(
        _ texts: [[UInt8]], contexts: [[UInt8]] = [], places edited: [AgentEdit.Place] = [], path: String?
    ) -> Result {
        let path = path.map(Self.relative)
        var collector = FindingCollector(rules: engine.rules, key: key)
        var result = Result()
        var places: [[Detection]] = []
        for text in texts {
            let found = detections(text, path, &result)
            add(found.detections + found.wide, path, to: &collector)
            places.append(found.detections)
        }
        for context in contexts { add(detections(context, nil, &result).detections, nil, to: &collector) }
        for place in edited {
            let found = detections(place.after, path, &result).detections
            add(found.filter { Self.isNew($0.secret, in: place) }, path, to: &collector)
        }
        var counts = SuppressionCounts()
        result.findings = selection.selected(of: collector.findings(), counting: &counts)
        let reported = Dictionary(
            result.findings.map { ($0.secret.value, $0.secret) }, uniquingKeysWith: { first, _ in first })
        result.hidden = zip(texts, places).map { text, detections in
            reported.isEmpty ? [] : Self.hidden(in: text, detections, reported)
        }
        return result
    }

    /// As configurations have it, which begin in the folder that is scanned.
    private static func relative(_ path: String) -> String {
        let folder = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
    }

    /// - Returns: What is found, and apart from it what is found in a text of two or four bytes a character: its places are
    ///   those of another text.
    private func detections(
        _ text: [UInt8], _ path: String?, _ result: inout Result
    ) -> (detections: [Detection], wide: [Detection]) {
        guard text.contains(0) else { return (read(text, path, &result), []) }
        // A zero makes a text binary, which is not searched; what is around it is there all the same.
        return (read(text.withoutZeros, path, &result), read(text, path, &result))
    }

    private func read(_ text: [UInt8], _ path: String?, _ result: inout Result) -> [Detection] {
        let blob = text.withUnsafeBytes { scanner.scan($0, path: path) }
        result.gaps += blob.skipped.map { "\($0.ruleID) was given up behind line \($0.line): \($0.reason)" }
        if let unread = blob.unread { result.gaps.append(unread) }
        // What a rule says of a name alone is nothing that a text gives away.
        return blob.detections.filter { !$0.secret.isVisible }
    }

    private func add(_ detections: [Detection], _ path: String?, to collector: inout FindingCollector) {
        for detection in detections {
            collector.add(detection, path: path ?? Self.unnamed, origin: .standardInput, history: nil)
        }
    }

    /// Whether an edit brings a secret: what stood beside it before is nothing that it does.
    private static func isNew(_ secret: Secret, in place: AgentEdit.Place) -> Bool {
        func stands(in text: [UInt8]) -> Bool {
            [secret.bytes, secret.value.bytes].contains { !TextPlaces.ranges(of: $0, in: text).isEmpty }
        }
        return stands(in: place.new) || !stands(in: place.before)
    }

    private static let unnamed = "text"

    /// Where a text holds one of the secrets: where it was found, and wherever else its bytes stand.
    private static func hidden(
        in text: [UInt8], _ detections: [Detection], _ reported: [Secret: Secret]
    ) -> [Hidden] {
        var found: [Hidden] = []
        var lines = TextPlaces(text)
        for detection in detections where reported[detection.secret.value] != nil {
            let range = lines.range(of: detection.region)
            // Ends of what is encoded are not those of the secret.
            found.append(Hidden(range: range, shown: detection.decoders.isEmpty ? detection.secret.redacted : "…"))
        }
        for secret in reported.values { found += places(of: secret, in: text) }
        return united(found)
    }

    /// Where the bytes of a secret stand, whatever is around them.
    ///
    /// A weak one is a word that may stand anywhere: by itself it is only known where it is all there is.
    static func places(of secret: Secret, in text: [UInt8]) -> [Hidden] {
        if secret.showsNothing {
            return [secret.bytes, secret.value.bytes].contains(text)
                ? [Hidden(range: text.indices, shown: secret.redacted)] : []
        }
        return Set([secret.bytes, secret.value.bytes]).flatMap { bytes in
            TextPlaces.ranges(of: bytes, in: text).map { Hidden(range: $0, shown: secret.redacted) }
        }
    }

    /// One for those that overlap: nothing is shown of what two have found in part.
    static func united(_ found: [Hidden]) -> [Hidden] {
        var result: [Hidden] = []
        for next in found.sorted(by: {
            ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
        }) where !next.range.isEmpty {
            guard let last = result.last, next.range.lowerBound < last.range.upperBound else {
                result.append(next)
                continue
            }
            if next.range.upperBound > last.range.upperBound {
                result[result.count - 1] = Hidden(
                    range: last.range.lowerBound..<next.range.upperBound, shown: Secret.nothing)
            }
        }
        return result
    }
}

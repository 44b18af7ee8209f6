import Bytes
import Findings
import Pipeline
import Reports
import Rules
import ScanSources
import Scanner

/// Plants secrets beside what is suppressed, and looks whether they are found.
struct SuppressionProof {
    /// Who swallows a secret, in words.
    private typealias Suppressor = String

    private let engine: ScanEngine
    private let source: WorkingTreeSource
    private let exclusions: [PathExclusion]
    private let baseline: Baseline?
    private let key: FingerprintKey?
    private let settings: ScanSettings
    /// What could not be read.
    private(set) var problems: [String] = []
    /// How many suppressed places have let the planted secret be found.
    private var narrow: [Suppressor: Int] = [:]
    /// Where a planted secret was swallowed.
    private var broad: [Suppressor: [String]] = [:]

    /// Paths shown of each.
    private static let limit = 5

    init(_ path: String, _ rules: RuleOptions, _ thresholds: ThresholdOptions) throws(CommandFailure) {
        var configuration = try ScanConfiguration(rules, .files([path]), repository: path)
        configuration.exclude(thresholds.exclude, option: "--exclude")
        engine = try configuration.engine()
        source = WorkingTreeSource(paths: [path])
        exclusions = configuration.exclusions
        key = try Environment.fingerprintKey()
        baseline = try KnownSecrets(
            thresholds, configuration, usesRepository: !rules.noRepositoryConfig, key: key
        ).known
        settings = thresholds.settings
    }

    var isNarrow: Bool { broad.isEmpty }

    /// What was proved, and what was not.
    var text: String {
        var lines = broad.sorted { $0.key < $1.key }.map { suppressor, paths in
            let shown = paths.prefix(Self.limit).joined(separator: ", ")
            let more = paths.count > Self.limit ? " and \(Quantity.grouped(paths.count - Self.limit)) more" : ""
            return
                "broad: \(suppressor) swallows a new secret in \(Quantity.count(paths.count, "place")): \(shown)\(more)"
        }
        for (suppressor, count) in narrow.sorted(by: { $0.key < $1.key }) {
            lines.append("narrow: \(suppressor): beside \(Quantity.count(count, "place")) a new secret is found")
        }
        if lines.isEmpty { lines = ["nothing is suppressed here"] }
        return lines.map { $0.visible + "\n" }.joined()
    }

    mutating func run() throws(CommandFailure) {
        let plan: Plan
        let reader: any BlobReader
        do throws(SourceError) {
            plan = try source.plan()
            reader = try source.makeReader()
        } catch {
            throw CommandFailure("\(error)", code: ExitStatus(error))
        }
        var options = BlobScanner.Options()
        options.computesLineHashes = false
        options.honorsInlineDirectives = settings.honorsInlineDirectives
        let scanner = BlobScanner(engine: engine, options: options)
        problems += plan.problems.map { "\($0.subject): \($0.message)" }
        for item in plan.items {
            guard let path = item.path?.description else { continue }
            if let exclusion = exclusions.first(where: { $0.matches(path) }) {
                broad["exclude \(exclusion.glob) of \(exclusion.origin.file)", default: []].append(path)
                continue
            }
            do throws(ReadFailure) {
                let bytes = try reader.read(item, maximumSize: settings.maximumFileSize) { Array($0) }
                check(bytes, path, scanner)
            } catch {
                if case .problem(let problem) = error { problems.append("\(problem.subject): \(problem.message)") }
            }
        }
    }

    // MARK: One file

    private mutating func check(_ bytes: [UInt8], _ path: String, _ scanner: BlobScanner) {
        let result = bytes.withUnsafeBytes { scanner.scan($0, path: path) }
        if result.isBinary { return }
        let suppressed = suppressed(in: result)
        for (line, suppressor) in suppressed { plant(behind: line, of: bytes, path, scanner, suppressor) }
        // A path or a pattern may swallow what is not there yet.
        if suppressed.isEmpty { plant(behind: nil, of: bytes, path, scanner, nil) }
    }

    /// The lines of what is suppressed, and who does it.
    private func suppressed(in result: BlobResult) -> [(line: Int, suppressor: Suppressor)] {
        var places: [(line: Int, suppressor: Suppressor)] = result.silenced.map {
            ($0.region.endLine, Self.words($0))
        }
        for detection in result.detections {
            if detection.isSuppressedInline {
                places.append((detection.region.endLine, "comments"))
            } else if let file = file(knowing: detection) {
                places.append((detection.region.endLine, "the baseline \(file)"))
            }
        }
        // Several rules may have found the same.
        var seen: Set<String> = []
        return places.filter { seen.insert("\($0.line) \($0.suppressor)").inserted }
    }

    private func file(knowing detection: Detection) -> String? {
        guard let baseline else { return nil }
        let identity = SecretIdentity(rule: engine.rules[detection.ruleIndex], secret: detection.secret, key: key)
        guard case .accepted(let entry) = baseline.answer(for: identity, on: .today) else { return nil }
        return baseline.file(of: entry)
    }

    /// - Parameters:
    ///   - line: `nil`: at the end.
    ///   - suppressor: What is beside it.
    private mutating func plant(
        behind line: Int?, of bytes: [UInt8], _ path: String, _ scanner: BlobScanner, _ suppressor: Suppressor?
    ) {
        let key = HookProof.madeUpKey()
        let planted = Self.inserting("MISTRAL_API_KEY=\(key)", behind: line, in: bytes)
        let result = planted.withUnsafeBytes { scanner.scan($0, path: path) }
        let isFound = { (detection: Detection) in detection.secret.revealed.contains(key) }
        let place = line.map { "\(path):\($0 + 1)" } ?? path
        if result.detections.contains(where: { isFound($0) && !$0.isSuppressedInline }) {
            if let suppressor { narrow[suppressor, default: 0] += 1 }
        } else if let silenced = result.silenced.first(where: { $0.secret.revealed.contains(key) }) {
            broad[Self.words(silenced), default: []].append(place)
        } else if result.detections.contains(where: isFound) {
            broad["a comment for more than a line", default: []].append(place)
        } else if let suppressor {
            broad["something beside \(suppressor)", default: []].append(place)
        }
    }

    private static func words(_ silenced: SilencedDetection) -> Suppressor {
        if silenced.reason == .disabledRule { return "disabledRules of \(silenced.file)" }
        let list = silenced.list.map { "the allow-list \"\($0)\"" } ?? "an allow-list"
        return "\(list) of \(silenced.file)"
    }

    /// Puts a line behind another; in a text that has fewer, at its end.
    static func inserting(_ line: String, behind number: Int?, in bytes: [UInt8]) -> [UInt8] {
        var position = bytes.count
        if let number {
            var seen = 0
            for (index, byte) in bytes.enumerated() where byte == .lineFeed {
                seen += 1
                if seen == number {
                    position = index + 1
                    break
                }
            }
        }
        let start = position > 0 && bytes[position - 1] != .lineFeed ? [UInt8.lineFeed] : []
        return Array(bytes[..<position]) + start + Array(line.utf8) + [.lineFeed] + Array(bytes[position...])
    }
}

import Bytes
import Findings
import Rules

/// Finds the secrets of one text after another. One a thread; not `Sendable`.
public final class BlobScanner {
    /// What to do besides finding.
    public struct Options: Sendable {
        /// Obey `windsock:allow` and its like.
        public var honorsInlineDirectives = true
        /// Work out GitHub's line hashes, which takes a pass over each text with findings.
        public var computesLineHashes = true
        /// Say of each match why it is reported or not.
        public var explains = false
        /// How much of a gzip file's content is looked at, in bytes.
        public var maximumInflatedSize = 256 << 20

        public init() {}
    }

    private let engine: ScanEngine
    private let options: Options
    private var matcher: TextMatcher
    private let explainer: BlobExplainer?
    private let pathRules: PathRules
    private var converted: [UInt8] = []
    private var inflated: [UInt8] = []
    /// Set while a scan runs.
    private var located: [LocatedMatch] = []
    private var skipped: [BlobResult.Skipped] = []

    /// Texts made by decoding may together be this many times as long as the blob, or this long if it is short.
    private static let decodingFactor = 2
    private static let minimumDecodingBudget = 1 << 20
    static let maximumDecodingDepth = 3

    public init(engine: ScanEngine, options: Options = Options()) {
        self.engine = engine
        self.options = options
        explainer =
            options.explains ? BlobExplainer(engine: engine, readsComments: options.honorsInlineDirectives) : nil
        matcher = TextMatcher(engine: engine, recorder: explainer?.recorder)
        pathRules = PathRules(engine: engine)
    }

    /// For each rule of the engine, what matching has taken so far.
    package var work: [MatchingWork] { matcher.work }
    /// Bytes read so far to say at which line and column findings stand, and whether a comment there allows them.
    package private(set) var placingBytes = 0

    /// Scans the content of a blob.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, anything that ASCII is a part of, UTF-16, or gzip of one of these. Binary content is recognised and
    ///     not scanned.
    ///   - path: Relative, `/` between components; `nil` if it is not known: what depends on it is then reported too.
    public func scan(_ bytes: UnsafeRawBufferPointer, path: String?) -> BlobResult {
        var result = scan(content: bytes, path: path)
        if let path, !engine.pathRules.isEmpty { result.detections += pathRules.detections(path) }
        return result
    }

    private func scan(content bytes: UnsafeRawBufferPointer, path: String?) -> BlobResult {
        switch TextEncoding(bytes) {
        case .gzip: scan(gzip: bytes, path: path)
        case let encoding: scan(bytes, encoding, path: path, in: [])
        }
    }

    private func scan(
        _ bytes: UnsafeRawBufferPointer, _ encoding: TextEncoding, path: String?, in container: [String]
    ) -> BlobResult {
        switch encoding {
        case .binary, .gzip: return BlobResult(isBinary: true)
        case .utf8(let skipping):
            return scan(text: bytes.slice(skipping..<bytes.count), path: path, in: container)
        case .utf16(let bigEndian, let skipping):
            TextEncoding.utf8(fromUTF16: bytes.slice(skipping..<bytes.count), bigEndian: bigEndian, into: &converted)
            let buffer = converted
            return buffer.withUnsafeBytes { scan(text: $0, path: path, in: container) }
        }
    }

    /// What an unusually large file made a buffer grow to is given back after it.
    private static let keptCapacity = 16 << 20

    private func scan(gzip bytes: UnsafeRawBufferPointer, path: String?) -> BlobResult {
        defer { if inflated.capacity > Self.keptCapacity { inflated = [] } }
        let isWhole = GzipContent.inflate(bytes, limit: options.maximumInflatedSize, into: &inflated)
        guard let isWhole else { return BlobResult(isBinary: true) }
        let content = inflated
        // `.env.gz` is an `.env` once it is inflated.
        let path = path.map { $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 }
        var result = content.withUnsafeBytes { scan($0, TextEncoding($0), path: path, in: ["gzip"]) }
        for index in result.detections.indices {
            // Lines are those of the content; the file has none.
            result.detections[index].region = .wholeFile
            result.detections[index].lineHash = ""
        }
        for index in result.explanations.indices { result.explanations[index].region = .wholeFile }
        for index in result.skipped.indices { result.skipped[index].line = 1 }
        if !isWhole {
            result.unread = "holds more than \(options.maximumInflatedSize) bytes, and only these were scanned"
        }
        return result
    }

    /// - Parameter container: Decoders that were undone to get at the text.
    private func scan(text: UnsafeRawBufferPointer, path: String?, in container: [String]) -> BlobResult {
        located.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        matcher.match(text, path: path)
        explainer?.begin(text, in: container)
        for match in matcher.matches {
            located.append(
                LocatedMatch(
                    match: match, range: match.secret, bytes: Array(text.slice(match.secret)),
                    decoders: container))
        }
        noteSkipped(text)
        var budget = Self.decodingBudget(text.count)
        decode(text, path: path, chain: container, depth: 0, budget: &budget) { $0 }
        guard !located.isEmpty || explainer != nil else { return BlobResult(skipped: skipped) }
        var result = BlobResult(detections: detections(in: text), skipped: skipped)
        explainer?.finish(&result, text)
        return result
    }

    private func noteSkipped(_ text: UnsafeRawBufferPointer) {
        var index = LineIndex(text)
        for region in matcher.skipped {
            skipped.append(
                BlobResult.Skipped(
                    ruleID: engine.rules[region.rule].id, line: index.position(of: region.range.lowerBound).line,
                    reason: region.reason))
        }
    }

    /// Undoes each encoding, matches what comes out, and goes on with that.
    ///
    /// - Parameters:
    ///   - text: What the matcher looked at last.
    ///   - chain: What was undone to get at it.
    ///   - locate: Where in the blob a range of `text` comes from.
    private func decode(
        _ text: UnsafeRawBufferPointer, path: String?, chain: [String], depth: Int, budget: inout Int,
        locate: (Range<Int>) -> Range<Int>
    ) {
        guard depth < Self.maximumDecodingDepth, budget > 0 else { return }
        for decoder in Self.decoders(matcher.encodedRuns(of: text), sawKeyword: matcher.sawKeyword) {
            let decoded = decoder(text, budget)
            guard decoded.hasDecoded else { continue }
            budget -= decoded.bytes.count
            let chain = chain + decoded.decoders
            decoded.bytes.withUnsafeBytes { bytes in
                matcher.match(bytes, path: path)
                explainer?.note(bytes, decoded, chain, locate: locate)
                for match in matcher.matches {
                    // What an encoded value stands beside was seen in the text itself.
                    if decoded.isOfWholeValues, !decoded.isDecoded(match.secret) { continue }
                    located.append(
                        LocatedMatch(
                            match: match, range: locate(decoded.original(of: match.secret)),
                            bytes: Array(bytes.slice(match.secret)), decoders: chain))
                }
                decode(bytes, path: path, chain: chain, depth: depth + 1, budget: &budget) {
                    locate(decoded.original(of: $0))
                }
            }
        }
    }

    /// What is tried on a text that holds such runs, and in which a keyword stands or none. Each is given the text and
    /// what is left of the budget.
    static func decoders(
        _ runs: EncodedRuns, sawKeyword: Bool
    ) -> [(UnsafeRawBufferPointer, Int) -> DecodedText] {
        var decoders: [(UnsafeRawBufferPointer, Int) -> DecodedText] = []
        if !runs.base64.isEmpty { decoders.append { Base64Decoder.decode($0, runs.base64, budget: $1) } }
        if !runs.gzip.isEmpty { decoders.append { Base64Decoder.decodeGzip($0, runs.gzip, budget: $1) } }
        if !runs.hex.isEmpty { decoders.append { HexDecoder.decode($0, runs.hex, budget: $1) } }
        // What percent and backslash escapes hide has its keyword in clear; base64 and hex hide the keyword too.
        if sawKeyword { decoders += [EscapeDecoder.decode, PercentDecoder.decode] }
        return decoders
    }

    /// How many bytes may be decoded from a text of a length.
    static func decodingBudget(_ count: Int) -> Int { max(minimumDecodingBudget, count * decodingFactor) }

    private func detections(in text: UnsafeRawBufferPointer) -> [Detection] {
        let matches = Claims.standing(of: located, engine.rules)
        let snippets = Snippets(text, secrets: located.map(\.range))
        var directives = options.honorsInlineDirectives ? InlineDirectives(text) : nil
        var index = LineIndex(text)
        var result: [Detection] = []
        for located in matches {
            let rule = engine.rules[located.match.rule]
            result.append(
                Detection(
                    ruleIndex: located.match.rule, secret: Secret(bytes: located.bytes),
                    confidence: located.match.confidence, region: index.region(of: located.range), lineHash: "",
                    snippet: snippets.snippet(around: located.range),
                    decoders: located.decoders,
                    isSuppressedInline: directives?.suppress(ruleID: rule.id, range: located.range) ?? false))
        }
        placingBytes += index.bytesRead + (directives?.bytesRead ?? 0)
        if options.computesLineHashes {
            let hashes = LineHashes.compute(text, lines: Set(result.map(\.region.startLine)))
            for index in result.indices { result[index].lineHash = hashes[result[index].region.startLine] ?? "" }
        }
        return result
    }
}

extension BlobScanner {
    /// Whether a blob that begins with these bytes is taken for binary and would not be scanned.
    public static func isBinary(_ beginning: UnsafeRawBufferPointer) -> Bool {
        switch TextEncoding(beginning) {
        case .binary: true
        case .gzip: GzipContent.encoding(beginning).map { $0 == .binary || $0 == .gzip } ?? true
        case .utf8, .utf16: false
        }
    }
}

import Bytes
package import Findings
package import Rules

/// Finds the secrets of one text after another. One a thread; not `Sendable`.
public final class BlobScanner {
    /// What to do besides finding.
    public struct Options: Sendable {
        /// Obey `windsock:allow` and its like.
        public var honorsInlineDirectives = true
        /// Work out GitHub's line hashes, which takes a pass over each text with findings.
        public var computesLineHashes = true
        /// Say of each match why it is reported or not.
        package var explains = false
        /// Say which comments let nothing pass, or are no comments of ours.
        package var reviewsComments = false
        /// Decides which comments are still in force; `nil`: what the clock says.
        package var today: CalendarDay?
        /// How much of a gzip file's content is looked at, in bytes.
        public var maximumInflatedSize = 256 << 20

        /// As the command has them.
        public init() {}
    }

    let engine: ScanEngine
    private let options: Options
    private var matcher: TextMatcher
    private let explainer: BlobExplainer?
    private let pathRules: PathRules
    private var reader = TextReader()
    /// Set while a scan runs.
    var located: [LocatedMatch] = []
    /// What allow-lists let pass, which is masked where it stands beside a finding. Set while a scan runs.
    private var allowed: [LocatedMatch] = []
    /// What a look at all of the text has not found to be of interest, and is masked as well. Set while a scan runs.
    var beside: [LocatedMatch] = []
    private var skipped: [BlobResult.Skipped] = []
    private let masks = MaskedRanges.Memory()
    /// Looks for what somebody gave, in place of all else; `nil`: nothing was given.
    private let searcher: GivenSearcher?
    /// Of all rules, those that they had before included; empty where nobody asks.
    private let ruleIDs: Set<String>

    /// A scanner for one thread.
    public init(engine: ScanEngine, options: Options = Options()) {
        self.engine = engine
        self.options = options
        explainer = options.explains ? BlobExplainer(engine: engine) : nil
        matcher = TextMatcher(engine: engine, recorder: explainer?.recorder)
        pathRules = PathRules(engine: engine)
        searcher = engine.given.map { GivenSearcher($0) }
        ruleIDs = options.reviewsComments ? Set(engine.rules.flatMap { [$0.id] + $0.formerly }) : []
    }

    /// Those that it looks for.
    package var rules: [Rule] { engine.rules }

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
        scan(bytes, path: path, near: nil)
    }

    /// Scans the content of a blob where there may be something.
    ///
    /// - Parameter places: What a `DifferenceScanner` of this engine has told of the blob; `nil`: anywhere.
    package func scan(_ bytes: UnsafeRawBufferPointer, path: String?, near places: PlacesOfInterest?) -> BlobResult {
        // Who asks why nothing is reported asks of all of the text.
        let places = options.explains || options.reviewsComments ? nil : places
        var result = reader.read(bytes, limit: options.maximumInflatedSize) { text, container in
            switch container {
            case .none: scanText(text, path: path, in: [], near: places)
            case .gzip(let isWhole): scanContent(text, ofGzip: path, isWhole: isWhole)
            }
        }
        if let searcher {
            // In a program or a database a value stands as it is, too.
            if result.isBinary { return scanGiven(bytes, path: path, in: [], isText: false, searcher) }
            return result
        }
        if let path, !engine.index.pathRules.isEmpty { result.detections += pathRules.detections(path) }
        return result
    }

    private func scanContent(_ text: UnsafeRawBufferPointer?, ofGzip path: String?, isWhole: Bool) -> BlobResult {
        // `.env.gz` is an `.env` once it is inflated.
        let path = path.map { $0.hasSuffix(".gz") ? String($0.dropLast(3)) : $0 }
        var result = scanText(text, path: path, in: ["gzip"])
        result.moveIntoFile()
        if !isWhole {
            result.unread = "holds more than \(options.maximumInflatedSize) bytes, and only these were scanned"
        }
        return result
    }

    /// - Parameters:
    ///   - text: `nil` if the blob is binary.
    ///   - container: Decoders that were undone to get at the text.
    ///   - places: Where only there may be something; `nil`: anywhere, also in what is encoded.
    private func scanText(
        _ text: UnsafeRawBufferPointer?, path: String?, in container: [String], near places: PlacesOfInterest? = nil
    ) -> BlobResult {
        guard let text else { return BlobResult(isBinary: true) }
        if let searcher { return scanGiven(text, path: path, in: container, isText: true, searcher) }
        findAll(in: text, path: path, in: container, near: places)
        let isSilenced = allowed.contains { $0.match.silence != nil }
        guard !located.isEmpty || isSilenced || explainer != nil || options.reviewsComments else {
            return BlobResult(skipped: skipped)
        }
        Composition.settle(&located, engine.rules, in: text)
        var directives = options.honorsInlineDirectives ? InlineDirectives(text, today: options.today) : nil
        let standing = standing()
        var result = BlobResult(detections: detections(standing, in: text, &directives), skipped: skipped)
        if isSilenced { result.silenced = silenced(in: text, besides: standing) }
        explainer?.finish(&result, text)
        if options.reviewsComments, let directives { result.complaints = complaints(directives.comments, in: text) }
        return result
    }

    /// Notes what rules find in a text and in what is encoded there.
    ///
    /// - Parameter places: As for `scanText`.
    func findAll(
        in text: UnsafeRawBufferPointer, path: String?, in container: [String], near places: PlacesOfInterest? = nil
    ) {
        located.removeAll(keepingCapacity: true)
        allowed.removeAll(keepingCapacity: true)
        beside.removeAll(keepingCapacity: true)
        skipped.removeAll(keepingCapacity: true)
        matcher.match(text, path: path, near: places)
        explainer?.begin(text, in: container)
        for match in matcher.matches {
            let match = locate(match, in: text, at: match.secret, decoders: container)
            if places?.mayHold(match.match) ?? true { located.append(match) } else { beside.append(match) }
        }
        for match in matcher.allowed {
            allowed.append(locate(match, in: text, at: match.secret, decoders: container))
        }
        noteSkipped(text)
        if places == nil {
            var visitor = DecodedVisitor(scanner: self, path: path, container: container)
            TextWalk.visitDecoded(in: text, visitor.encodings(in: text), by: &visitor)
        }
    }

    /// What rules find in one text, however unsure they are: where, which rule by its index, and the value.
    func candidates(
        in text: UnsafeRawBufferPointer, path: String?
    ) -> [(range: Range<Int>, rule: Int, value: [UInt8])] {
        matcher.match(text, path: path)
        return (matcher.matches + matcher.allowed).map { match in
            (match.secret, match.rule, SecretValue(of: match, engine.rules[match.rule], in: text, matcher.keys).bytes)
        }
    }

    /// What settings let pass, where no other rule says as much in its place.
    ///
    /// - Parameter standing: What is reported: numbers in `located`.
    private func silenced(in text: UnsafeRawBufferPointer, besides standing: [Int]) -> [SilencedDetection] {
        let ranges = located.map(\.range)
        let taken = WindowList(ranges)
        var index = LineIndex(text)
        var seen: Set<SilencedDetection> = []
        return allowed.compactMap { match -> SilencedDetection? in
            guard let silence = match.match.silence else { return nil }
            var rival: Int?
            if taken.overlaps(match.range) {
                rival = standing.first { ranges[$0].overlaps(match.range) }
                // What is reported in its place, and would have been without the settings, has lost nothing by them.
                guard let rival, rank(match.match) > rank(located[rival].match) else { return nil }
            }
            let found = SilencedDetection(
                ruleIndex: match.match.rule, secret: Secret(bytes: match.bytes), confidence: match.match.confidence,
                region: index.region(of: match.range), file: silence.file, list: silence.list, reason: silence.reason,
                standing: rival.map { Secret(bytes: located[$0].bytes) })
            return seen.insert(found).inserted ? found : nil
        }
    }

    private func rank(_ match: Match) -> ClaimRank { ClaimRank(of: match, engine.rules[match.rule]) }

    private func complaints(_ comments: AllowComments, in text: UnsafeRawBufferPointer) -> [CommentComplaint] {
        let found = comments.complaints(knowing: ruleIDs)
        var index = LineIndex(text)
        return found.map { CommentComplaint(region: index.region(of: $0.range), sentence: $0.sentence) }
    }

    /// Keeps the matches of the texts that are encoded in a blob's.
    private struct DecodedVisitor: TextVisitor {
        let scanner: BlobScanner
        let path: String?
        let container: [String]

        func visit(_ text: UnsafeRawBufferPointer, in layers: DecodedLayers) {
            let decoders = container + layers.decoders
            scanner.matcher.match(text, path: path)
            scanner.explainer?.note(text, layers, decoders)
            func located(_ match: Match) -> LocatedMatch {
                scanner.locate(
                    match, in: text, at: layers.original(of: match.secret), decoders: decoders, number: layers.number,
                    places: layers.places(of: match.secret))
            }
            for match in scanner.matcher.matches where layers.isShown(match.secret) {
                scanner.located.append(located(match))
            }
            for match in scanner.matcher.allowed where layers.isShown(match.secret) {
                scanner.allowed.append(located(match))
            }
        }

        func encodings(in text: UnsafeRawBufferPointer) -> Encodings {
            Encodings(
                runs: scanner.matcher.encodedRuns(of: text), holdsKeyword: scanner.matcher.sawKeyword,
                marks: scanner.matcher.marks)
        }
    }

    /// - Parameter range: Where the match stands in the blob's text, encoded or not.
    private func locate(
        _ match: Match, in text: UnsafeRawBufferPointer, at range: Range<Int>, decoders: [String], number: Int = 0,
        places: [DecodedPlace] = []
    ) -> LocatedMatch {
        let value = SecretValue(of: match, engine.rules[match.rule], in: text, matcher.keys)
        let opens = engine.opens(of: match.rule).map { reader in
            let secrets = (matcher.matches + matcher.allowed).map(\.secret)
            return reader.opened(by: match.secret, in: text, besides: secrets, matcher.patterns.matcher)
        }
        return LocatedMatch(
            match: match, range: range, bytes: value.bytes, isHidden: value.isHidden, decoders: decoders, text: number,
            places: places, provider: engine.provider(of: match, in: text), opens: opens ?? [])
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

    /// Numbers of the matches whose claim stands.
    private func standing() -> [Int] {
        var lost = explainer.map { _ in LostClaims() }
        let standing = Claims.standing(of: &located, engine.rules, &lost)
        if let lost { explainer?.note(lost, among: located) }
        return standing
    }

    func detections(
        _ standing: [Int], in text: UnsafeRawBufferPointer, _ directives: inout InlineDirectives?
    ) -> [Detection] {
        let masked = located + beside + allowed
        let snippets = Snippets(
            text, secrets: masked.map(\.range), around: standing.map { located[$0].range },
            names: engine.namesOfSecrets, masks
        ) {
            secret in
            // What stands there as it is says so itself, but for a key whose parts say something.
            masked[secret].isHidden
                || !masked[secret].decoders.isEmpty && Secret(bytes: masked[secret].bytes).showsNothing
        }
        let decodedSnippets = DecodedSnippets(of: standing, among: masked, names: engine.namesOfSecrets)
        var index = LineIndex(text)
        var result: [Detection] = []
        for number in standing {
            let located = located[number]
            let rule = engine.rules[located.match.rule]
            let answer = directives?.answer(rule.namesForAllowing, range: located.range)
            explainer?.noteStanding(number, isAllowedByComment: options.honorsInlineDirectives ? answer != nil : nil)
            let decoded = decodedSnippets[number]
            var detection = Detection(
                ruleIndex: located.match.rule, secret: Secret(bytes: located.bytes),
                confidence: located.match.confidence, region: index.region(of: located.range), lineHash: "",
                snippet: decoded?.snippet ?? snippets.snippet(around: located.range),
                decoders: located.decoders, decodedRegion: decoded?.region, provider: located.provider,
                isSuppressedInline: answer != nil, isSuppressedForNow: answer?.expires ?? false)
            detection.beside.opens = located.opens
            detection.suppressionReason = answer?.reason ?? ""
            if rule.verification?.attempts.contains(where: { $0.signature != nil }) ?? false {
                detection.beside.text = Self.surroundings(of: located, in: text)
            }
            if answer == nil {
                detection.allowedUntil = directives?.end(rule.namesForAllowing, range: located.range)
            }
            result.append(detection)
        }
        placingBytes += decodedSnippets.bytesRead + index.bytesRead + (directives?.bytesRead ?? 0)
        if options.computesLineHashes {
            let weak = (located + beside).filter { Secret(bytes: $0.bytes).isWeak }.map(\.range)
            let hashes = LineHashes.compute(text, lines: Set(result.map(\.region.startLine)), hiding: weak)
            for index in result.indices { result[index].lineHash = hashes[result[index].region.startLine] ?? "" }
        }
        return result
    }
}

extension BlobScanner {
    /// How many bytes before and behind a secret its other half is looked for.
    private static let reach = 1200

    /// A secret and what is around it; of what was decoded only the secret, for what is around it is encoded.
    private static func surroundings(of located: LocatedMatch, in text: UnsafeRawBufferPointer) -> Secret? {
        guard located.decoders.isEmpty else { return nil }
        let (start, end) = (located.range.lowerBound, located.range.upperBound)
        return Secret(bytes: Array(text[max(0, start - reach)..<min(text.count, end + reach)]))
    }

    /// Where in lines of a text something stands that may be a secret: what rules find, at any confidence, reported, allowed or
    /// neither, plain or encoded, and what no rule looks for. In order; none overlaps another.
    ///
    /// - Parameters:
    ///   - text: UTF-8, or anything that ASCII is a part of.
    ///   - path: As for a scan.
    ///   - shown: The lines, in order.
    /// - Returns: `nil` for what is binary, compressed or in another encoding, or could not be searched as a whole: nothing of it
    ///   is to be shown.
    package func hiddenRanges(in text: [UInt8], path: String?, shown: [Range<Int>]) -> [Range<Int>]? {
        text.withUnsafeBytes { bytes in
            guard TextEncoding(bytes) == .utf8(skipping: 0) else { return nil }
            let result = scan(bytes, path: path)
            if result.isBinary || result.unread != nil || !result.skipped.isEmpty { return nil }
            let found = (located + beside + allowed).map(\.range)
            return HiddenRanges(
                bytes, secrets: found, shown: shown, names: engine.namesOfSecrets, showsNothing: { _ in true }, masks
            ).ranges.map(\.range)
        }
    }

    /// Whether a blob that begins with these bytes is taken for binary and would not be scanned.
    public static func isBinary(_ beginning: UnsafeRawBufferPointer) -> Bool {
        switch TextEncoding(beginning) {
        case .binary: true
        case .gzip: GzipContent.encoding(beginning).map { $0 == .binary || $0 == .gzip } ?? true
        case .utf8, .utf16, .utf32: false
        }
    }
}

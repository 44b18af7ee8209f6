import Bytes

/// Tells which blobs of a history hold something, and reads of each only what the blob it is made from does not have.
///
/// A pack stores most blobs as differences: copy these ranges of another blob, insert those bytes. What was copied was
/// looked at already. A blob is suspect if anything in it may be a finding under some path; those few are then scanned by
/// themselves with `BlobScanner`. To be suspect in vain is harmless, to be clean in vain is not: so whatever a change can
/// reach is looked at again, and where that cannot be told the blob is scanned whole.
///
/// One a thread; not `Sendable`.
public final class DifferenceScanner {
    private let engine: ScanEngine
    private var matcher: TextMatcher
    private let textKeywords: KeywordSet
    /// For what is not UTF-8.
    private let scanner: BlobScanner

    /// Shorter texts are scanned whole: a file may be nothing but a key, and there is little to save.
    private static let minimumLength = 1024
    /// Blobs with more matches are scanned whole.
    private static let maximumMatches = 256

    /// How many bytes were looked at, and how many the blobs have, whole ones and those made from others.
    public private(set) var coverage = Coverage()

    /// Bytes of blobs, and of these what was looked at.
    public struct Coverage: Sendable {
        public var bytes = 0
        public var searchedBytes = 0
    }

    public init(engine: ScanEngine) {
        self.engine = engine
        let farRules = FarRules(engine)
        textKeywords = farRules.textKeywords
        matcher = TextMatcher(engine: engine, farRules: farRules)
        scanner = BlobScanner(engine: engine)
    }

    /// Looks at all of a blob.
    ///
    /// - Parameter bytes: As for `BlobScanner`.
    public func scan(_ bytes: UnsafeRawBufferPointer) -> BlobTraits {
        coverage.bytes += bytes.count
        return scanWhole(bytes)
    }

    /// Looks at what a blob has that its base has not.
    ///
    /// - Parameters:
    ///   - copies: In order of their offset in the blob; all within it and within the base.
    ///   - baseCount: Length of the base in bytes.
    ///   - base: What a scan of the base gave.
    public func scan(
        _ bytes: UnsafeRawBufferPointer, copies: [CopiedRange], baseCount: Int, base: BlobTraits
    ) -> BlobTraits {
        coverage.bytes += bytes.count
        guard !base.isOpaque, bytes.count >= Self.minimumLength, baseCount >= Self.minimumLength,
            TextEncoding(bytes) == .utf8(skipping: base.textOffset)
        else { return scanWhole(bytes) }
        let text = bytes.slice(base.textOffset..<bytes.count)
        let copies = base.textOffset == 0 ? copies : copies.compactMap { $0.skipping(base.textOffset) }
        let changed = ChangedRanges(in: text, notIn: copies, baseCount: baseCount - base.textOffset)
        // A look at the changes costs a little more than one at as much of a whole text.
        guard changed.count < text.count / 8 * 7, let traits = scan(text, changed, copies, base) else {
            return scanWhole(bytes)
        }
        coverage.searchedBytes += changed.count
        return traits
    }

    // MARK: Whole

    private func scanWhole(_ bytes: UnsafeRawBufferPointer) -> BlobTraits {
        coverage.searchedBytes += bytes.count
        guard case .utf8(let skipping) = TextEncoding(bytes) else {
            let result = scanner.scan(bytes, path: nil)
            return BlobTraits(
                result.isBinary ? .binary : result.isClean ? .clean : .suspect,
                keywordCount: engine.triggers.count)
        }
        let text = bytes.slice(skipping..<bytes.count)
        var traits = BlobTraits(.clean, keywordCount: engine.triggers.count)
        traits.isOpaque = false
        traits.textOffset = skipping
        matcher.match(text, path: nil)
        collect(into: &traits)
        var decoded = DecodedTraits(keywords: traits.decodedKeywords)
        var budget = BlobScanner.decodingBudget(text.count)
        decode(text, matcher.encodedRuns(of: text), sawKeyword: traits.holdsKeyword, depth: 0, &budget, &decoded)
        traits.decodedKeywords = decoded.keywords
        if decoded.holdsFinding { traits.verdict = .suspect }
        // Matches in decoded text are not followed from blob to blob.
        // Nor is what was compressed: a change of one line changes what all lines stand for.
        if decoded.holdsMatch || decoded.holdsGzip || traits.matches.count > Self.maximumMatches {
            traits.isOpaque = true
        }
        return traits
    }

    /// Takes over what the matcher found.
    private func collect(into traits: inout BlobTraits) {
        traits.farKeywords.formUnion(matcher.farKeywords)
        traits.holdsKeyword = traits.holdsKeyword || matcher.sawKeyword
        if !matcher.matches.isEmpty { traits.verdict = .suspect }
        if !matcher.skipped.isEmpty {
            // That something was given up is told by the scan of the blob itself.
            traits.verdict = .suspect
            traits.isOpaque = true
        }
        traits.matches += matcher.matches + matcher.undecided
    }

    // MARK: Changes

    /// - Returns: `nil` if a look at the changes does not suffice.
    private func scan(
        _ text: UnsafeRawBufferPointer, _ changed: ChangedRanges, _ copies: [CopiedRange], _ base: BlobTraits
    ) -> BlobTraits? {
        let near = changed.near(text)
        matcher.match(text, changed: changed, near: near, inherited: base.farKeywords)
        // What escapes hide in the copied parts was not looked at while there was no keyword.
        if matcher.sawKeyword, !base.holdsKeyword { return nil }
        var traits = base
        traits.verdict = .clean
        traits.matches = []
        collect(into: &traits)
        guard decodesToNothing(text, near, &traits), follow(base.matches, copies, changed.lines, text, &traits)
        else {
            return nil
        }
        return traits
    }

    /// Takes over the matches of the base that were copied, where the changes did not show them already.
    private func follow(
        _ matches: [Match], _ copies: [CopiedRange], _ changed: [Range<Int>], _ text: UnsafeRawBufferPointer,
        _ traits: inout BlobTraits
    ) -> Bool {
        for match in matches {
            for copy in copies where copy.holds(base: match.whole) {
                let moved = match.moved(by: copy.shift)
                if changed.contains(where: { $0.contains(moved.whole) }) { continue }
                guard traits.matches.count < Self.maximumMatches else { return false }
                traits.matches.append(moved)
                guard traits.verdict == .clean else { continue }
                do {
                    guard try matcher.isFinding(moved, in: text, farKeywords: traits.farKeywords) else { continue }
                    traits.verdict = .suspect
                } catch {
                    return false
                }
            }
        }
        return true
    }

    /// Whether nothing that can be decoded near the changes holds a match.
    private func decodesToNothing(
        _ text: UnsafeRawBufferPointer, _ near: [Range<Int>], _ traits: inout BlobTraits
    ) -> Bool {
        let known = traits.decodedKeywords
        // All are asked for before the matcher is given what was decoded in one of them.
        let encoded = near.map { ($0, matcher.encodedRuns(in: $0, of: text)) }
        for (range, runs) in encoded where traits.holdsKeyword || !runs.isEmpty {
            var decoded = DecodedTraits(keywords: known)
            var budget = BlobScanner.decodingBudget(range.count)
            decode(
                text.slice(range), runs.moved(into: range), sawKeyword: traits.holdsKeyword, depth: 0, &budget,
                &decoded)
            if decoded.holdsMatch || decoded.holdsGzip || decoded.keywords != known { return false }
        }
        return true
    }

    // MARK: Decoding

    private struct DecodedTraits {
        var keywords: KeywordSet
        var holdsMatch = false
        var holdsFinding = false
        var holdsGzip = false
    }

    /// Undoes each encoding, matches what comes out, and goes on with that.
    ///
    /// - Parameter sawKeyword: Whether a keyword stands in the text, so that escapes are undone.
    private func decode(
        _ text: UnsafeRawBufferPointer, _ runs: EncodedRuns, sawKeyword: Bool, depth: Int, _ budget: inout Int,
        _ traits: inout DecodedTraits
    ) {
        guard depth < BlobScanner.maximumDecodingDepth, budget > 0 else { return }
        if !runs.gzip.isEmpty { traits.holdsGzip = true }
        for decoder in BlobScanner.decoders(runs, sawKeyword: sawKeyword) {
            let decoded = decoder(text, budget)
            guard decoded.hasDecoded else { continue }
            budget -= decoded.bytes.count
            decoded.bytes.withUnsafeBytes { bytes in
                let all = 0..<bytes.count
                matcher.match(bytes, changed: ChangedRanges(whole: bytes), near: [all], inherited: traits.keywords)
                var keywords = matcher.farKeywords
                keywords.formIntersection(textKeywords)
                traits.keywords.formUnion(keywords)
                let isRelevant = { (match: Match) in !decoded.isOfWholeValues || decoded.isDecoded(match.secret) }
                if matcher.matches.contains(where: isRelevant) { traits.holdsFinding = true }
                if traits.holdsFinding || matcher.undecided.contains(where: isRelevant) { traits.holdsMatch = true }
                decode(
                    bytes, matcher.encodedRuns(in: all, of: bytes), sawKeyword: matcher.sawKeyword, depth: depth + 1,
                    &budget, &traits)
            }
        }
    }
}

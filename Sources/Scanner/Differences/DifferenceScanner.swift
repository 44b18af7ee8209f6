import Bytes
package import Rules

/// Tells which blobs of a history hold something, and reads of each only what the blob it is made from does not have.
///
/// A pack stores most blobs as differences: copy these ranges of another blob, insert those bytes. What was copied was
/// looked at already. A blob is suspect if anything in it may be a finding under some path; those few are then scanned by
/// themselves with `BlobScanner`. To be suspect in vain is harmless, to be clean in vain is not: so whatever a change can
/// reach is looked at again, and where that cannot be told the blob is scanned whole.
///
/// One a thread; not `Sendable`.
package final class DifferenceScanner {
    private let engine: ScanEngine
    private var matcher: TextMatcher
    private let textKeywords: KeywordSet
    private let minimumConfidence: Confidence
    /// For what is not UTF-8.
    private let scanner: BlobScanner

    /// Shorter texts are scanned whole: a file may be nothing but a key, and there is little to save.
    private static let minimumLength = 1024
    /// Blobs with more matches are scanned whole.
    private static let maximumMatches = 256

    /// How many bytes were looked at, and how many the blobs have, whole ones and those made from others.
    package private(set) var coverage = Coverage()

    /// Bytes of blobs, and of these what was looked at.
    package struct Coverage: Sendable {
        package var bytes = 0
        package var searchedBytes = 0
    }

    /// - Parameter minimumConfidence: What is only judged by its name, and less sure, makes no blob suspect.
    package init(engine: ScanEngine, minimumConfidence: Confidence = .low) {
        self.engine = engine
        self.minimumConfidence = minimumConfidence
        let distantRules = DistantRules(engine.index)
        textKeywords = distantRules.textKeywords
        matcher = TextMatcher(engine: engine, distantRules: distantRules, leastConfidence: minimumConfidence)
        scanner = BlobScanner(engine: engine)
    }

    /// Looks at all of a blob.
    ///
    /// - Parameter bytes: As for `BlobScanner`.
    package func scan(_ bytes: UnsafeRawBufferPointer) -> BlobTraits {
        coverage.bytes += bytes.count
        return scanWhole(bytes)
    }

    /// Looks at what a blob has that its base has not.
    ///
    /// - Parameters:
    ///   - copies: In order of their offset in the blob; all within it and within the base.
    ///   - baseCount: Length of the base in bytes.
    ///   - base: What a scan of the base gave.
    package func scan(
        _ bytes: UnsafeRawBufferPointer, copies: [CopiedRange], baseCount: Int, base: BlobTraits
    ) -> BlobTraits {
        coverage.bytes += bytes.count
        guard !base.isOpaque, engine.given == nil, bytes.count >= Self.minimumLength, baseCount >= Self.minimumLength,
            TextEncoding(bytes) == .utf8(skipping: base.textOffset)
        else { return scanWhole(bytes) }
        let text = bytes.slice(base.textOffset..<bytes.count)
        let copies = base.textOffset == 0 ? copies : copies.compactMap { $0.skipping(base.textOffset) }
        let changed = ChangedRanges(in: text, notIn: copies, baseCount: baseCount - base.textOffset)
        // A look at the changes costs a little more than one at as much of a whole text.
        guard changed.count < text.count / 8 * 7, let traits = scan(changed, in: text, copies, base: base)
        else {
            return scanWhole(bytes)
        }
        coverage.searchedBytes += changed.count
        return traits
    }

    // MARK: Whole

    private func scanWhole(_ bytes: UnsafeRawBufferPointer) -> BlobTraits {
        coverage.searchedBytes += bytes.count
        if engine.given != nil { return scanGiven(bytes) }
        guard case .utf8(let skipping) = TextEncoding(bytes) else {
            let result = scanner.scan(bytes, path: nil)
            return BlobTraits(
                result.isBinary ? .binary : result.isClean ? .clean : .suspect,
                keywordCount: engine.index.keywordCount)
        }
        let text = bytes.slice(skipping..<bytes.count)
        var traits = BlobTraits(.clean, keywordCount: engine.index.keywordCount)
        traits.isOpaque = false
        traits.textOffset = skipping
        matcher.match(text, path: nil)
        collect(into: &traits)
        let decoded = decode(
            text,
            Encodings(
                runs: matcher.encodedRuns(of: text), holdsKeyword: traits.holdsKeyword, marks: traits.marks),
            known: traits.decodedKeywords)
        traits.decodedKeywords = decoded.keywords
        if decoded.holdsFinding { traits.verdict = .suspect }
        // Matches in decoded text are not followed from blob to blob.
        // Nor is what was compressed, or refers to what may stand anywhere.
        if decoded.holdsMatch || decoded.dependsOnWholeText || traits.matches.count > Self.maximumMatches {
            traits.isOpaque = true
        }
        return traits
    }

    /// What was given may stand anywhere, and is found faster than what has changed is looked for.
    private func scanGiven(_ bytes: UnsafeRawBufferPointer) -> BlobTraits {
        let result = scanner.scan(bytes, path: nil)
        let verdict: BlobTraits.Verdict = result.isBinary && result.detections.isEmpty ? .binary : .suspect
        return BlobTraits(result.isClean ? .clean : verdict, keywordCount: 0)
    }

    /// Takes over what the matcher found.
    private func collect(into traits: inout BlobTraits) {
        traits.distantKeywords.formUnion(matcher.distantKeywords)
        traits.holdsKeyword = traits.holdsKeyword || matcher.sawKeyword
        traits.marks.formUnion(matcher.marks)
        if matcher.matches.contains(where: isWanted) { traits.verdict = .suspect }
        if !matcher.skipped.isEmpty {
            // That something was given up is told by the scan of the blob itself.
            traits.verdict = .suspect
            traits.isOpaque = true
        }
        // A value that is less sure than what is asked for stays so while its line does.
        traits.matches += matcher.matches.filter(isWanted) + matcher.undecided
    }

    /// Whether a match makes its blob suspect. Where it stands can only make it less sure.
    private func isWanted(_ match: Match) -> Bool { match.assignment == nil || match.confidence >= minimumConfidence }

    // MARK: Changes

    /// - Returns: `nil` if a look at the changes does not suffice.
    private func scan(
        _ changed: ChangedRanges, in text: UnsafeRawBufferPointer, _ copies: [CopiedRange], base: BlobTraits
    ) -> BlobTraits? {
        let neighborhoods = changed.neighborhoods(in: text)
        matcher.match(text, changed: changed, neighborhoods: neighborhoods, inherited: base.distantKeywords)
        // What escapes hide in the copied parts was not looked at while there was no keyword, and no sign of them.
        if matcher.sawKeyword, !base.holdsKeyword { return nil }
        if !base.marks.isSuperset(of: matcher.marks) { return nil }
        var traits = base
        traits.verdict = .clean
        traits.mayHoldElsewhere = false
        traits.matches = []
        collect(into: &traits)
        guard decodesToNothing(text, neighborhoods, &traits),
            follow(base.matches, copies, in: text, besides: changed.lines, into: &traits)
        else {
            return nil
        }
        return traits
    }

    /// Takes over the matches of the base that were copied, where the changes did not show them already.
    private func follow(
        _ matches: [Match], _ copies: [CopiedRange], in text: UnsafeRawBufferPointer, besides changed: [Range<Int>],
        into traits: inout BlobTraits
    ) -> Bool {
        for match in matches {
            if match.assignment != nil, !copies.contains(where: { $0.holds(base: match.whole) }),
                copies.contains(where: { $0.holds(base: match.secret) })
            {
                // Something was changed between a name and its value.
                traits.verdict = .suspect
                traits.mayHoldElsewhere = true
                continue
            }
            for copy in copies where copy.holds(base: match.whole) {
                let moved = match.moved(by: copy.shift)
                if changed.contains(where: { $0.contains(moved.whole) }) { continue }
                guard traits.matches.count < Self.maximumMatches else { return false }
                traits.matches.append(moved)
                guard traits.verdict == .clean, isWanted(match) else { continue }
                do {
                    guard try matcher.isFinding(moved, in: text, distantKeywords: traits.distantKeywords) else {
                        continue
                    }
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
        _ text: UnsafeRawBufferPointer, _ neighborhoods: [Range<Int>], _ traits: inout BlobTraits
    ) -> Bool {
        let known = traits.decodedKeywords
        // All are asked for before the matcher is given what was decoded in one of them.
        let encoded = neighborhoods.map { ($0, matcher.encodedRuns(in: $0, of: text)) }
        for (range, runs) in encoded where traits.holdsKeyword || !traits.marks.isEmpty || !runs.isEmpty {
            // A value that is wrapped over more lines than the part has is decoded with all of the text.
            let isInside =
                runs.values.allSatisfy { range.contains($0.range) }
                && runs.base64Lines.allSatisfy { range.contains($0.value) && range.contains($0.range) }
            guard isInside else { return false }
            let encodings = Encodings(
                runs: runs.moved(into: range), holdsKeyword: traits.holdsKeyword, marks: traits.marks)
            let decoded = decode(text.slice(range), encodings, known: known)
            if decoded.holdsMatch || decoded.dependsOnWholeText || decoded.keywords != known { return false }
        }
        return true
    }

    // MARK: Decoding

    private struct DecodedTraits {
        var keywords: KeywordSet
        var holdsMatch = false
        var holdsFinding = false
        var dependsOnWholeText = false
    }

    /// Looks at what is encoded in a text.
    ///
    /// - Parameters:
    ///   - encodings: What may be encoded in it.
    ///   - known: Keywords of other decoded texts: all of them count as one.
    private func decode(
        _ text: UnsafeRawBufferPointer, _ encodings: Encodings, known: KeywordSet
    ) -> DecodedTraits {
        var visitor = DecodedVisitor(scanner: self, traits: DecodedTraits(keywords: known))
        visitor.traits.dependsOnWholeText = encodings.runs.dependOnWholeText
        TextWalk.visitDecoded(in: text, encodings, by: &visitor)
        return visitor.traits
    }

    /// Keeps what the texts that are encoded in a blob's say of it.
    private struct DecodedVisitor: TextVisitor {
        let scanner: DifferenceScanner
        var traits: DecodedTraits

        mutating func visit(_ text: UnsafeRawBufferPointer, in layers: DecodedLayers) {
            scanner.matcher.match(
                text, changed: ChangedRanges(whole: text), neighborhoods: [0..<text.count],
                inherited: traits.keywords)
            var keywords = scanner.matcher.distantKeywords
            keywords.formIntersection(scanner.textKeywords)
            traits.keywords.formUnion(keywords)
            if scanner.matcher.matches.contains(where: { scanner.isWanted($0) && layers.isShown($0.secret) }) {
                traits.holdsFinding = true
            }
            if traits.holdsFinding || scanner.matcher.undecided.contains(where: { layers.isShown($0.secret) }) {
                traits.holdsMatch = true
            }
        }

        mutating func encodings(in text: UnsafeRawBufferPointer) -> Encodings {
            let runs = scanner.matcher.encodedRuns(in: 0..<text.count, of: text)
            if runs.dependOnWholeText { traits.dependsOnWholeText = true }
            return Encodings(
                runs: runs, holdsKeyword: scanner.matcher.sawKeyword, marks: scanner.matcher.marks)
        }
    }
}

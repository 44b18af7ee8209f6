import Bytes
internal import CLiteralSearch
internal import Findings

/// Scans for secrets that somebody has, whatever rules say of them.
extension BlobScanner {
    /// Something given that was found, before it is known what else was found in its place.
    struct GivenMatch {
        var located: LocatedMatch
        /// Whether the value as a whole was encoded, and was recognised by what it is then.
        var isForm: Bool
    }

    /// What of that which is given stands in a text, or in what is encoded there.
    ///
    /// - Parameters:
    ///   - text: Of a blob, or its bytes where it is no text.
    ///   - isText: Otherwise nothing is decoded, and nothing of it is shown.
    func scanGiven(
        _ text: UnsafeRawBufferPointer, path: String?, in container: [String], isText: Bool, _ searcher: GivenSearcher
    ) -> BlobResult {
        var visitor = GivenVisitor(scanner: self, searcher: searcher, path: path, container: container)
        visitor.search(text, layers: nil)
        var skipped: [BlobResult.Skipped] = []
        if isText, !TextWalk.visitDecoded(in: text, visitor.encodings(in: text), by: &visitor) {
            skipped.append(
                .init(ruleID: GivenSecrets.ruleID, line: 1, reason: "not all that is encoded here was decoded"))
        }
        if !visitor.cut.isEmpty {
            skipped.append(
                .init(
                    ruleID: GivenSecrets.ruleID, line: 1,
                    reason: "of each value only the first \(GivenSearcher.maximumPlaces) places are told"))
        }
        guard !visitor.found.isEmpty else { return BlobResult(skipped: skipped, isBinary: !isText) }
        // What else stands there is not shown either.
        if isText { mask(text, path: path, in: container) }
        located = GivenPlaces.standing(visitor.found)
        var directives: InlineDirectives?
        var detections = detections(Array(located.indices), in: text, &directives)
        if !isText {
            for index in detections.indices { (detections[index].snippet, detections[index].lineHash) = ("", "") }
        }
        var result = BlobResult(detections: detections, skipped: skipped, isBinary: !isText)
        if !isText { result.moveIntoFile() }
        return result
    }

    /// Has what rules find in a text masked where it is shown beside something else.
    private func mask(_ text: UnsafeRawBufferPointer, path: String?, in container: [String]) {
        findAll(in: text, path: path, in: container)
        beside += located
        located = []
    }

    /// - Parameter place: In the text that it was found in.
    fileprivate func located(
        _ value: [UInt8], _ place: Range<Int>, isWhole: Bool, kind: GivenForm.Kind, _ layers: DecodedLayers?,
        in container: [String]
    ) -> LocatedMatch {
        let match = Match(
            rule: engine.givenRule, whole: place, secret: place, confidence: isWhole ? .high : .medium)
        let isForm = kind != .plain
        return LocatedMatch(
            match: match, range: layers?.original(of: place) ?? place, bytes: value,
            // What is shown of an encoded value would be more than of the value.
            isHidden: isForm,
            decoders: container + (layers?.decoders ?? []) + (kind.decoder.map { [$0] } ?? []),
            text: layers?.number ?? 0, places: isForm ? [] : layers?.places(of: place) ?? [])
    }
}

/// Looks for what is given in a blob's text and in all that is encoded there.
private struct GivenVisitor: TextVisitor {
    let scanner: BlobScanner
    let searcher: GivenSearcher
    let path: String?
    let container: [String]
    var found: [BlobScanner.GivenMatch] = []
    var cut: Set<Int> = []

    mutating func visit(_ text: UnsafeRawBufferPointer, in layers: DecodedLayers) { search(text, layers: layers) }

    mutating func search(_ text: UnsafeRawBufferPointer, layers: DecodedLayers?) {
        let (places, cut) = searcher.places(in: text)
        self.cut.formUnion(cut)
        for place in places where layers?.isShown(place.range) ?? true {
            note(searcher.given.values[place.number], place.range, isWhole: place.isWhole, place.kind, layers)
        }
        if searcher.given.fingerprintCount > 0 { compare(text, layers) }
    }

    private mutating func compare(_ text: UnsafeRawBufferPointer, _ layers: DecodedLayers?) {
        let fingerprints = GivenFingerprints(searcher, scanner.rules)
        for (range, rule, value) in scanner.candidates(in: text, path: path)
        where (layers?.isShown(range) ?? true) && fingerprints.holds(value, of: rule) {
            note(value, range, isWhole: true, .plain, layers)
        }
        for range in fingerprints.tokens(in: text) {
            let value = Array(text.slice(range))
            note(value, range, isWhole: GivenSearcher.isWhole(range, in: text), .plain, layers)
        }
    }

    private mutating func note(
        _ value: [UInt8], _ range: Range<Int>, isWhole: Bool, _ kind: GivenForm.Kind, _ layers: DecodedLayers?
    ) {
        found.append(
            BlobScanner.GivenMatch(
                located: scanner.located(value, range, isWhole: isWhole, kind: kind, layers, in: container),
                isForm: kind != .plain))
    }

    mutating func encodings(in text: UnsafeRawBufferPointer) -> Encodings {
        var runs: [Range<Int>] = []
        ByteRuns.append(
            of: WINDSOCK_BASE64_BYTES, minimum: EncodedRuns.minimumShort, in: 0..<text.count, of: text, to: &runs)
        var encoded = EncodedRuns(text, in: runs[...])
        encoded.addShort(text, in: runs)
        var encodings = Encodings(runs: encoded, holdsKeyword: true, marks: .all)
        encodings.effort.reach = max(64, min(searcher.given.longest + 16, 1 << 16))
        return encodings
    }
}

/// Of all that was found of a value in one place what is told.
enum GivenPlaces {
    /// What stands there as it is goes before what was decoded, and that before what was recognised without decoding.
    static func standing(_ found: [BlobScanner.GivenMatch]) -> [LocatedMatch] {
        let groups = Dictionary(grouping: found) { $0.located.bytes }
        return groups.values.flatMap { standing(ofOne: $0) }.sorted {
            ($0.range.lowerBound, $0.range.upperBound, $0.decoders.count)
                < ($1.range.lowerBound, $1.range.upperBound, $1.decoders.count)
        }
    }

    private static func rank(_ match: BlobScanner.GivenMatch) -> Int {
        match.isForm ? 1000 + match.located.decoders.count : match.located.decoders.count
    }

    /// - Parameter found: Of one value.
    private static func standing(ofOne found: [BlobScanner.GivenMatch]) -> [LocatedMatch] {
        let inOrder = found.sorted {
            ($0.located.range.lowerBound, rank($0)) < ($1.located.range.lowerBound, rank($1))
        }
        var result: [LocatedMatch] = []
        var cluster: [BlobScanner.GivenMatch] = []
        var end = -1
        func close() {
            guard let best = cluster.map(rank).min() else { return }
            var last = -1
            for match in cluster where rank(match) == best && match.located.range.lowerBound >= last {
                result.append(match.located)
                last = max(match.located.range.upperBound, match.located.range.lowerBound + 1)
            }
            cluster.removeAll(keepingCapacity: true)
        }
        for match in inOrder {
            if match.located.range.lowerBound >= end { close() }
            cluster.append(match)
            end = max(end, match.located.range.upperBound, match.located.range.lowerBound + 1)
        }
        close()
        return result
    }
}

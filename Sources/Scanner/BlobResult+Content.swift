import Findings

extension BlobResult {
    /// Says of all places that they are in the content of a file that has no lines: places stand at its beginning, and lines are those
    /// of the content.
    package mutating func moveIntoFile() {
        for index in detections.indices {
            if detections[index].decodedRegion == nil { detections[index].decodedRegion = detections[index].region }
            detections[index].region = .wholeFile
        }
        for index in explanations.indices { explanations[index].region = .wholeFile }
        for index in skipped.indices { skipped[index].line = 1 }
    }

    /// Says of all places that something was undone to see them.
    ///
    /// - Parameter decoder: As in `Detection.decoders`.
    package mutating func noteDecoding(by decoder: String) {
        for index in detections.indices { detections[index].decoders.insert(decoder, at: 0) }
        for index in explanations.indices { explanations[index].decoders.insert(decoder, at: 0) }
    }

    /// Adds what another look at the same blob has found, secrets that are known aside.
    package mutating func add(_ other: BlobResult) {
        let known = Set(detections.map(\.secret.value))
        detections += other.detections.filter { !known.contains($0.secret.value) }
        skipped += other.skipped
        unread = unread ?? other.unread
        explanations += other.explanations
        unmatched.merge(other.unmatched) { first, _ in first }
        silenced += other.silenced
        complaints += other.complaints
        isBinary = isBinary && other.isBinary
    }
}

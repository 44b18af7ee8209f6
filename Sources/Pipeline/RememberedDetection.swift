import Rules

/// A secret that was found under the path that an object had then, as a cache keeps it: without the secret.
struct RememberedDetection: Hashable {
    /// Index among the rules of the scan.
    var rule: Int
    /// The same number is the same secret, in all objects of a scan. It says nothing else.
    var secret: Int
    var confidence: Confidence
    /// A directive in the text says that it is no leak.
    var isSuppressedInline: Bool

    /// Three numbers of four bytes, the most significant first: rule; secret; confidence and suppression.
    private static let byteCount = 12

    /// What a cache keeps of the detections in an object.
    static func payload(_ detections: [RememberedDetection]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(detections.count * byteCount)
        for detection in detections {
            let flags = detection.confidence.rank << 1 | (detection.isSuppressedInline ? 1 : 0)
            for number in [detection.rule, detection.secret, flags] {
                withUnsafeBytes(of: UInt32(clamping: number).bigEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return bytes
    }

    /// - Returns: `nil` if the bytes are not what `payload` makes of detections.
    static func detections(_ payload: [UInt8]) -> [RememberedDetection]? {
        guard payload.count.isMultiple(of: byteCount) else { return nil }
        let numbers = stride(from: 0, to: payload.count, by: 4).map { start in
            payload[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        var detections: [RememberedDetection] = []
        for start in stride(from: 0, to: numbers.count, by: 3) {
            guard let confidence = Confidence(rank: numbers[start + 2] >> 1) else { return nil }
            detections.append(
                RememberedDetection(
                    rule: numbers[start], secret: numbers[start + 1], confidence: confidence,
                    isSuppressedInline: numbers[start + 2] & 1 == 1))
        }
        return detections
    }
}

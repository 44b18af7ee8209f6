import Bytes

/// Reads what stands around a place in an address.
enum AddressParts {
    /// How far to the left of a place its address may begin, in bytes.
    private static let reach = 300

    /// What stands behind a dot, as a file's ending does: up to five digits and small letters; `nil` where there is no dot.
    static func ending(behind end: Int, in text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard end < text.count, text[end] == .period else { return nil }
        let ending = text.slice(end + 1..<min(text.count, end + 6))
        return ending.slice(0..<(ending.firstIndex { !$0.isDigit && !$0.isLowercase } ?? ending.count))
    }

    /// Whether what stands behind a slash is a segment of a path: of an address, or of one that begins or goes on with
    /// a slash.
    static func isSegment(_ segment: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        let slash = segment.lowerBound - 1
        // `https://KEY@host`: what stands before the host is no path.
        guard slash > 0, text[slash] == .slash, text[slash - 1] != .slash else { return false }
        var start = slash
        let lowest = max(0, segment.lowerBound - reach)
        while start > lowest, isOfAddress(text[start - 1]) {
            start -= 1
            // `//host/…`, with a scheme or without one.
            if text[start] == .slash, text[start + 1] == .slash { return true }
        }
        let goesOn = segment.upperBound < text.count && text[segment.upperBound] == .slash
        return goesOn && text[start].isPathByte || text[start] == .slash && start < slash
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        switch byte {
        case ...UInt8.space, .quotationMark, .apostrophe, .backtick, .lessThan, .greaterThan, .leftParenthesis, .comma,
            .equalsSign:
            false
        default: true
        }
    }
}

extension UInt8 {
    fileprivate var isPathByte: Bool { isAlphanumeric || self == .slash || self == .period }
}

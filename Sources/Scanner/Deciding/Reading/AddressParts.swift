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

    /// The letters before a slash, sixteen at the most, lower case.
    static func segment(before slash: Int, in text: UnsafeRawBufferPointer) -> String {
        var start = slash
        while start > 0, slash - start < 16, text[start - 1].isLetter { start -= 1 }
        return String(decoding: text.slice(start..<slash), as: UTF8.self).lowercased()
    }

    /// Whether `://` stands before a place, with nothing between that ends an address.
    static func hasScheme(before end: Int, in text: UnsafeRawBufferPointer) -> Bool {
        var index = end
        let lowest = max(2, end - reach)
        while index > lowest, text[index - 1] > .space, text[index - 1] != .quotationMark,
            text[index - 1] != .apostrophe
        {
            if text[index - 1] == .slash, text[index - 2] == .slash, index > 2, text[index - 3] == .colon {
                return true
            }
            index -= 1
        }
        return false
    }
}

internal import Bytes
internal import Judge

/// What stands before the host of an address: a user and a password, or a token alone.
enum Userinfo {
    /// The longest part before the host, in bytes.
    private static let longest = 256
    /// A user without a password is a token from this length on.
    private static let shortestToken = 16

    /// - Parameter place: Of `://`; where something else stands there is nothing.
    static func secret(behindScheme place: Int, in text: UnsafeRawBufferPointer) -> Assignment? {
        guard text.count - place > 3, text[place] == .colon, text[place + 1] == .slash, text[place + 2] == .slash else {
            return nil
        }
        let start = place + 3
        let limit = min(text.count, start + longest)
        var (colon, at): (Int?, Int?)
        var index = start
        // Most addresses hold neither: their bytes are passed over without another question.
        while index < limit {
            let byte = text[index]
            if !byte.isNameByte {
                if ends(byte) { break }
                // The last one before the host: a password may hold some.
                if byte == .atSign { at = index }
                if byte == .colon, colon == nil, at == nil { colon = index }
            }
            index += 1
        }
        guard let at, let scheme = scheme(before: place, in: text) else { return nil }
        let value = (colon.map { $0 + 1 } ?? start)..<at
        guard !value.isEmpty, colon != nil || value.count >= shortestToken else { return nil }
        return Assignment(name: scheme, value: value, syntax: .userinfo, quote: .none)
    }

    private static func scheme(before place: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        var start = place
        while start > 0, place - start < 24,
            text[start - 1].isAlphanumeric || text[start - 1] == .plus || text[start - 1] == .hyphen
        {
            start -= 1
        }
        return start < place ? start..<place : nil
    }

    /// What ends an address, or the part of it that names the host.
    private static func ends(_ byte: UInt8) -> Bool {
        byte <= .space || byte == .slash || byte == .questionMark || byte == .numberSign || byte == .lessThan
            || byte == .greaterThan || byte == .quotationMark || byte == .apostrophe || byte == .backtick
            || byte == .comma
            || byte == .leftParenthesis || byte == .rightParenthesis || byte == .verticalBar || byte == .backslash
    }
}

import Bytes

/// What a text calls a value: for whoever has to give it a name somewhere else.
package enum ValueNames {
    /// The names of a value, nearest first: the variable, the key or the call that it is given to. Of the password in an
    /// address it is what the address is given to, and that it is a password.
    ///
    /// - Parameters:
    ///   - value: Where it stands.
    ///   - text: UTF-8, or anything that ASCII is a part of.
    package static func names(of value: Range<Int>, in text: [UInt8]) -> [String] {
        text.withUnsafeBytes { text in
            guard let address = address(around: value, in: text) else { return identifiers(of: value, in: text) }
            return identifiers(of: address..<value.upperBound, in: text).map { "\($0)_password" }
        }
    }

    private static func identifiers(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> [String] {
        AssignedName(of: value, in: text).identifiers.map { String(decoding: text.slice($0), as: UTF8.self) }
    }

    /// Where the address begins whose password a value is.
    private static func address(around value: Range<Int>, in text: UnsafeRawBufferPointer) -> Int? {
        guard value.upperBound < text.count, text[value.upperBound] == .atSign else { return nil }
        var start = value.lowerBound
        let lowest = max(0, start - AssignedName.reach)
        while start > lowest, text[start - 1] > .space, !text[start - 1].isQuote, text[start - 1] != .equalsSign {
            start -= 1
        }
        return text.slice(start..<value.lowerBound).containsCaseless("://") ? start : nil
    }
}

internal import Bytes

/// The name that a pair or a block gives to a value, where the value's own label says but that it is one: `default = "V"` in
/// `variable "name" {`, `Default: V` below a parameter, `"value": "V"` beside `"name": "…"`, `<value>V</value>`.
///
/// The same parser that reads onwards from names is tried on the names around the value, and asked which of them it gives
/// the value to.
enum PairName {
    /// How far before and behind the value names are looked for, in bytes, and at how many.
    private static let reach = (before: AssignmentReader.reach, behind: 200)
    private static let attempts = 24

    /// - Parameter value: A candidate, or the part of one that is the secret.
    /// - Returns: `nil` where the value's label is no such word, or no name is given the value.
    static func range(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        guard let label = label(of: value, in: text) else { return nil }
        var places = words(before: label.lowerBound, in: text)
        places += words(behind: value.upperBound, in: text)
        for place in places.prefix(attempts) {
            if let name = name(at: place, of: value, in: text) { return name }
        }
        return nil
    }

    /// The last bytes of the words before a place, from it leftwards.
    private static func words(before place: Int, in text: UnsafeRawBufferPointer) -> [Int] {
        (max(0, place - reach.before)..<place).reversed().filter {
            text[$0].isNameByte && ($0 + 1 == place || !text[$0 + 1].isNameByte)
        }
    }

    /// The first bytes of the words behind a place, from it rightwards.
    private static func words(behind place: Int, in text: UnsafeRawBufferPointer) -> [Int] {
        (place..<min(text.count, place + reach.behind)).filter {
            text[$0].isNameByte && ($0 == place || !text[$0 - 1].isNameByte)
        }
    }

    /// The word that labels the value, if it is one that only says that it is a value.
    private static func label(of value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        var end = value.lowerBound
        let lowest = max(0, end - 24)
        while end > lowest, !text[end - 1].isNameByte {
            guard joins(text[end - 1]) else { return nil }
            end -= 1
        }
        var start = end
        while start > 0, end - start < 24, text[start - 1].isNameByte { start -= 1 }
        let isLabel =
            AssignmentParser.isValueName(text.slice(start..<end)) || text.slice(start..<end).equalsCaseless("string")
        return isLabel ? start..<end : nil
    }

    /// What may stand between a label and its value.
    private static func joins(_ byte: UInt8) -> Bool {
        byte.isQuote || byte.isBlank || [.colon, .equalsSign, .greaterThan, .backslash].contains(byte)
    }

    /// The name that holds a place, if it is given the value.
    private static func name(
        at place: Int, of value: Range<Int>, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        guard let name = NameOfValue(at: place, in: text), !name.range.overlaps(value),
            !AssignmentParser.isValueName(text.slice(name.range)), isName(name.range, in: text)
        else { return nil }
        var parser = AssignmentParser(name, in: text)
        return parser.parse() && parser.values.contains { $0.value.overlaps(value) } ? name.range : nil
    }

    /// Whether what stands there is a name: what a member is given is one only if the member's label says so, `name: X`, not
    /// `type: X`.
    private static func isName(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        var end = range.lowerBound
        while end > 0, text[end - 1].isQuote || text[end - 1].isBlank { end -= 1 }
        guard end > 0, text[end - 1] == .colon || text[end - 1] == .equalsSign else {
            // One word of a text or of a comment names nothing: a name begins its line, a tag or a literal.
            return end == 0 || [.lineFeed, .greaterThan, .lessThan].contains(text[end - 1])
                || text[range.lowerBound - 1].isQuote
        }
        end -= 1
        while end > 0, text[end - 1].isQuote || text[end - 1].isBlank { end -= 1 }
        var start = end
        while start > 0, end - start < AssignmentReader.longestName, text[start - 1].isNameByte { start -= 1 }
        return AssignedName.words(of: text.slice(start..<end)).last.map(Words.labels.contains) ?? false
    }
}

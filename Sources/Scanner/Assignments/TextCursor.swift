internal import Bytes

/// A place in a text that is read onwards. Reading over the end gives zero bytes.
struct TextCursor {
    let text: UnsafeRawBufferPointer
    var index: Int
    /// Nothing from here on is read.
    let end: Int

    /// - Parameter reach: How far it is read at most, in bytes.
    init(_ text: UnsafeRawBufferPointer, at index: Int, reach: Int) {
        self.text = text
        self.index = index
        end = min(text.count, index + reach)
    }

    var isAtEnd: Bool { index >= end }

    /// The byte so far ahead; zero behind the end.
    @inline(__always)
    func peek(_ distance: Int = 0) -> UInt8 { index + distance < end ? text[index + distance] : 0 }

    /// The byte before the place; zero before the text.
    var previous: UInt8 { index > 0 ? text[index - 1] : 0 }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    /// Whether these letters stand here, ASCII case ignored.
    @inline(__always)
    func isAt(_ word: StaticString) -> Bool {
        // Most words differ in their first letter already.
        UnsafeRawBufferPointer.folded(peek()) == UnsafeRawBufferPointer.folded(word.utf8Start.pointee)
            && index + word.utf8CodeUnitCount <= end
            && text.slice(index..<index + word.utf8CodeUnitCount).equalsCaseless(word)
    }

    /// Whether these letters stand here, and no further letter behind them.
    func isAtWord(_ word: StaticString) -> Bool { isAt(word) && !peek(word.utf8CodeUnitCount).isNameByte }

    mutating func take(_ word: StaticString) -> Bool {
        guard isAt(word) else { return false }
        index += word.utf8CodeUnitCount
        return true
    }

    mutating func takeWord(_ word: StaticString) -> Bool { isAtWord(word) && take(word) }

    /// Passes over spaces and tabs.
    ///
    /// - Returns: Whether there were any.
    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = index
        while peek() == .space || peek() == .tab { index += 1 }
        return index > start
    }

    /// Passes over blanks and, if there are any, the ends of lines.
    ///
    /// - Returns: Whether a line ended.
    @discardableResult
    mutating func skipWhiteSpace() -> Bool {
        var passedLine = false
        while true {
            switch peek() {
            case .space, .tab, .carriageReturn: break
            case .lineFeed: passedLine = true
            default: return passedLine
            }
            index += 1
        }
    }

    /// Whether the line ends here; blanks before its end are passed over.
    mutating func isAtLineEnd() -> Bool {
        skipBlanks()
        return isAtEnd || peek() == .lineFeed || peek() == .carriageReturn
    }

    /// Passes over the bytes of a name.
    mutating func takeName() -> Range<Int> {
        let start = index
        while peek().isNameByte { index += 1 }
        return start..<index
    }

    /// Goes to the next of a byte on this line.
    ///
    /// - Returns: Whether there is one; if not the place stays.
    mutating func goTo(_ byte: UInt8) -> Bool {
        var place = index
        while place < end, text[place] != .lineFeed {
            if text[place] == byte {
                index = place
                return true
            }
            place += 1
        }
        return false
    }
}

extension UInt8 {
    /// What names of variables, settings and flags consist of: letters, digits, `_`, `-`, `.` and what is not ASCII.
    @inline(__always)
    var isNameByte: Bool {
        // A bit for each byte of ASCII: every byte of every name is asked about several times.
        if self >= 0x80 { return true }
        let row: UInt64 = self < 64 ? 0x03ff_6000_0000_0000 : 0x07ff_fffe_87ff_fffe
        return row >> UInt64(self & 63) & 1 == 1
    }

    /// What tokens consist of, those with a structure, too: letters, digits, and `_-.+/=:~`.
    var isOfToken: Bool {
        isAlphanumeric || [.underscore, .hyphen, .period, .plus, .slash, .equalsSign, .colon, .tilde].contains(self)
    }

    var isBlank: Bool { self == .space || self == .tab }
    var isQuote: Bool { self == .quotationMark || self == .apostrophe || self == .backtick }
}

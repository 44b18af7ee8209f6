import Bytes

/// GitHub's `primaryLocationLineHash`, by which code scanning follows an alert from commit to commit.
///
/// A hash over the 100 UTF-16 units from a line's first visible character: `h = 37·h + c`, wrapping. It is followed by the
/// number of lines so far that had the same one.
///
/// GitHub hashes every line as it passes. Here only those lines are hashed that are asked for, and those that may have the
/// same hash as one of them because they begin alike.
enum LineHashes {
    private static let blockSize = 100
    private static let multiplier: UInt64 = 37

    /// Hashes of the wanted lines (1-based) of a text.
    ///
    /// - Parameter hidden: What one sign stands for, line ends apart: a weak secret could be found by trying it on the hash
    ///   of its line. In any order, may overlap.
    static func compute(
        _ text: UnsafeRawBufferPointer, lines: Set<Int>, hiding hidden: [Range<Int>] = []
    ) -> [Int: String] {
        guard let last = lines.max() else { return [:] }
        guard hidden.isEmpty else {
            return Self.text(text, hiding: hidden).withUnsafeBytes { compute($0, lines: lines, upTo: last) }
        }
        return compute(text, lines: lines, upTo: last)
    }

    private static func compute(_ text: UnsafeRawBufferPointer, lines: Set<Int>, upTo last: Int) -> [Int: String] {
        var starts = [0]
        var ends = LineEnds(text)
        while starts.count < last, let start = ends.lineStart() { starts.append(start) }
        let wanted = Set(
            lines.lazy.filter { (1...starts.count).contains($0) }.map { opening(at: starts[$0 - 1], in: text) })
        var counts: [UInt64: Int] = [:]
        var result: [Int: String] = [:]
        for (index, start) in starts.enumerated() where wanted.contains(opening(at: start, in: text)) {
            let hash = hash(at: start, in: text)
            let count = counts[hash, default: 0] + 1
            counts[hash] = count
            if lines.contains(index + 1) { result[index + 1] = "\(String(hash, radix: 16)):\(count)" }
        }
        return result
    }

    /// The first visible bytes of a line, put together: lines with other ones have other hashes.
    private static func opening(at start: Int, in text: UnsafeRawBufferPointer) -> UInt64 {
        var opening: UInt64 = 0
        var index = start
        var count = 0
        while count < MemoryLayout<UInt64>.size {
            // What is no UTF-8 is hashed as if it were U+FFFD, and the end as if it were U+FFFF.
            let byte = index < text.count ? min(text[index], 0x80) : 0x80
            index += 1
            if byte == .space || byte == .tab { continue }
            if byte == .lineFeed || byte == .carriageReturn { return opening << 8 | UInt64(UInt8.lineFeed) }
            opening = opening << 8 | UInt64(byte)
            if byte == 0x80 { break }
            count += 1
        }
        return opening
    }

    private static func hash(at start: Int, in text: UnsafeRawBufferPointer) -> UInt64 {
        var units = HashedUnits(text[start...])
        return (0..<blockSize).reduce(0) { hash, _ in multiplier &* hash &+ UInt64(units.next()) }
    }

    /// A text with a sign for each hidden part, but for the line ends in it.
    private static func text(_ text: UnsafeRawBufferPointer, hiding hidden: [Range<Int>]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        for range in hidden.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > position {
            if range.lowerBound > position || position == 0 {
                result += text.slice(position..<max(position, range.lowerBound))
                result += "…".utf8
            }
            result += text.slice(max(position, range.lowerBound)..<range.upperBound)
                .filter { $0 == .lineFeed || $0 == .carriageReturn }
            position = range.upperBound
        }
        return result + text.slice(position..<text.count)
    }
}

/// Where the lines of a text begin. CR, LF and CR LF end one.
private struct LineEnds {
    private let text: UnsafeRawBufferPointer
    private var position = 0
    /// The next CR from `position` on; most texts have none.
    private var nextReturn: Int

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
        nextReturn = text.first(.carriageReturn, from: 0) ?? text.count
    }

    /// Where the next line begins: at the end of the text, if that ends with its line; `nil` if there is none.
    mutating func lineStart() -> Int? {
        if nextReturn < position { nextReturn = text.first(.carriageReturn, from: position) ?? text.count }
        let lineFeed = text.first(.lineFeed, from: position) ?? .max
        let end = min(lineFeed, nextReturn)
        guard end < text.count else { return nil }
        position = end + 1
        if text[end] == .carriageReturn, position == lineFeed { position += 1 }
        return position
    }
}

/// The units of a text that are hashed: no spaces and tabs, LF for CR and CR LF, behind the end 65535 and then zeros.
private struct HashedUnits {
    private var bytes: UnsafeRawBufferPointer.SubSequence.Iterator
    private var decoder = UTF8()
    /// The second half of a character that takes two units.
    private var second: UInt16?
    private var previousWasReturn = false
    private var isAtEnd = false

    init(_ bytes: UnsafeRawBufferPointer.SubSequence) { self.bytes = bytes.makeIterator() }

    mutating func next() -> UInt16 {
        while let unit = nextUnit() {
            let isSecondOfPair = previousWasReturn && unit == UInt16(UInt8.lineFeed)
            previousWasReturn = unit == UInt16(UInt8.carriageReturn)
            if previousWasReturn { return UInt16(UInt8.lineFeed) }
            if unit == UInt16(UInt8.space) || unit == UInt16(UInt8.tab) || isSecondOfPair { continue }
            return unit
        }
        defer { isAtEnd = true }
        return isAtEnd ? 0 : 65535
    }

    /// `nil` at the end.
    private mutating func nextUnit() -> UInt16? {
        if let second {
            self.second = nil
            return second
        }
        if isAtEnd { return nil }
        switch decoder.decode(&bytes) {
        case .emptyInput: return nil
        case .error: return 0xfffd
        case .scalarValue(let scalar):
            let units = scalar.utf16
            if units.count > 1 { second = units[1] }
            return units[0]
        }
    }
}

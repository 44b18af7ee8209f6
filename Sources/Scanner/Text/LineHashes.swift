import Bytes

/// GitHub's `primaryLocationLineHash`, by which code scanning follows an alert from commit to commit.
///
/// A rolling hash over the 100 UTF-16 units from a line's first visible character: spaces and tabs are skipped, CR and
/// CR LF read as LF, the file's end as 65535 and then zeros. `h = 37·h + c − 37^100·c_out`, wrapping. The hash is followed
/// by the number of lines so far that had the same one.
struct LineHashes {
    private static let space = UInt16(UInt8.space)
    private static let tab = UInt16(UInt8.tab)
    private static let lineFeed = UInt16(UInt8.lineFeed)
    private static let carriageReturn = UInt16(UInt8.carriageReturn)

    private static let blockSize = 100
    private static let modulus: UInt64 = 37
    private static let firstModulus: UInt64 = (0..<100).reduce(1) { power, _ in power &* 37 }

    private var window = [UInt64](repeating: 0, count: blockSize)
    private var lineOfWindowStart = [Int](repeating: -1, count: blockSize)
    private var index = 0
    private var hash: UInt64 = 0
    private var line = 0
    private var isLineStart = true
    private var previousWasReturn = false
    private var counts: [UInt64: Int] = [:]
    private let wanted: Set<Int>
    private var result: [Int: String] = [:]

    /// Hashes of the wanted lines (1-based) of a text.
    ///
    /// - Parameter hidden: What one sign stands for, line ends apart: a weak secret could be found by trying it on the hash
    ///   of its line. In any order, may overlap.
    static func compute(
        _ text: UnsafeRawBufferPointer, lines: Set<Int>, hiding hidden: [Range<Int>] = []
    ) -> [Int: String] {
        var hashes = LineHashes(wanted: lines)
        var position = 0
        for range in hidden.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > position {
            if range.lowerBound > position || position == 0 {
                hashes.process(text.slice(position..<max(position, range.lowerBound)))
                hashes.process(Self.sign)
            }
            for byte in text.slice(max(position, range.lowerBound)..<range.upperBound)
            where byte == .lineFeed || byte == .carriageReturn {
                hashes.process(UInt16(byte))
            }
            position = range.upperBound
        }
        hashes.process(text.slice(position..<text.count))
        hashes.finish()
        return hashes.result
    }

    /// `…`
    private static let sign: UInt16 = 0x2026

    private mutating func process(_ text: UnsafeRawBufferPointer) {
        for unit in String(decoding: text, as: UTF8.self).utf16 { process(unit) }
    }

    private init(wanted: Set<Int>) { self.wanted = wanted }

    private mutating func process(_ character: UInt16) {
        var unit = character
        if unit == Self.space || unit == Self.tab || (previousWasReturn && unit == Self.lineFeed) {
            previousWasReturn = false
            return
        }
        previousWasReturn = unit == Self.carriageReturn
        if previousWasReturn { unit = Self.lineFeed }
        if lineOfWindowStart[index] != -1 { output() }
        if isLineStart {
            isLineStart = false
            line += 1
            lineOfWindowStart[index] = line
        }
        if unit == Self.lineFeed { isLineStart = true }
        update(UInt64(unit))
    }

    private mutating func finish() {
        process(65535)
        for _ in 0..<Self.blockSize {
            if lineOfWindowStart[index] != -1 { output() }
            update(0)
        }
    }

    private mutating func update(_ unit: UInt64) {
        let oldest = window[index]
        window[index] = unit
        hash = Self.modulus &* hash &+ unit &- Self.firstModulus &* oldest
        index = (index + 1) % Self.blockSize
    }

    private mutating func output() {
        let count = counts[hash, default: 0] + 1
        counts[hash] = count
        let line = lineOfWindowStart[index]
        if wanted.contains(line) { result[line] = "\(String(hash, radix: 16)):\(count)" }
        lineOfWindowStart[index] = -1
    }
}

import Bytes

/// Which objects a pack has, sorted by id: from the pack's own index, or from one for many packs.
struct ObjectTable: Sendable {
    static let idSize = 20

    let file: MappedFile
    /// How many objects.
    let count: Int
    /// Where the ids start in the file.
    private let ids: Int
    /// Where the ranges of the ids by their first byte start in the file: 256 numbers.
    private let fanout: Int
    private let offsets: OffsetTable
    /// Where the checksums start in the file; an index for many packs has none.
    private let checksums: Int?
    /// Which rows are of this pack, in an index for many packs; `nil`: all.
    private let rows: [UInt32]?

    /// Where an index has the objects' places in the pack.
    struct OffsetTable {
        /// Where the numbers of 4 bytes start, and how far apart they are.
        let start: Int
        let stride: Int
        /// Where the numbers of 8 bytes are to which large ones point.
        let large: Range<Int>
    }

    init(
        file: MappedFile, count: Int, fanout: Int, ids: Int, offsets: OffsetTable, checksums: Int?,
        rows: [UInt32]? = nil
    ) {
        self.file = file
        self.count = rows?.count ?? count
        self.fanout = fanout
        self.ids = ids
        self.offsets = offsets
        self.checksums = checksums
        self.rows = rows
    }

    /// Whether 256 numbers are ranges of a table of so many rows.
    static func isFanout(_ bytes: UnsafeRawBufferPointer, at offset: Int, count: Int) -> Bool {
        var last: UInt32 = 0
        for first in 0..<256 {
            let end = bytes.bigEndian(offset + 4 * first, as: UInt32.self)
            if end < last { return false }
            last = end
        }
        return Int(last) == count
    }

    private func row(_ index: Int) -> Int { rows.map { Int($0[index]) } ?? index }

    /// The 20 bytes of an id, in the mapped file.
    func id(_ index: Int) -> UnsafeRawBufferPointer {
        let start = ids + Self.idSize * row(index)
        return UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + Self.idSize])
    }

    /// Where an object starts in the pack; the largest number if the index does not say.
    func offset(_ index: Int) -> UInt64 {
        let short = file.bytes.bigEndian(offsets.start + offsets.stride * row(index), as: UInt32.self)
        guard short >> 31 == 1, !offsets.large.isEmpty || checksums != nil else { return UInt64(short) }
        let place = offsets.large.lowerBound + 8 * Int(short & 0x7fff_ffff)
        guard place + 8 <= offsets.large.upperBound else { return .max }
        return file.bytes.bigEndian(place, as: UInt64.self)
    }

    /// The CRC-32 of an object's bytes in the pack, where the index has it.
    func checksum(_ index: Int) -> UInt32? {
        checksums.map { file.bytes.bigEndian($0 + 4 * row(index), as: UInt32.self) }
    }

    /// Where ids begin with the same bits, for many to be looked up; `nil` if they are not in their order.
    func ranges() -> IDRanges? {
        IDRanges(count: count) { word($0) }
    }

    /// Finds an object by the 20 bytes of its id.
    ///
    /// - Parameter ranges: Those of this table, where they have been made.
    func index(of id: UnsafeRawBufferPointer, in ranges: IDRanges? = nil) -> Int? {
        guard id.count == Self.idSize else { return nil }
        return index(of: id, from: guess(id, in: ranges))
    }

    /// Where an id should stand if it is here.
    struct Guess {
        /// The rows that it can be among.
        fileprivate var low: Int
        fileprivate var high: Int
        /// Where it should be; any row if there is none.
        fileprivate var row: Int
        /// Whether the id of that row comes before it.
        fileprivate var isBefore: Bool
        /// By how many rows it may be missed.
        fileprivate var step: Int
    }

    /// Looks at where an id should stand, and takes no decision that depends on what is there: while memory brings that,
    /// other ids can be looked at.
    ///
    /// - Parameter id: 20 bytes.
    @inline(__always)
    func guess(_ id: UnsafeRawBufferPointer, in ranges: IDRanges?) -> Guess {
        let word = id.bigEndian(0, as: UInt64.self)
        var guess = Guess(low: 0, high: count, row: 0, isBefore: false, step: 16)
        var fraction = word
        if let ranges {
            let found = ranges.rows(word)
            (guess.low, guess.high, fraction) = (found.range.lowerBound, found.range.upperBound, found.fraction)
            guess.step = 1
        } else if rows == nil {
            let first = Int(word >> 56)
            guess.low = first == 0 ? 0 : Int(file.bytes.bigEndian(fanout + 4 * first - 4, as: UInt32.self))
            guess.high = Int(file.bytes.bigEndian(fanout + 4 * first, as: UInt32.self))
            fraction = word << 8
        }
        // Ids are digests, evenly spread: their first bytes tell where they stand, but for a few rows. Halving the whole
        // range would wait for memory at each of some fifteen steps.
        let size = UInt64(max(0, guess.high - guess.low))
        guess.row = min(guess.low + Int(size.multipliedFullWidth(by: fraction).high), count - 1)
        if count > 0 { guess.isBefore = self.word(guess.row) < word }
        return guess
    }

    /// Finds an object by the 20 bytes of its id, from where it should stand.
    @inline(__always)
    func index(of id: UnsafeRawBufferPointer, from guess: Guess) -> Int? {
        let word = id.bigEndian(0, as: UInt64.self)
        let (middle, low) = (id.bigEndian(8, as: UInt64.self), id.bigEndian(16, as: UInt32.self))
        var index = firstIndex(from: word, guess)
        while index < count {
            let place = ids + Self.idSize * row(index)
            guard file.bytes.bigEndian(place, as: UInt64.self) == word else { return nil }
            let isSame =
                file.bytes.bigEndian(place + 8, as: UInt64.self) == middle
                && file.bytes.bigEndian(place + 16, as: UInt32.self) == low
            if isSame { return index }
            index += 1
        }
        return nil
    }

    /// The first 8 bytes of an id, as a number.
    @inline(__always)
    private func word(_ index: Int) -> UInt64 {
        file.bytes.bigEndian(ids + Self.idSize * row(index), as: UInt64.self)
    }

    /// The first row whose id does not come before one that starts with these 8 bytes.
    @inline(__always)
    private func firstIndex(from word: UInt64, _ guess: Guess) -> Int {
        var (low, high, step) = (guess.low, guess.high, guess.step)
        guard low < high else { return high }
        if guess.isBefore {
            low = guess.row + 1
            while low + step < high, self.word(low + step) < word {
                low += step + 1
                step *= 2
            }
            high = min(high, low + step)
        } else {
            high = guess.row
            while high - step > low, self.word(high - step) >= word {
                high -= step
                step *= 2
            }
            low = max(low, high - step)
        }
        while low < high {
            let middle = (low + high) / 2
            if self.word(middle) < word { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

import Bytes
import CLibdeflate

@testable import PackFile

/// A pack and its index, written byte by byte: what git would not write can be tried.
struct HandmadePack {
    private var entries: [UInt8] = []
    private(set) var rows: [(id: [UInt8], offset: Int, checksum: UInt32)] = []
    var version: UInt32 = 2

    // MARK: Entries

    /// Adds an object that is stored whole.
    ///
    /// - Parameter size: What the header says, where it lies.
    /// - Returns: Its number.
    @discardableResult
    mutating func add(_ content: [UInt8], kind: PackedKind = .blob, size: Int? = nil, level: Int = 6) -> Int {
        let id = Self.id(kind, content)
        return addRaw(
            Self.header(Int(kind.rawValue), size ?? content.count) + Self.deflate(content, level: level), id: id)
    }

    /// Adds a difference to an entry, whose content is known for its id.
    @discardableResult
    mutating func addDelta(to base: Int, _ delta: [UInt8], content: [UInt8] = [], level: Int = 6) -> Int {
        addDelta(distance: 12 + entries.count - rows[base].offset, delta, content: content, level: level)
    }

    @discardableResult
    mutating func addDelta(distance: Int, _ delta: [UInt8], content: [UInt8] = [], level: Int = 6) -> Int {
        addRaw(
            Self.header(6, delta.count) + Self.distance(distance) + Self.deflate(delta, level: level),
            id: Self.id(.blob, content))
    }

    @discardableResult
    mutating func addDelta(toID base: [UInt8], _ delta: [UInt8], content: [UInt8] = []) -> Int {
        addRaw(Self.header(7, delta.count) + base + Self.deflate(delta), id: Self.id(.blob, content))
    }

    /// Adds any bytes as an entry.
    @discardableResult
    mutating func addRaw(_ bytes: [UInt8], id: [UInt8]) -> Int {
        let checksum = bytes.withUnsafeBytes { Inflater.checksum($0) }
        rows.append((id, 12 + entries.count, checksum))
        entries += bytes
        return rows.count - 1
    }

    mutating func setOffset(of entry: Int, to offset: Int) { rows[entry].offset = offset }
    mutating func setID(of entry: Int, to id: [UInt8]) { rows[entry].id = id }
    mutating func setChecksum(of entry: Int, to checksum: UInt32) { rows[entry].checksum = checksum }

    // MARK: Files

    var pack: [UInt8] {
        let content = Array("PACK".utf8) + Self.bigEndian(version) + Self.bigEndian(UInt32(rows.count)) + entries
        return content + content.withUnsafeBytes { SHA1.digest($0) }
    }

    /// - Parameter trailer: The pack's checksum, if not that of `pack`.
    func index(of trailer: [UInt8]? = nil) -> [UInt8] {
        let sorted = rows.sorted { $0.id.lexicographicallyPrecedes($1.id) }
        var index: [UInt8] = [0xff, 0x74, 0x4f, 0x63] + Self.bigEndian(2)
        var counts = [UInt32](repeating: 0, count: 256)
        for row in sorted { counts[Int(row.id[0])] += 1 }
        var sum: UInt32 = 0
        for count in counts {
            sum += count
            index += Self.bigEndian(sum)
        }
        for row in sorted { index += row.id }
        for row in sorted { index += Self.bigEndian(row.checksum) }
        for row in sorted { index += Self.bigEndian(UInt32(row.offset)) }
        index += trailer ?? Array(pack.suffix(20))
        return index + index.withUnsafeBytes { SHA1.digest($0) }
    }

    func open() throws -> PackFile { try PackFile.open(pack: pack, index: index()) }

    // MARK: The format

    static func id(_ kind: PackedKind, _ content: [UInt8]) -> [UInt8] {
        (Array("\(kind.name) \(content.count)\0".utf8) + content).withUnsafeBytes { SHA1.digest($0) }
    }

    static func header(_ type: Int, _ size: Int) -> [UInt8] {
        var rest = size >> 4
        var bytes = [UInt8(type << 4 | size & 15 | (rest > 0 ? 0x80 : 0))]
        while rest > 0 {
            bytes.append(UInt8(rest & 0x7f | (rest > 0x7f ? 0x80 : 0)))
            rest >>= 7
        }
        return bytes
    }

    private static func distance(_ distance: Int) -> [UInt8] {
        var rest = distance
        var bytes = [UInt8(rest & 0x7f)]
        while rest >> 7 > 0 {
            rest = rest >> 7 - 1
            bytes.insert(UInt8(0x80 | rest & 0x7f), at: 0)
        }
        return bytes
    }

    static func deflate(_ content: [UInt8], level: Int = 6) -> [UInt8] {
        let compressor = libdeflate_alloc_compressor(CInt(level))!
        defer { libdeflate_free_compressor(compressor) }
        var output = [UInt8](repeating: 0, count: libdeflate_zlib_compress_bound(compressor, content.count))
        let count = libdeflate_zlib_compress(compressor, content, content.count, &output, output.count)
        return Array(output[..<count])
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }
}

/// The bytes of a delta.
enum DeltaBytes {
    static func header(_ baseSize: Int, _ size: Int) -> [UInt8] { variable(baseSize) + variable(size) }

    private static func variable(_ number: Int) -> [UInt8] {
        var rest = number
        var bytes: [UInt8] = []
        while rest > 0x7f {
            bytes.append(UInt8(0x80 | rest & 0x7f))
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    static func insert(_ bytes: [UInt8]) -> [UInt8] { [UInt8(bytes.count)] + bytes }

    /// Up to 2³² bytes in, up to 2²⁴ − 1 bytes.
    static func copy(from start: Int, count: Int) -> [UInt8] {
        [0xff] + (0..<4).map { UInt8(truncatingIfNeeded: start >> (8 * $0)) }
            + (0..<3).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    }

    /// Copies all, and puts something behind it.
    static func appending(_ bytes: [UInt8], toBaseOf size: Int) -> [UInt8] {
        var copies: [UInt8] = []
        for start in stride(from: 0, to: size, by: 0xffffff) {
            copies += copy(from: start, count: min(0xffffff, size - start))
        }
        return header(size, size + bytes.count) + copies + insert(bytes)
    }
}

extension PackFile {
    static func open(pack: [UInt8], index: [UInt8]) throws -> PackFile {
        try pack.withUnsafeBytes { pack in
            try index.withUnsafeBytes { index in try PackFile(name: "made", pack: pack, index: index) }
        }
    }
}

extension PackPlan {
    /// What a walk over all objects of a kind saw: contents and errors, by place in the pack.
    func seen(
        _ kind: PackedKind = .blob, limits: PackLimits = PackLimits(), verifies: Bool = false
    ) -> (contents: [Int: [UInt8]], errors: [Int: PackError]) {
        let walker = PackWalker(self, limits: limits, verifies: verifies)
        var contents: [Int: [UInt8]] = [:]
        var errors: [Int: PackError] = [:]
        for unit in workUnits(of: kind) {
            walker.walk(unit) { step, _ -> Void? in
                switch step {
                case .object(let object): contents[object.entry.position] = Array(object.content)
                case .beginning: break
                case .failure(let entry, let error): errors[entry.position] = error
                }
                return nil
            }
        }
        return (contents, errors)
    }
}

import Bytes
import CLibdeflate

/// Makes a pack and its index from a script: entries with contents, or with instructions and a base, each with or
/// without a lie.
struct PackScript {
    private(set) var pack: [UInt8] = []
    private(set) var index: [UInt8] = []
    private var offsets: [Int] = []
    private static let largestCount = 64

    init(_ input: inout FuzzInput) {
        let count = input.byte() % Self.largestCount + 1
        pack = Array("PACK".utf8) + Self.bigEndian(2) + Self.bigEndian(UInt32(count))
        for entry in 0..<count { add(entry, &input) }
        let trailer = [UInt8](repeating: 7, count: 20)
        pack += trailer
        makeIndex(trailer)
    }

    private mutating func add(_ entry: Int, _ input: inout FuzzInput) {
        let choice = input.byte()
        let lie = input.byte()
        offsets.append(pack.count + (lie == 1 ? 1 : 0))
        var content: [UInt8] = []
        switch choice & 7 {
        case 0, 1:
            let run = Array(input.bytes(input.byte()))
            for _ in 0...(choice & 8 == 0 ? 0 : input.byte()) { content += run }
            addHeader(
                type: choice & 16 == 0 ? 3 : choice >> 5 & 7, size: content.count + (lie == 2 ? input.number() : 0))
        case 2:
            content = Self.delta(&input)
            addHeader(type: 7, size: content.count + (lie == 2 ? 1 : 0))
            pack += Self.id(lie == 3 ? 200 : input.byte() % Self.largestCount)
        default:
            content = Self.delta(&input)
            addHeader(type: 6, size: content.count + (lie == 2 ? 1 : 0))
            let base = entry == 0 ? 0 : input.byte() % entry
            addDistance(
                pack.count - (lie == 3 ? 0 : offsets[base]) - (content.isEmpty ? 0 : Self.headerSize(content.count)))
        }
        pack += Self.deflate(content, level: [0, 1, 6, 12][choice >> 5 & 3])
        if lie == 4 { pack[pack.count - 1] ^= 1 }
    }

    /// The sizes are the script's; so the header of the delta can lie, too.
    private static func delta(_ input: inout FuzzInput) -> [UInt8] {
        var delta: [UInt8] = []
        addVariable(input.number() & 0xfffff, to: &delta)
        addVariable(input.number() & 0xfffff, to: &delta)
        return delta + Array(input.bytes(input.byte()))
    }

    // MARK: The format

    private mutating func addHeader(type: Int, size: Int) {
        var rest = size >> 4
        pack.append(UInt8(type << 4 | size & 15 | (rest > 0 ? 0x80 : 0)))
        while rest > 0 {
            pack.append(UInt8(rest & 0x7f | (rest > 0x7f ? 0x80 : 0)))
            rest >>= 7
        }
    }

    private static func headerSize(_ size: Int) -> Int {
        var rest = size >> 4
        var count = 1
        while rest > 0 { (rest, count) = (rest >> 7, count + 1) }
        return count
    }

    private mutating func addDistance(_ distance: Int) {
        var rest = max(0, distance)
        var bytes = [UInt8(rest & 0x7f)]
        while rest >> 7 > 0 {
            rest = rest >> 7 - 1
            bytes.insert(UInt8(0x80 | rest & 0x7f), at: 0)
        }
        pack += bytes
    }

    private static func addVariable(_ number: Int, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7f {
            bytes.append(UInt8(0x80 | rest & 0x7f))
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func id(_ entry: Int) -> [UInt8] { [UInt8(entry)] + [UInt8](repeating: UInt8(entry), count: 19) }

    private static func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    private mutating func makeIndex(_ trailer: [UInt8]) {
        index = [0xff, 0x74, 0x4f, 0x63] + Self.bigEndian(2)
        for first in 0..<256 { index += Self.bigEndian(UInt32(min(first + 1, offsets.count))) }
        for entry in offsets.indices { index += Self.id(entry) }
        for _ in offsets { index += Self.bigEndian(0) }
        for offset in offsets { index += Self.bigEndian(UInt32(offset)) }
        index += trailer + [UInt8](repeating: 0, count: 20)
    }

    nonisolated(unsafe) private static var compressors: [Int: OpaquePointer] = [:]

    private static func deflate(_ content: [UInt8], level: Int) -> [UInt8] {
        // They take longer to make than an input to try; there is one thread.
        let compressor = compressors[level] ?? libdeflate_alloc_compressor(CInt(level))!
        compressors[level] = compressor
        var output = [UInt8](repeating: 0, count: libdeflate_zlib_compress_bound(compressor, content.count))
        let count = libdeflate_zlib_compress(compressor, content, content.count, &output, output.count)
        return Array(output[..<count])
    }
}

internal import Bytes

/// The tags of a TIFF file that are words.
struct TIFFText {
    private let bytes: UnsafeRawBufferPointer
    private let isLittleEndian: Bool
    private var result: [UInt8] = []
    private var seen: Set<Int> = []

    private static let maximumTags = 10_000
    private static let maximumWords = 1 << 20
    /// Of tags that lead to others: EXIF, GPS, how it works with others, pictures in the picture.
    private static let folders: Set<UInt16> = [0x8769, 0x8825, 0xa005, 0x014a]

    static func isTIFF(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: [0x49, 0x49, 0x2a, 0]) || bytes.starts(with: [0x4d, 0x4d, 0, 0x2a])
    }

    static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        var reader = TIFFText(bytes: image, isLittleEndian: image[0] == 0x49)
        reader.read()
        return reader.result
    }

    private init(bytes: UnsafeRawBufferPointer, isLittleEndian: Bool) {
        self.bytes = bytes
        self.isLittleEndian = isLittleEndian
    }

    private func number<Number: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, _ type: Number.Type) -> Number? {
        guard offset >= 0, offset + MemoryLayout<Number>.size <= bytes.count else { return nil }
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: type)
        return isLittleEndian ? Number(littleEndian: value) : Number(bigEndian: value)
    }

    private mutating func read() {
        var waiting = [Int(number(4, UInt32.self) ?? 0)]
        var tagCount = 0
        while let folder = waiting.popLast() {
            guard folder > 0, seen.insert(folder).inserted, let count = number(folder, UInt16.self) else { continue }
            for index in 0..<Int(count) where tagCount < Self.maximumTags && result.count < ImageText.maximumText {
                tagCount += 1
                let tag = folder + 2 + 12 * index
                guard let kind = number(tag, UInt16.self), let type = number(tag + 2, UInt16.self),
                    let size = number(tag + 4, UInt32.self), let value = number(tag + 8, UInt32.self)
                else { break }
                if Self.folders.contains(kind), type == 4 || type == 13 {
                    waiting.append(Int(value))
                } else if [1, 2, 7].contains(type), size <= Self.maximumWords {
                    add(Int(size), at: size <= 4 ? tag + 8 : Int(value))
                }
            }
            if let next = number(folder + 2 + 12 * Int(count), UInt32.self) { waiting.append(Int(next)) }
        }
    }

    private mutating func add(_ count: Int, at start: Int) {
        guard count > 0, start + count <= bytes.count else { return }
        var block = bytes.slice(start..<(start + count))[...]
        while block.last == 0 { block = block.dropLast() }
        result += ImageText.words(in: UnsafeRawBufferPointer(rebasing: block))
    }
}

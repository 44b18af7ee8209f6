internal import Bytes

enum PNGText {
    static let mark: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

    /// The chunks of text, each `keyword: text`, and EXIF.
    static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var offset = mark.count
        while offset + 12 <= image.count, result.count < ImageText.maximumText {
            let size = Int(image.bigEndian(offset, as: UInt32.self))
            let kind = String(decoding: image.slice((offset + 4)..<(offset + 8)), as: UTF8.self)
            let end = min(offset + 8 + size, image.count)
            let chunk = image.slice((offset + 8)..<end)
            switch kind {
            case "tEXt": result += line(chunk, skipping: 0, isCompressed: false)
            case "zTXt": result += line(chunk, skipping: 1, isCompressed: true)
            case "iTXt": result += international(chunk)
            case "eXIf": result += ImageText.words(in: chunk)
            default: break
            }
            offset = end + 4
        }
        return result
    }

    /// - Parameter count: How many bytes stand between the keyword and the text.
    private static func line(_ chunk: UnsafeRawBufferPointer, skipping count: Int, isCompressed: Bool) -> [UInt8] {
        guard let end = chunk.first(0, from: 0), end + 1 + count <= chunk.count else { return [] }
        let text = chunk.slice((end + 1 + count)..<chunk.count)
        return written(
            chunk.slice(0..<end), isCompressed ? Inflation.content(of: text, limit: ImageText.maximumText) : Array(text)
        )
    }

    /// A keyword, whether it is compressed and how, a language, the keyword in it, and the text.
    private static func international(_ chunk: UnsafeRawBufferPointer) -> [UInt8] {
        guard let end = chunk.first(0, from: 0), let language = chunk.first(0, from: end + 3),
            let translated = chunk.first(0, from: language + 1)
        else { return [] }
        let text = chunk.slice((translated + 1)..<chunk.count)
        let isCompressed = chunk[end + 1] == 1
        return written(
            chunk.slice(0..<end), isCompressed ? Inflation.content(of: text, limit: ImageText.maximumText) : Array(text)
        )
    }

    private static func written(_ keyword: UnsafeRawBufferPointer, _ text: [UInt8]) -> [UInt8] {
        Array(keyword) + [.colon, .space] + text + [.lineFeed]
    }
}

internal import Bytes

/// What pictures say in words: comments, EXIF, XMP, IPTC. Nothing of the picture itself is looked at.
package enum ImageText {
    /// Of one picture, in bytes: words do not take more.
    static let maximumText = 16 << 20

    /// By how it begins.
    package static func isImage(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 16 else { return false }
        switch bytes[0] {
        case 0x89: return bytes.starts(with: PNGText.mark)
        case 0xff: return bytes[1] == 0xd8 && bytes[2] == 0xff
        case UInt8(ascii: "G"): return bytes.starts(with: Array("GIF8".utf8))
        case UInt8(ascii: "R"):
            return bytes.starts(with: Array("RIFF".utf8)) && bytes.slice(8..<12).elementsEqual("WEBP".utf8)
        case UInt8(ascii: "I"), UInt8(ascii: "M"): return TIFFText.isTIFF(bytes)
        default: return false
        }
    }

    /// The words, in UTF-8; empty: there are none.
    package static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        guard isImage(image) else { return [] }
        switch image[0] {
        case 0x89: return PNGText.text(of: image)
        case 0xff: return JPEGText.text(of: image)
        case UInt8(ascii: "G"): return GIFText.text(of: image)
        case UInt8(ascii: "R"): return WebPText.text(of: image)
        default: return TIFFText.text(of: image)
        }
    }

    /// What can be read in a block of words and numbers.
    static func words(in block: UnsafeRawBufferPointer) -> [UInt8] {
        // XMP, and comments, are texts with lines.
        if PrintableText.isText(block) { return Array(block) + [.lineFeed] }
        return PrintableText.runs(of: block) + PrintableText.wideRuns(of: block)
    }
}

enum JPEGText {
    /// All segments in front of the picture that are an application's or a comment.
    static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 2
        while offset + 4 <= image.count, image[offset] == 0xff, result.count < ImageText.maximumText {
            let kind = image[offset + 1]
            // Filling, and marks without a length.
            if kind == 0xff || kind == 0x01 || (0xd0...0xd8).contains(kind) {
                offset += kind == 0xff ? 1 : 2
                continue
            }
            // The picture begins.
            if kind == 0xda || kind == 0xd9 { break }
            let size = Int(image.bigEndian(offset + 2, as: UInt16.self))
            let end = min(offset + 2 + size, image.count)
            guard size >= 2, offset + 4 <= end else { break }
            let block = image.slice((offset + 4)..<end)
            // Colours are described in words, too, which are always the same.
            let isProfile = kind == 0xe2 && block.starts(with: Array("ICC_PROFILE".utf8))
            if (0xe0...0xef).contains(kind) && !isProfile || kind == 0xfe { result += ImageText.words(in: block) }
            offset = end
        }
        return result
    }
}

enum GIFText {
    /// Comments and texts of applications: blocks behind `!`.
    static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        guard image.count > 13 else { return result }
        func tableSize(_ flags: UInt8) -> Int { flags & 0x80 == 0 ? 0 : 3 << (Int(flags & 7) + 1) }
        var offset = 13 + tableSize(image[10])
        while offset + 1 < image.count, result.count < ImageText.maximumText {
            if image[offset] == UInt8(ascii: "!") {
                let isText = image[offset + 1] == 0xfe || image[offset + 1] == 0xff
                var block: [UInt8] = []
                offset = pieces(of: image, from: offset + 2) { if isText { block += $0 } }
                if isText { result += block.withUnsafeBytes { ImageText.words(in: $0) } }
            } else if image[offset] == .comma, offset + 10 < image.count {
                offset = pieces(of: image, from: offset + 11 + tableSize(image[offset + 9])) { _ in }
            } else {
                break
            }
        }
        return result
    }

    /// - Returns: Where what follows begins.
    private static func pieces(
        of image: UnsafeRawBufferPointer, from start: Int, _ note: (UnsafeRawBufferPointer) -> Void
    ) -> Int {
        var offset = start
        while offset < image.count, image[offset] != 0 {
            let end = min(offset + 1 + Int(image[offset]), image.count)
            note(image.slice((offset + 1)..<end))
            offset = end
        }
        return offset + 1
    }
}

enum WebPText {
    static func text(of image: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var offset = 12
        while offset + 8 <= image.count, result.count < ImageText.maximumText {
            let size = Int(UInt32(littleEndian: image.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)))
            let end = min(offset + 8 + size, image.count)
            let kind = image.slice(offset..<(offset + 4))
            if kind.elementsEqual("EXIF".utf8) || kind.elementsEqual("XMP ".utf8) {
                result += ImageText.words(in: image.slice((offset + 8)..<end))
            }
            offset = end + size % 2
        }
        return result
    }
}

import Bytes

/// How a blob's bytes are to be read as text.
enum TextEncoding: Equatable {
    /// UTF-8 or anything that ASCII is a part of; `skipping` bytes of mark.
    case utf8(skipping: Int)
    case utf16(bigEndian: Bool, skipping: Int)
    /// Text may be in it.
    case gzip
    case binary

    /// Judges by the mark or, without one, by the first 8 KiB.
    init(_ bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            self = .utf8(skipping: 3)
        } else if bytes.starts(with: [0xff, 0xfe]), !bytes.starts(with: [0xff, 0xfe, 0, 0]) {
            self = .utf16(bigEndian: false, skipping: 2)
        } else if bytes.starts(with: [0xfe, 0xff]) {
            self = .utf16(bigEndian: true, skipping: 2)
        } else if GzipReader.begins(bytes) {
            self = .gzip
        } else {
            self = Self.withoutMark(bytes)
        }
    }

    private static func withoutMark(_ bytes: UnsafeRawBufferPointer) -> TextEncoding {
        let sample = bytes.slice(0..<Swift.min(bytes.count, 8192))
        if sample.first(0, from: 0) == nil { return .utf8(skipping: 0) }
        var zeros = (even: 0, odd: 0)
        for index in sample.indices where sample[index] == 0 {
            if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        // ASCII text in UTF-16 is zero in every second byte; other scripts still have spaces and line ends there.
        let pairs = sample.count / 2
        if bytes.count % 2 == 0 {
            if zeros.even == 0, zeros.odd * 10 >= pairs * 4 { return .utf16(bigEndian: false, skipping: 0) }
            if zeros.odd == 0, zeros.even * 10 >= pairs * 4 { return .utf16(bigEndian: true, skipping: 0) }
        }
        return .binary
    }

    /// Rewrites UTF-16 as UTF-8. Unpaired surrogates become U+FFFD.
    static func utf8(
        fromUTF16 bytes: UnsafeRawBufferPointer, bigEndian: Bool, into result: inout [UInt8]
    ) {
        result.removeAll(keepingCapacity: true)
        result.reserveCapacity(bytes.count)
        let units = (0..<bytes.count / 2).lazy.map { index -> UInt16 in
            let (first, second) = (UInt16(bytes[2 * index]), UInt16(bytes[2 * index + 1]))
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        _ = transcode(units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false) {
            result.append($0)
        }
    }
}

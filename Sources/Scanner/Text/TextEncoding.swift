import Bytes

/// How a blob's bytes are to be read as text.
enum TextEncoding: Equatable {
    /// UTF-8 or anything that ASCII is a part of; `skipping` bytes of mark.
    case utf8(skipping: Int)
    case utf16(bigEndian: Bool, skipping: Int)
    case utf32(bigEndian: Bool, skipping: Int)
    /// Text may be in it.
    case gzip
    case binary

    /// Judges by the mark or, without one, by the first 8 KiB.
    init(_ bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            self = .utf8(skipping: 3)
        } else if bytes.starts(with: [0xff, 0xfe, 0, 0]) {
            self = .utf32(bigEndian: false, skipping: 4)
        } else if bytes.starts(with: [0, 0, 0xfe, 0xff]) {
            self = .utf32(bigEndian: true, skipping: 4)
        } else if bytes.starts(with: [0xff, 0xfe]) {
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
            // Neither order of UTF-16 has both. The classes of an archive are asked by the thousand.
            if zeros.even > 0, zeros.odd > 0 { break }
        }
        // ASCII text in UTF-16 is zero in every second byte; other scripts still have spaces and line ends there.
        let pairs = sample.count / 2
        if bytes.count % 2 == 0 {
            if zeros.even == 0, zeros.odd * 10 >= pairs * 4 { return .utf16(bigEndian: false, skipping: 0) }
            if zeros.odd == 0, zeros.even * 10 >= pairs * 4 { return .utf16(bigEndian: true, skipping: 0) }
        }
        return wide(sample) ?? .binary
    }

    /// UTF-32: in each four bytes that of the highest bits is zero, and the next to it all but zero; most are ASCII.
    private static func wide(_ sample: UnsafeRawBufferPointer) -> TextEncoding? {
        guard sample.count >= 8, sample.count % 4 == 0 else { return nil }
        for bigEndian in [false, true] {
            var ascii = 0
            var isValid = true
            for start in stride(from: 0, to: sample.count, by: 4) {
                let (first, second) = bigEndian ? (start, start + 1) : (start + 3, start + 2)
                let (third, last) = bigEndian ? (start + 2, start + 3) : (start + 1, start)
                guard sample[first] == 0, sample[second] <= 0x10 else {
                    isValid = false
                    break
                }
                if sample[second] == 0, sample[third] == 0, sample[last].isPlainText { ascii += 1 }
            }
            if isValid, ascii * 10 >= sample.count { return .utf32(bigEndian: bigEndian, skipping: 0) }
        }
        return nil
    }

    /// Rewrites UTF-32 as UTF-8. What is no character becomes U+FFFD.
    static func utf8(
        fromUTF32 bytes: UnsafeRawBufferPointer, bigEndian: Bool, into result: inout [UInt8]
    ) {
        result.removeAll(keepingCapacity: true)
        result.reserveCapacity(bytes.count / 4)
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            let unit = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
            let value = bigEndian ? UInt32(bigEndian: unit) : UInt32(littleEndian: unit)
            let scalar = Unicode.Scalar(value) ?? "\u{fffd}"
            if scalar.isASCII {
                result.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                result.append(contentsOf: scalar.utf8)
            }
        }
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

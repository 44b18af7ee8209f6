internal import Bytes

/// What can be read in bytes that are no text.
package enum PrintableText {
    /// Shorter runs are code that looks like text.
    private static let minimumRun = 6

    /// Whether all of it is text, in UTF-8.
    static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var isPlain = true
        for byte in bytes {
            if byte.isControl, !byte.isWhitespace { return false }
            if byte >= 0x80 { isPlain = false }
        }
        if isPlain { return true }
        return String(validating: bytes, as: UTF8.self) != nil
    }

    /// Runs of printable ASCII, each a line, in UTF-8.
    package static func runs(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var start = 0
        while start + minimumRun <= bytes.count {
            // Backwards: behind a byte that is none, a shorter run need not be looked at.
            var last = start + minimumRun - 1
            while last >= start, isPrintable(bytes[last]) { last -= 1 }
            if last >= start {
                start = last + 1
                continue
            }
            var end = start + minimumRun
            while end < bytes.count, isPrintable(bytes[end]) { end += 1 }
            result.append(contentsOf: bytes.slice(start..<end))
            result.append(.lineFeed)
            start = end + 1
        }
        return result
    }

    /// Runs of it that are written in two bytes a character, each a line, in UTF-8.
    package static func wideRuns(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        // The low byte is the first in nearly all that there is; in the other order a run is found one byte on.
        while let zero = bytes.first(0, from: index + 1) {
            let start = zero - 1
            var end = start
            while end + 1 < bytes.count, bytes[end + 1] == 0, isPrintable(bytes[end]) { end += 2 }
            if end - start >= 2 * minimumRun {
                result.append(contentsOf: stride(from: start, to: end, by: 2).lazy.map { bytes[$0] })
                result.append(.lineFeed)
            }
            // Where the run has ended another may begin at once.
            index = max(end, zero)
        }
        return result
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x5f || byte == .tab }
}

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
        for index in 0...bytes.count {
            if index < bytes.count, bytes[index] &- 0x20 < 0x5f || bytes[index] == .tab { continue }
            if index - start >= minimumRun {
                result.append(contentsOf: bytes.slice(start..<index))
                result.append(.lineFeed)
            }
            start = index + 1
        }
        return result
    }

    /// Runs of it that are written in two bytes a character, each a line, in UTF-8.
    package static func wideRuns(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var result: [UInt8] = []
        var run: [UInt8] = []
        var index = 0
        while index + 1 < bytes.count {
            // The low byte is the first in nearly all that there is; in the other order a run is found one byte on.
            if bytes[index + 1] == 0, bytes[index] &- 0x20 < 0x5f || bytes[index] == .tab {
                run.append(bytes[index])
                index += 2
                continue
            }
            if run.count >= minimumRun {
                result += run
                result.append(.lineFeed)
            }
            // Where the run has ended another may begin at once.
            index += run.isEmpty ? 1 : 0
            if !run.isEmpty { run.removeAll(keepingCapacity: true) }
        }
        if run.count >= minimumRun {
            result += run
            result.append(.lineFeed)
        }
        return result
    }
}

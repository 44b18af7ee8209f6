internal import Bytes

/// Long runs of characters that were drawn and not written: keys and tokens of any provider, digests, ids, whatever is
/// encoded in base64, in hex or in escapes.
///
/// It is asked of what is shown, not of what is found: a key that nobody looks for is none the less one.
package enum RandomRuns {
    /// Where they stand: in order, none overlaps another.
    ///
    /// - Parameter text: UTF-8, or anything that ASCII is a part of.
    package static func ranges(in text: UnsafeRawBufferPointer) -> [Range<Int>] { ranges(in: text, where: \.isRandom) }

    /// The text with what is random in it redacted.
    package static func masked(_ text: String) -> String { masked(text, where: \.isRandom) }

    /// The path with what is random in it redacted, unless it may be a digest: who looks for the file needs it.
    package static func masked(path: String) -> String { masked(path, where: \.isCertainlyRandom) }

    private static func masked(_ text: String, where isSecret: (TokenPart) -> Bool) -> String {
        guard text.utf8.count >= shortestText else { return text }
        let bytes = Array(text.utf8)
        let ranges = bytes.withUnsafeBytes { Self.ranges(in: $0, where: isSecret) }
        guard !ranges.isEmpty else { return text }
        var result: [UInt8] = []
        var position = 0
        for range in ranges {
            result += bytes[position..<range.lowerBound] + Array(Secret(bytes: Array(bytes[range])).redacted.utf8)
            position = range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    private static let shortestText = 16

    private static func ranges(in text: UnsafeRawBufferPointer, where isSecret: (TokenPart) -> Bool) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var parts: [TokenPart] = []
        var index = 0
        while index < text.count {
            guard let unit = TokenUnit(at: index, in: text) else {
                index += 1
                if !parts.isEmpty { result += secrets(of: &parts, isSecret) }
                continue
            }
            if parts.isEmpty || unit.kind == .separator {
                parts.append(TokenPart(at: unit.kind == .separator ? index + unit.length : index))
            }
            if unit.kind != .separator { parts[parts.count - 1].add(unit) }
            index += unit.length
        }
        return parts.isEmpty ? result : result + secrets(of: &parts, isSecret)
    }

    /// Parts that are random themselves, or with their neighbours: a slash may stand anywhere in base64.
    private static func secrets(of parts: inout [TokenPart], _ isSecret: (TokenPart) -> Bool) -> [Range<Int>] {
        defer { parts.removeAll(keepingCapacity: true) }
        var result: [Range<Int>] = []
        var group: TokenPart?
        /// Short parts behind it, which belong to it if it goes on: those at its ends are versions and file extensions.
        var pending: TokenPart?
        func close() {
            if let group, isSecret(group) { result.append(group.range) }
            (group, pending) = (nil, nil)
        }
        for part in parts where part.characters > 0 {
            if part.isOdd, part.characters < 4 {
                pending = group == nil ? nil : pending.map { $0 + part } ?? part
            } else if part.isOdd || isSecret(part) {
                let parts = [group, pending, part].compactMap { $0 }
                group = parts.dropFirst().reduce(parts[0], +)
                pending = nil
            } else {
                close()
            }
        }
        close()
        return result
    }
}

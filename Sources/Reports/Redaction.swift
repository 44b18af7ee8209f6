import Findings

/// Takes secrets out of texts that hold them by accident: a commit's summary, a file named after a key, a branch.
///
/// The scanner redacts the lines it quotes; it does not know, when it quotes one, what else will be found in the
/// message of the commit that brought it.
struct Redaction {
    /// Secrets shorter than this would be found in ordinary words.
    private static let minimumLength = 6
    /// A path that is changed no longer leads to the file, so only what cannot be a word is taken out of it.
    private static let minimumLengthInPaths = 16

    private struct Entry {
        let bytes: [UInt8]
        let replacement: [UInt8]
    }

    /// By their first six bytes, longest first.
    private var entries: [UInt64: [Entry]] = [:]
    /// A bit for each hash of such a start: most places of a text are settled without the dictionary.
    private var filter = [UInt64](repeating: 0, count: 64)

    init(secrets: some Sequence<Secret>) {
        for secret in secrets where !secret.isVisible {
            // Texts were repaired where they were not UTF-8, so the secret is looked for in its repaired form.
            let bytes = Array(secret.revealed.utf8)
            guard bytes.count >= Self.minimumLength else { continue }
            let start = bytes.prefix(Self.minimumLength).reduce(0) { $0 << 8 | UInt64($1) }
            entries[start, default: []].append(Entry(bytes: bytes, replacement: Array(secret.redacted.utf8)))
            let bit = Self.hash(start)
            filter[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        for start in entries.keys { entries[start]?.sort { $0.bytes.count > $1.bytes.count } }
    }

    /// The text without secrets.
    func text(_ text: String) -> String { redact(text, minimumLength: Self.minimumLength) }

    /// The path, or the name of a reference, without what can only be a secret, found or not.
    func path(_ path: String) -> String {
        RandomRuns.masked(path: redact(path, minimumLength: Self.minimumLengthInPaths))
    }

    private func redact(_ text: String, minimumLength: Int) -> String {
        guard !entries.isEmpty, text.utf8.count >= minimumLength else { return text }
        let bytes = Array(text.utf8)
        let matches = matches(in: bytes, minimumLength: minimumLength)
        guard !matches.isEmpty else { return text }
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result += bytes[position..<match.range.lowerBound]
            result += match.replacement
            position = match.range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    /// Disjoint, in order. Secrets that overlap become one range that shows nothing.
    private func matches(in bytes: [UInt8], minimumLength: Int) -> [(range: Range<Int>, replacement: [UInt8])] {
        var result: [(range: Range<Int>, replacement: [UInt8])] = []
        var start: UInt64 = 0
        for end in 1...bytes.count {
            start = (start << 8 | UInt64(bytes[end - 1])) & 0xffff_ffff_ffff
            guard end >= Self.minimumLength else { continue }
            let bit = Self.hash(start)
            guard filter[bit >> 6] & 1 << UInt64(bit & 63) != 0, let candidates = entries[start] else { continue }
            let position = end - Self.minimumLength
            let found = candidates.first {
                $0.bytes.count >= minimumLength && bytes[position...].starts(with: $0.bytes)
            }
            guard let found else { continue }
            let range = position..<(position + found.bytes.count)
            if let last = result.last, last.range.upperBound > range.lowerBound {
                // One inside the other: the outer's replacement stands.
                guard last.range.upperBound < range.upperBound else { continue }
                result[result.count - 1] = (last.range.lowerBound..<range.upperBound, Array("…".utf8))
            } else {
                result.append((range, found.replacement))
            }
        }
        return result
    }

    private static func hash(_ start: UInt64) -> Int { Int((start &* 0x9e37_79b9_7f4a_7c15) >> 52) }
}

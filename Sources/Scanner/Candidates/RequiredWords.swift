import Bytes
import Rules

/// The words of which every match of a rule holds one: where none stands the pattern need not be tried.
///
/// To look for a word takes a tenth of the time that a pattern takes. In lock files, which are full of digests, dozens of
/// rules for tokens are set off by names like `github` and would be tried at each digest.
struct RequiredWords {
    /// Lower case, one after the other. Empty where looking for words saves nothing.
    private let bytes: [UInt8]
    /// Where each of them is. An array of arrays would be retained and released at each look.
    private let words: [Range<Int>]
    private let maximumLength: Int

    init(_ rule: Rule, _ shape: PatternShape) {
        maximumLength = shape.maximumLength ?? .max
        // Where the places of the matches follow from a keyword's there are few.
        let isPlaced = shape.keywordPlace != nil && !rule.isSetOffByContext
        let isUsed = !isPlaced && maximumLength < Self.longestMatch
        var bytes: [UInt8] = []
        words = (isUsed ? shape.requiredWords : []).map { word in
            bytes += word.utf8
            return bytes.count - word.utf8.count..<bytes.count
        }
        self.bytes = bytes
    }

    /// In longer matches nothing is narrowed.
    private static let longestMatch = 1 << 16

    /// The parts of `windows`, which are in order and in which matches begin, in which matches with a word can begin.
    func restrict(_ windows: [Range<Int>], in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        if words.isEmpty { return windows }
        var result = WindowList()
        bytes.withUnsafeBufferPointer { bytes in
            for window in windows {
                let reached = window.lowerBound..<min(text.count, window.upperBound + maximumLength)
                if window.count > maximumLength {
                    insert(window, reaching: reached, bytes, in: text, into: &result)
                } else if words.contains(where: { text.firstCaseless(bytes[$0], in: reached) != nil }) {
                    result.insert(window)
                }
            }
        }
        return result.ranges
    }

    /// Inserts the parts of a window in which matches with a word can begin.
    ///
    /// - Parameters:
    ///   - reached: What matches that begin in the window can take.
    ///   - bytes: Of the words.
    private func insert(
        _ window: Range<Int>, reaching reached: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>,
        in text: UnsafeRawBufferPointer, into result: inout WindowList
    ) {
        var parts: [Range<Int>] = []
        for word in words {
            var start = reached.lowerBound
            while let place = text.firstCaseless(bytes[word], in: start..<reached.upperBound) {
                // The match holds the word: it begins no later, and no earlier than it is long.
                let lower = max(window.lowerBound, place + word.count - maximumLength)
                if lower > window.upperBound { break }
                parts.append(lower..<max(lower, min(window.upperBound, place)))
                start = place + 1
            }
        }
        if words.count > 1 { parts.sort { $0.lowerBound < $1.lowerBound } }
        for part in parts { result.insert(part) }
    }
}

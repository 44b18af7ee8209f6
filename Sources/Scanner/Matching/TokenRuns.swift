internal import CLiteralSearch
import Rules

/// Where in a text long runs of token characters stand, found when a rule first asks.
///
/// Most rules without a prefix of their own match a long token: where no run is long enough, their patterns need not be
/// tried, and source text has few. On a repository full of provider names this takes away most of PCRE2's work.
struct TokenRuns {
    private var runs: [windsock_run] = []
    private var isSearched = false
    /// Where runs were looked for, if not in the whole text.
    private var searched: [Range<Int>]?

    /// Shorter runs are in every line of code, and looking for them would cost more than it saves.
    private static let minimumLength = 16

    /// Forgets the last text.
    mutating func reset() {
        isSearched = false
        searched = nil
    }

    /// Whether knowing the runs can narrow the places of a pattern.
    static func narrows(_ shape: PatternShape) -> Bool {
        max(shape.alphanumericRun, shape.tokenRun) >= minimumLength
    }

    /// Whether a match of a pattern can stand where no longer runs are.
    static func isPossible(_ shape: PatternShape, with longest: Longest) -> Bool {
        (shape.alphanumericRun < minimumLength || shape.alphanumericRun <= longest.alphanumeric)
            && (shape.tokenRun < minimumLength || shape.tokenRun <= longest.token)
    }

    /// The parts of `windows` in which a match can begin.
    mutating func restrict(
        _ windows: [Range<Int>], to shape: PatternShape, in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        widen(to: windows, in: text)
        search(text)
        var result = WindowList()
        for window in windows {
            // A match begins before the end of a run that it holds, and no further before it than it is long.
            var index = runs.partitionPoint { $0.end <= window.lowerBound }
            while index < runs.count {
                let run = runs[index]
                index += 1
                let earliest = shape.maximumLength.map { max(0, Int(run.start) - $0) } ?? 0
                if earliest >= window.upperBound {
                    if shape.maximumLength != nil { break }
                }
                guard Self.isLongEnough(run, shape) else { continue }
                let start = max(window.lowerBound, earliest)
                let end = min(window.upperBound, Int(run.end))
                if start < end { result.insert(start..<end) }
            }
        }
        return result.ranges
    }

    private static func isLongEnough(_ run: windsock_run, _ shape: PatternShape) -> Bool {
        // The two lengths may be of different runs of a match, so that only one can be asked of each.
        shape.alphanumericRun >= minimumLength
            ? run.alphanumeric >= shape.alphanumericRun : Int(run.end) - Int(run.start) >= shape.tokenRun
    }

    private mutating func search(_ text: UnsafeRawBufferPointer) {
        guard !isSearched else { return }
        isSearched = true
        runs.removeAll(keepingCapacity: true)
        search(0..<text.count, of: text)
    }

    private mutating func search(_ range: Range<Int>, of text: UnsafeRawBufferPointer) {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var position = range.lowerBound
        withUnsafeTemporaryAllocation(of: windsock_run.self, capacity: 256) { buffer in
            while position < range.upperBound {
                let found = windsock_token_runs(
                    base, range.upperBound, Self.minimumLength, &position, buffer.baseAddress, buffer.count)
                runs.append(contentsOf: buffer[..<found])
            }
        }
    }

    /// Looks for runs in more of the text, where they were looked for in some lines only.
    private mutating func widen(to windows: [Range<Int>], in text: UnsafeRawBufferPointer) {
        guard let known = searched, !windows.allSatisfy({ window in known.contains { $0.contains(window) } }) else {
            return
        }
        var union = WindowList()
        for range in (known + windows).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let lower = max(0, range.lowerBound - Self.wideningMargin)
            let upper = min(text.count, range.upperBound + Self.wideningMargin)
            union.insert(text.lineStart(of: lower)..<text.lineEnd(of: upper))
        }
        _ = search(only: union.ranges, of: text)
    }

    /// Bytes past a window that a match which begins in it may reach.
    private static let wideningMargin = 512

    /// The longest runs of a stretch of text.
    struct Longest {
        var alphanumeric = 0
        var token = 0
    }

    /// Looks for runs in some lines of the text only.
    ///
    /// - Returns: For each range its longest runs; 0 for those that are too short to be known.
    mutating func search(only ranges: [Range<Int>], of text: UnsafeRawBufferPointer) -> [Longest] {
        reset()
        runs.removeAll(keepingCapacity: true)
        isSearched = true
        searched = ranges
        return ranges.map { range in
            let first = runs.count
            search(range, of: text)
            return runs[first...].reduce(into: Longest()) { longest, run in
                longest.alphanumeric = max(longest.alphanumeric, Int(run.alphanumeric))
                longest.token = max(longest.token, Int(run.end) - Int(run.start))
            }
        }
    }
}

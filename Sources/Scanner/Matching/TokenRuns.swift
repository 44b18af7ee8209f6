internal import CLiteralSearch
import Rules

/// Where in a text long runs of token characters stand, found when a rule first asks.
///
/// Most rules without a prefix of their own match a long token: where no run is long enough, their patterns need not be
/// tried, and source text has few. On a repository full of provider names this takes away most of PCRE2's work.
struct TokenRuns {
    private var runs: [windsock_run] = []
    private var isSearched = false

    /// Shorter runs are in every line of code, and looking for them would cost more than it saves.
    private static let minimumLength = 16

    /// Forgets the last text.
    mutating func reset() { isSearched = false }

    /// Whether knowing the runs can narrow the places of a pattern.
    static func narrows(_ shape: PatternShape) -> Bool {
        max(shape.alphanumericRun, shape.tokenRun) >= minimumLength
    }

    /// The parts of `windows` in which a match can begin.
    mutating func restrict(
        _ windows: [Range<Int>], to shape: PatternShape, in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
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
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var position = 0
        withUnsafeTemporaryAllocation(of: windsock_run.self, capacity: 256) { buffer in
            while position < text.count {
                let found = windsock_token_runs(
                    base, text.count, Self.minimumLength, &position, buffer.baseAddress, buffer.count)
                runs.append(contentsOf: buffer[..<found])
            }
        }
    }
}

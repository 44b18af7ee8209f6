internal import CLiteralSearch
import Rules

/// Where in a text long runs of token characters stand, found when somebody first asks.
///
/// Most rules without a prefix of their own match a long token: where no run is long enough, their patterns need not be
/// tried, and source text has few. On a repository full of provider names this takes away most of PCRE2's work. What is
/// encoded in base64 or hex stands in such runs, too.
struct TokenRuns {
    private enum Kind: Int, CaseIterable {
        case token
        /// The other two stand in runs of the first.
        case alphanumeric
        case base64

        var bytes: windsock_byte_kind {
            switch self {
            case .token: WINDSOCK_TOKEN_BYTES
            case .alphanumeric: WINDSOCK_ALPHANUMERIC_BYTES
            case .base64: WINDSOCK_BASE64_BYTES
            }
        }
    }

    private struct Runs {
        /// Each as long as it goes.
        var ranges: [Range<Int>] = []
        var isFound = false
    }

    /// By kind.
    private var runs = Kind.allCases.map { _ in Runs() }
    /// Where runs were looked for, if not in the whole text.
    private var searched: [Range<Int>]?

    /// Shorter runs are in every line of code, and knowing them would cost more than it saves.
    private static let minimumLength = 16
    /// Memory that more runs took is given back.
    private static let keptCapacity = 1 << 16

    /// Forgets the last text.
    mutating func reset() {
        searched = nil
        for kind in runs.indices {
            runs[kind].isFound = false
            if runs[kind].ranges.capacity > Self.keptCapacity { runs[kind].ranges = [] }
        }
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

    // MARK: Narrowing

    /// The parts of `windows`, which are in order, in which a match can begin.
    mutating func restrict(
        _ windows: [Range<Int>], to shape: PatternShape, in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        widen(to: windows, in: text)
        if let bounded = shape.boundedRun, bounded.length.lowerBound >= Self.minimumLength {
            let kind: Kind = bounded.bytes == .alphanumeric ? .alphanumeric : .base64
            return Self.starts(of: found(kind, in: text), as: bounded.length, in: windows)
        }
        // The two lengths may be of different runs of a match, so that only one can be asked for.
        let isAlphanumeric = shape.alphanumericRun >= Self.minimumLength
        let runs = found(isAlphanumeric ? .alphanumeric : .token, in: text)
        let length = isAlphanumeric ? shape.alphanumericRun : shape.tokenRun
        guard let maximumLength = shape.maximumLength else {
            // A match of any length may hold any run that ends behind its beginning: the last one counts.
            guard let end = runs.last(where: { $0.count >= length })?.upperBound else { return [] }
            return windows.filter { $0.lowerBound < end }.map { $0.lowerBound..<min($0.upperBound, end) }
        }
        return Self.parts(of: windows, near: runs, length: length, maximumLength: maximumLength)
    }

    /// Where matches can begin that hold a run of a length.
    private static func parts(
        of windows: [Range<Int>], near runs: [Range<Int>], length: Int, maximumLength: Int
    ) -> [Range<Int>] {
        var result = WindowList()
        var first = runs.startIndex
        for window in windows {
            // A match begins before the end of a run that it holds, and no further before it than it is long.
            first = runs[first...].partitionPoint { $0.upperBound <= window.lowerBound }
            var index = first
            while index < runs.count, runs[index].lowerBound - maximumLength < window.upperBound {
                let run = runs[index]
                index += 1
                guard run.count >= length else { continue }
                let start = max(window.lowerBound, run.lowerBound - maximumLength)
                let end = min(window.upperBound, run.upperBound)
                if start < end { result.insert(start..<end) }
                if end == window.upperBound { break }
            }
        }
        return result.ranges
    }

    /// Where matches can begin that are a run of such a length.
    private static func starts(
        of runs: [Range<Int>], as length: ClosedRange<Int>, in windows: [Range<Int>]
    ) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var index = runs.startIndex
        for window in windows {
            index = runs[index...].partitionPoint { $0.lowerBound < window.lowerBound }
            while index < runs.count, runs[index].lowerBound <= window.upperBound {
                let run = runs[index]
                if length.contains(run.count) { result.append(run.lowerBound..<run.lowerBound) }
                index += 1
            }
        }
        return result
    }

    // MARK: Finding

    /// All runs of token characters in the whole text.
    mutating func all(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        if searched != nil { reset() }
        return found(.token, in: text)
    }

    private mutating func found(_ kind: Kind, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        if !runs[kind.rawValue].isFound {
            let parts = kind == .token ? [0..<text.count] : found(.token, in: text)
            runs[kind.rawValue].ranges.removeAll(keepingCapacity: true)
            append(kind, in: parts, of: text)
        }
        return runs[kind.rawValue].ranges
    }

    private mutating func append(_ kind: Kind, in parts: some Sequence<Range<Int>>, of text: UnsafeRawBufferPointer) {
        runs[kind.rawValue].isFound = true
        for part in parts {
            ByteRuns.append(
                of: kind.bytes, minimum: Self.minimumLength, in: part, of: text, to: &runs[kind.rawValue].ranges)
        }
    }

    // MARK: Parts of a text

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
        searched = ranges
        for kind in runs.indices { runs[kind].ranges.removeAll(keepingCapacity: true) }
        return ranges.map { range in
            let (token, alphanumeric) = (Kind.token.rawValue, Kind.alphanumeric.rawValue)
            let (firstToken, firstAlphanumeric) = (runs[token].ranges.count, runs[alphanumeric].ranges.count)
            append(.token, in: CollectionOfOne(range), of: text)
            append(.alphanumeric, in: runs[token].ranges[firstToken...], of: text)
            return Longest(
                alphanumeric: Self.longest(runs[alphanumeric].ranges[firstAlphanumeric...]),
                token: Self.longest(runs[token].ranges[firstToken...]))
        }
    }

    private static func longest(_ runs: ArraySlice<Range<Int>>) -> Int {
        runs.reduce(0) { max($0, $1.count) }
    }
}

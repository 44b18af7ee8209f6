import Bytes
internal import CLiteralSearch
import Findings
import Rules

/// Where in a text long runs of the characters of tokens stand, found when somebody first asks.
///
/// Most rules without a prefix of their own match a long token: where no run is long enough, their patterns need not be
/// tried, and source text has few. On a repository full of provider names this takes away most of PCRE2's work. What is
/// encoded in base64 or hex stands in such runs, too.
struct TokenRuns {
    private enum Kind: Int, CaseIterable {
        case base64
        /// Stands in a run of the first kind.
        case alphanumeric
        /// Stands in one, too. Digests and the keys of many providers; of names none.
        case hex
        /// Asked for where nothing else is known of a pattern: in source text these are ten times as many, each qualified
        /// name and each address is one.
        case token

        var bytes: windsock_byte_kind {
            switch self {
            case .token: WINDSOCK_TOKEN_BYTES
            case .alphanumeric: WINDSOCK_ALPHANUMERIC_BYTES
            case .hex: WINDSOCK_HEX_BYTES
            case .base64: WINDSOCK_BASE64_BYTES
            }
        }
    }

    private struct Runs {
        /// Each as long as it goes; in order.
        var ranges: [Range<Int>] = []
        /// Shorter ones are not among them; `nil`: none were looked for.
        var minimum: Int?
        /// Those of at least as many bytes as `longLengths` says, once they were asked for.
        var long: [[Range<Int>]?] = TokenRuns.longLengths.map { _ in nil }

        mutating func forgetLong() {
            for index in long.indices { long[index] = nil }
        }
    }

    /// Keys of these lengths are the most frequent: to look at shorter runs for each rule takes longer than to leave them
    /// out once.
    private static let longLengths = [32, 40, 64]

    /// By kind.
    private var runs = Kind.allCases.map { _ in Runs() }
    /// Where runs are looked for, if not in the whole text: in order, not overlapping, and none ends in a run.
    private var searched: [Range<Int>]?

    /// Shorter runs are in every line of code, and knowing them would cost more than it saves.
    private static let shortest = 16
    /// Shorter runs are looked for only where a rule asks for them: paths and qualified names of 16 bytes are several
    /// times as frequent as those of 24, which is also the least that base64 is looked for in.
    private static let usual = EncodedRuns.minimumBase64
    /// Memory that more runs took is given back.
    private static let keptCapacity = 1 << 16

    /// Forgets the last text.
    mutating func reset() {
        searched = nil
        for kind in runs.indices {
            runs[kind].minimum = nil
            runs[kind].forgetLong()
            if runs[kind].ranges.capacity > Self.keptCapacity { runs[kind].ranges = [] }
        }
    }

    /// Whether knowing the runs can narrow the places of a pattern.
    static func narrows(_ shape: PatternShape) -> Bool {
        max(shape.alphanumericRun.length, shape.base64Run.length, shape.tokenRun.length) >= shortest
    }

    // MARK: Narrowing

    /// The parts of `windows`, which are in order, in which a match can begin.
    mutating func restrict(
        _ windows: [Range<Int>], to shape: PatternShape, in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        widen(to: windows, for: shape, in: text)
        if let bounded = shape.boundedRun, bounded.length.lowerBound >= Self.shortest {
            let kind: Kind = bounded.bytes == .alphanumeric ? .alphanumeric : .base64
            return Self.starts(
                of: found(kind, from: bounded.length.lowerBound, in: text), as: bounded.length, in: windows)
        }
        if shape.hexRun.length >= Self.usual {
            return parts(of: windows, holding: shape.hexRun, of: .hex, shape, in: text)
        }
        // The two lengths may be of different runs of a match, which has both.
        var parts = windows
        if shape.base64Run.length >= Self.usual || shape.alphanumericRun.length < Self.shortest {
            let (kind, run) =
                shape.base64Run.length >= Self.shortest ? (Kind.base64, shape.base64Run) : (.token, shape.tokenRun)
            parts = self.parts(of: parts, holding: run, of: kind, shape, in: text)
        }
        if shape.alphanumericRun.length >= Self.shortest, !parts.isEmpty {
            parts = self.parts(of: parts, holding: shape.alphanumericRun, of: .alphanumeric, shape, in: text)
        }
        return parts
    }

    /// Where matches can begin that hold a run.
    private mutating func parts(
        of windows: [Range<Int>], holding held: PatternShape.HeldRun, of kind: Kind, _ shape: PatternShape,
        in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        let runs = runs(kind, from: held.length, near: windows, shape, in: text)
        // A match begins before the end of a run that it holds, and no further before it than it is long.
        let place = held.place ?? shape.maximumLength.map { 0...$0 }
        guard let place else {
            // A match of any length may hold any run that ends behind its beginning: the last one counts.
            guard let end = runs.last(where: { $0.count >= held.length })?.upperBound else { return [] }
            return windows.filter { $0.lowerBound < end }.map { $0.lowerBound..<min($0.upperBound, end) }
        }
        return Self.parts(of: windows, near: runs, held.length, place)
    }

    /// Where matches can begin that hold a run of a length, at a place of theirs. Also at the ends of the ranges.
    private static func parts(
        of windows: [Range<Int>], near runs: [Range<Int>], _ length: Int, _ place: ClosedRange<Int>
    ) -> [Range<Int>] {
        var result = WindowList()
        // Lock files and data have thousands of runs.
        runs.withUnsafeBufferPointer { runs in
            var first = runs.startIndex
            for window in windows {
                first = runs.partitionPoint(from: first) { $0.upperBound <= window.lowerBound }
                if first == runs.endIndex { break }
                for run in runs[first...] {
                    if run.lowerBound - place.upperBound > window.upperBound { break }
                    guard run.count >= length else { continue }
                    let start = max(window.lowerBound, run.lowerBound - place.upperBound)
                    let end = min(window.upperBound, run.upperBound - length - place.lowerBound)
                    if start <= end { result.insert(start..<end) }
                    if end == window.upperBound { break }
                }
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
            index = runs.partitionPoint(from: index) { $0.lowerBound < window.lowerBound }
            while index < runs.count, runs[index].lowerBound <= window.upperBound {
                let run = runs[index]
                if length.contains(run.count) { result.append(run.lowerBound..<run.lowerBound) }
                index += 1
            }
        }
        return result
    }

    // MARK: Finding

    /// Runs in the whole text in which something can be encoded.
    mutating func all(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        if searched != nil { reset() }
        return found(.base64, from: Self.usual, in: text)
    }

    /// Runs in which something can be encoded, in a part of what is searched that does not end in a run.
    mutating func all(in part: Range<Int>, of text: UnsafeRawBufferPointer) -> ArraySlice<Range<Int>> {
        Self.runs(found(.base64, from: Self.usual, in: text), in: part)
    }

    private static func runs(_ runs: [Range<Int>], in part: Range<Int>) -> ArraySlice<Range<Int>> {
        let first = runs.partitionPoint { $0.upperBound <= part.lowerBound }
        return runs[first..<runs[first...].partitionPoint { $0.lowerBound < part.upperBound }]
    }

    /// Runs of a kind, at least those that are of a length or longer and that matches hold which begin in some windows.
    private mutating func runs(
        _ kind: Kind, from length: Int, near windows: [Range<Int>], _ shape: PatternShape,
        in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        let found = found(kind, from: length, near: windows, shape.maximumLength, in: text)
        guard let index = Self.longLengths.lastIndex(where: { $0 <= length }) else { return found }
        if let long = runs[kind.rawValue].long[index] { return long }
        let long = found.filter { $0.count >= Self.longLengths[index] }
        runs[kind.rawValue].long[index] = long
        return long
    }

    /// Runs of a kind, at least those that are of a length or longer.
    private mutating func found(_ kind: Kind, from length: Int, in text: UnsafeRawBufferPointer) -> [Range<Int>] {
        let minimum = length < Self.usual ? Self.shortest : Self.usual
        if let known = runs[kind.rawValue].minimum, known <= minimum { return runs[kind.rawValue].ranges }
        runs[kind.rawValue].minimum = minimum
        runs[kind.rawValue].ranges.removeAll(keepingCapacity: true)
        append(kind, minimum, in: searched ?? [0..<text.count], of: text)
        return runs[kind.rawValue].ranges
    }

    /// Runs of a kind, at least those that are of a length or longer and stand in a match that begins in one of the windows.
    ///
    /// There are few rules that ask for short runs, and where one is set off by its keyword its windows are short.
    private mutating func found(
        _ kind: Kind, from length: Int, near windows: [Range<Int>], _ maximumLength: Int?,
        in text: UnsafeRawBufferPointer
    ) -> [Range<Int>] {
        guard length < Self.usual, let maximumLength, maximumLength < text.count,
            runs[kind.rawValue].minimum.map({ $0 > length }) ?? true,
            windows.reduce(0, { $0 + $1.count + maximumLength })
                < (searched?.reduce(0) { $0 + $1.count } ?? text.count) / 4
        else { return found(kind, from: length, in: text) }
        var parts = WindowList()
        for window in windows {
            parts.insert(window.lowerBound..<min(text.count, window.upperBound + maximumLength))
        }
        var found: [Range<Int>] = []
        ByteRuns.append(of: kind.bytes, minimum: length, in: parts.ranges[...], of: text, to: &found)
        return found
    }

    private mutating func append(_ kind: Kind, _ minimum: Int, in parts: [Range<Int>], of text: UnsafeRawBufferPointer)
    {
        guard kind == .alphanumeric || kind == .hex, minimum == Self.usual else {
            ByteRuns.append(of: kind.bytes, minimum: minimum, in: parts[...], of: text, to: &runs[kind.rawValue].ranges)
            return
        }
        // Letters and digits are looked for in the runs that hold these.
        let base64 = found(.base64, from: minimum, in: text)
        for part in parts {
            ByteRuns.append(
                of: kind.bytes, minimum: minimum, in: Self.runs(base64, in: part), of: text,
                to: &runs[kind.rawValue].ranges)
        }
    }

    // MARK: Parts of a text

    /// Looks for runs in some lines of the text only, once they are asked for.
    mutating func search(only ranges: [Range<Int>]) {
        reset()
        searched = ranges
    }

    /// The longest runs of a stretch of text, or what they cannot be longer than.
    struct Longest: Sendable {
        var hex = 0
        var alphanumeric = 0
        var base64 = 0

        mutating func formMaximum(_ other: Longest) {
            hex = max(hex, other.hex)
            alphanumeric = max(alphanumeric, other.alphanumeric)
            base64 = max(base64, other.base64)
        }
    }

    /// The longest runs in a part of what is searched.
    mutating func longest(in part: Range<Int>, of text: UnsafeRawBufferPointer) -> Longest {
        let runs = Self.runs(found(.base64, from: Self.usual, in: text), in: part)
        // Of shorter ones nothing is known.
        let base64 = runs.reduce(Self.usual - 1) { max($0, $1.count) }
        guard base64 >= Self.usual else { return Longest(hex: base64, alphanumeric: base64, base64: base64) }
        let (hex, alphanumeric) = (longest(.hex, in: part, of: text), longest(.alphanumeric, in: part, of: text))
        return Longest(hex: hex, alphanumeric: alphanumeric, base64: base64)
    }

    private mutating func longest(_ kind: Kind, in part: Range<Int>, of text: UnsafeRawBufferPointer) -> Int {
        Self.runs(found(kind, from: Self.usual, in: text), in: part).reduce(Self.usual - 1) { max($0, $1.count) }
    }

    /// Looks for runs in more of the text, where they were looked for in some lines only.
    private mutating func widen(
        to windows: [Range<Int>], for shape: PatternShape, in text: UnsafeRawBufferPointer
    ) {
        guard let known = searched else { return }
        // A match that ends further away is not one of a change, unless its rule is a distant one.
        let length = Margins.longestMatch(of: shape)
        let reach = length > Margins.match ? length : 0
        var index = known.startIndex
        let isKnown = windows.allSatisfy { window in
            while index < known.endIndex, known[index].upperBound < window.upperBound { index += 1 }
            return index < known.endIndex && known[index].lowerBound <= window.lowerBound
                && known[index].upperBound >= min(text.count, window.upperBound + reach)
        }
        if isKnown { return }
        var wanted = WindowList()
        for window in windows {
            let end = min(text.count, window.upperBound + length)
            wanted.insert(text.lineStart(of: window.lowerBound)..<text.lineEnd(of: end))
        }
        searched = WindowList(known + wanted.ranges).ranges
        search(wanted.ranges.flatMap { $0.subtracting(known) }, of: text)
    }

    /// Looks for runs of the kinds that are known in more of the text.
    private mutating func search(_ ranges: [Range<Int>], of text: UnsafeRawBufferPointer) {
        for kind in Kind.allCases {
            guard let minimum = runs[kind.rawValue].minimum else { continue }
            runs[kind.rawValue].forgetLong()
            let count = runs[kind.rawValue].ranges.count
            append(kind, minimum, in: ranges, of: text)
            guard runs[kind.rawValue].ranges.count > count else { continue }
            runs[kind.rawValue].ranges.sort { $0.lowerBound < $1.lowerBound }
        }
    }
}

extension Range<Int> {
    /// What is left without others, which are in order and do not overlap.
    func subtracting(_ others: [Range<Int>]) -> [Range<Int>] {
        var rest: [Range<Int>] = []
        var start = lowerBound
        for other in others[others.partitionPoint { $0.upperBound <= lowerBound }...] {
            if other.lowerBound >= upperBound { break }
            if start < other.lowerBound { rest.append(start..<other.lowerBound) }
            start = other.upperBound
        }
        if start < upperBound { rest.append(start..<upperBound) }
        return rest
    }
}

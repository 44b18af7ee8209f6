import Bytes
import Findings

/// What is not shown of a text: the secrets that were found, and what may be one.
struct HiddenRanges {
    struct Hidden {
        var range: Range<Int>
        /// Nothing of it may be shown, not even its ends: it is weak, as it is or decoded, or a piece of something.
        var showsNothing: Bool
    }

    /// In order; none overlaps another.
    let ranges: [Hidden]

    /// - Parameters:
    ///   - secrets: Every match of the text, reported or not, in any order.
    ///   - shown: The parts of the text that are shown: only there is looked for what may be a secret.
    ///   - names: Behind which a value is not shown.
    ///   - showsNothing: Whether nothing may be shown of what stands in a range, for what it is when it is decoded.
    ///   - memory: Knows what was masked in other texts.
    init(
        _ text: UnsafeRawBufferPointer, secrets: [Range<Int>], shown: [Range<Int>], names: NamesOfSecrets,
        showsNothing: (_ secret: Int) -> Bool, _ memory: MaskedRanges.Memory? = nil
    ) {
        let found = Self.united(secrets.enumerated().map { Hidden(range: $1, showsNothing: showsNothing($0)) })
        let masked = MaskedRanges(in: text, shown: shown, names: names, memory)
        var all = found
        for value in masked.values { all += Self.pieces(of: value, besides: found) { Self.isTorn($0, in: text) } }
        for run in masked.random {
            all += Self.pieces(of: run, besides: found) { text.slice($0).contains(where: \.isAlphanumeric) }
        }
        let hidden = Self.united(all)
        for (index, range) in hidden.map(\.range).enumerated() where Self.isNear(range, shown) {
            let limit = index + 1 < hidden.count ? hidden[index + 1].range.lowerBound : text.count
            let rest = RestOfValue.range(behind: range.upperBound, upTo: limit, in: text)
            if !rest.isEmpty { all.append(Hidden(range: rest, showsNothing: true)) }
        }
        ranges = Self.united(all)
    }

    /// A part of the text as it is shown.
    func shown(_ part: Range<Int>, of text: UnsafeRawBufferPointer) -> String {
        func string(_ range: Range<Int>) -> String { String(decoding: text.slice(range), as: UTF8.self) }
        var result = ""
        var position = part.lowerBound
        for hidden in ranges[ranges.partitionPoint(where: { $0.range.upperBound <= part.lowerBound })...] {
            let range = hidden.range
            guard range.lowerBound < part.upperBound else { break }
            if range.lowerBound > position { result += string(position..<range.lowerBound) }
            result += hidden.showsNothing ? Secret.nothing : Secret(bytes: Array(text.slice(range))).redacted
            position = min(part.upperBound, range.upperBound)
        }
        if position < part.upperBound { result += string(position..<part.upperBound) }
        return result
    }

    private static func isNear(_ range: Range<Int>, _ shown: [Range<Int>]) -> Bool {
        let next = shown.partitionPoint { $0.upperBound < range.lowerBound }
        return next < shown.count && shown[next].lowerBound <= range.upperBound
    }

    /// One range for those that overlap, so that the end of one does not show the middle of another.
    private static func united(_ ranges: [Hidden]) -> [Hidden] {
        var result: [Hidden] = []
        for next in ranges.sorted(by: {
            ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
        }) {
            guard let last = result.last, next.range.lowerBound < last.range.upperBound else {
                result.append(next)
                continue
            }
            result[result.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, next.range.upperBound)
            if next.showsNothing { result[result.count - 1].showsNothing = true }
        }
        return result
    }

    /// What is left of a range without the secrets in it that were found, of which their ends are shown.
    private static func pieces(
        of range: Range<Int>, besides found: [Hidden], _ isSecret: (_ piece: Range<Int>) -> Bool
    ) -> [Hidden] {
        var pieces: [Hidden] = []
        var start = range.lowerBound
        for hidden in found[found.partitionPoint(where: { $0.range.upperBound <= range.lowerBound })...] {
            guard hidden.range.lowerBound < range.upperBound else { break }
            if hidden.range.lowerBound > start {
                pieces.append(Hidden(range: start..<hidden.range.lowerBound, showsNothing: true))
            }
            start = hidden.range.upperBound
        }
        if start == range.lowerBound { return [Hidden(range: range, showsNothing: false)] }
        if start < range.upperBound { pieces.append(Hidden(range: start..<range.upperBound, showsNothing: true)) }
        return pieces.filter { isSecret($0.range) }
    }

    /// Whether a piece of a value goes over into the secret in the middle of a word, so that it is a piece of that.
    private static func isTorn(_ piece: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        piece.upperBound < text.count && text[piece.upperBound - 1].isAlphanumeric
            && text[piece.upperBound].isAlphanumeric
    }
}

import Bytes
import Findings

/// Where in encoded values secrets stand once these are decoded, and the lines that reports show of them.
struct DecodedSnippets {
    /// A secret's place in a value.
    struct Entry {
        /// Lines and columns of what the value stands for.
        var region: Occurrence.Region
        /// `nil` if the secret is known by what stands around the value: then the line of that is shown.
        var snippet: String?
    }

    /// By the number of the match.
    private var entries: [Int: Entry] = [:]
    /// What it took, for tests, in bytes.
    private(set) var bytesRead = 0

    /// - Parameters:
    ///   - standing: The matches that are asked for.
    ///   - located: All matches of the blob, reported, allowed or neither: nothing of them is shown.
    ///   - names: Behind which a value is not shown.
    init(of standing: [Int], among located: [LocatedMatch], names: @autoclosure () -> NamesOfSecrets) {
        guard standing.contains(where: { located[$0].places.last?.value != nil }) else { return }
        let names = names()
        let secrets = Self.secrets(located)
        var values = secrets.values
        // What was decoded together is looked at together.
        let groups = Dictionary(grouping: standing) { number in
            located[number].places.last?.value.map { Piece(text: $0.number, start: $0.range.lowerBound) }
        }
        for (piece, numbers) in groups where piece != nil {
            guard let first = numbers.first, let value = located[first].places.last?.value else { continue }
            let hidden = secrets.places[values.number(of: located[first].places)] ?? []
            value.text.bytes.withUnsafeBytes { bytes in
                add(numbers, of: bytes.slice(value.range), value, located, hidden, names)
            }
        }
    }

    /// A secret in a value.
    private struct Hidden {
        var range: Range<Int>
        /// Not even its first and last characters.
        var showsNothing: Bool
    }

    private struct Piece: Hashable {
        var text: Int
        var start: Int
    }

    /// Of a match; `nil` if it stands in the blob's own text.
    subscript(number: Int) -> Entry? { entries[number] }

    /// For each value, where secrets stand in it.
    private static func secrets(_ located: [LocatedMatch]) -> (
        values: EncodedValues, places: [EncodedValues.Number: [Hidden]]
    ) {
        var values = EncodedValues()
        var places: [EncodedValues.Number: [Hidden]] = [:]
        for match in located {
            for depth in match.places.indices.dropFirst() {
                places[values.number(of: match.places[...depth]), default: []].append(
                    Hidden(range: match.places[depth].range, showsNothing: match.isHidden))
            }
        }
        return (values, places)
    }

    /// - Parameter decoded: What the value, or a line of it, stands for.
    private mutating func add(
        _ numbers: [Int], of decoded: UnsafeRawBufferPointer, _ value: DecodedPlace.Value, _ located: [LocatedMatch],
        _ hidden: [Hidden], _ names: NamesOfSecrets
    ) {
        func range(_ place: Range<Int>) -> Range<Int> {
            (place.lowerBound - value.offset..<place.upperBound - value.offset).clamped(to: 0..<decoded.count)
        }
        let secrets = hidden.map { Hidden(range: range($0.range), showsNothing: $0.showsNothing) }.filter {
            !$0.range.isEmpty
        }
        let shown = numbers.compactMap { located[$0].places.last.map { range($0.range) } }
        let snippets = Snippets(decoded, secrets: secrets.map(\.range), around: shown, names: names) {
            secrets[$0].showsNothing
        }
        var index = LineIndex(decoded)
        for number in numbers {
            let match = located[number]
            guard let place = match.places.last.map({ range($0.range) }) else { continue }
            let isKnownByItself = match.text != value.number || value.range.contains(match.match.whole)
            entries[number] = Entry(
                region: index.region(of: place),
                snippet: isKnownByItself ? snippets.snippet(around: place) : nil)
        }
        bytesRead += index.bytesRead
    }
}

/// Takes given values out of what is told beside a snippet: paths, what commits say.
package final class GivenMask {
    private let searcher: GivenSearcher

    /// A shorter value is a word in half of all paths, and tells nobody that it is one.
    private static let minimumCount = 12

    package init(_ given: GivenSecrets) { searcher = GivenSearcher(given) }

    /// A text in which no value of twelve bytes or more stands any more, in whatever form.
    package func masked(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let places = bytes.withUnsafeBytes { searcher.places(in: $0).places }.filter {
            searcher.given.values[$0.number].count >= Self.minimumCount
        }
        if places.isEmpty { return text }
        var end = bytes.count
        for place in places.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            bytes.replaceSubrange(place.range.lowerBound..<min(end, place.range.upperBound), with: "…".utf8)
            end = place.range.lowerBound
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

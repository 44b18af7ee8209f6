import Bytes
internal import CLiteralSearch

/// Looks for the words of some groups in a value, all in one pass, ASCII case ignored.
///
/// In a lock file each digest may be judged, and to look for a hundred words one by one took two of the seven microseconds
/// of that.
struct WordGroups: Sendable {
    private let search: Prefilter
    /// For each word that is searched for, its group.
    private let groups: [Int]
    /// Words that are too short for that.
    private let short: [(word: StaticString, group: Int)]

    /// - Parameter groups: Lower case; at the most 64 groups.
    init(_ groups: [[StaticString]]) {
        let words = groups.enumerated().flatMap { group, words in words.map { (word: $0, group: group) } }
        let long = words.filter { $0.word.utf8CodeUnitCount >= Prefilter.keywordLengths.lowerBound }
        short = words.filter { $0.word.utf8CodeUnitCount < Prefilter.keywordLengths.lowerBound }
        self.groups = long.map(\.group)
        search = Prefilter(
            long.map { long in long.word.withUTF8Buffer { Prefilter.Keyword(bytes: Array($0)) } })
    }

    /// The groups of which a word stands in the value, a bit for each; the lowest bit is the first group.
    func groups(in value: UnsafeRawBufferPointer) -> UInt64 {
        var found: UInt64 = 0
        withUnsafeTemporaryAllocation(of: windsock_hit.self, capacity: groups.count) { hits in
            search.forEachHit(in: value, buffer: hits) { _, word in found |= 1 << UInt64(groups[word]) }
        }
        for (word, group) in short where value.containsCaseless(word) { found |= 1 << UInt64(group) }
        return found
    }
}

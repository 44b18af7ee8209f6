/// Says what somebody may have meant.
package enum NearestWord {
    /// The word that differs in the fewest letters, if it is like the misspelt one at all.
    package static func to(_ misspelt: String, in words: some Sequence<String>) -> String? {
        let limit = max(1, min(3, misspelt.utf8.count / 2))
        let distances = words.lazy.map { (word: $0, distance: distance(misspelt, $0, limit: limit)) }
        let best = distances.min { ($0.distance, $0.word) < ($1.distance, $1.word) }
        return best.flatMap { $0.distance <= limit ? $0.word : nil }
    }

    /// How many letters must be put in, left out, exchanged or swapped with their neighbour, case ignored; more than
    /// `limit` where it is more.
    private static func distance(_ left: String, _ right: String, limit: Int) -> Int {
        let (left, right) = (Array(left.lowercased().utf8), Array(right.lowercased().utf8))
        if abs(left.count - right.count) > limit { return limit + 1 }
        var rows = [Array(0...right.count)]
        for (row, byte) in left.enumerated() {
            var next = [row + 1]
            for (column, other) in right.enumerated() {
                var least = min(next[column] + 1, rows[row][column + 1] + 1)
                least = min(least, rows[row][column] + (byte == other ? 0 : 1))
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    least = min(least, rows[row - 1][column - 1] + 1)
                }
                next.append(least)
            }
            rows.append(next)
        }
        return rows[left.count][right.count]
    }
}

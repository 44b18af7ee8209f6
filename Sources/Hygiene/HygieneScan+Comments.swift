package import Findings

extension HygieneScan {
    /// Notes comments that let nothing pass, or are none.
    ///
    /// - Parameter comments: Where they stand, and what is wrong with them as the snippet.
    package mutating func inspect(comments: [Occurrence]) {
        for comment in comments {
            var place = comment
            place.snippet = ""
            note(.idleComment, Secret(visible: comment.snippet), at: place)
        }
    }
}

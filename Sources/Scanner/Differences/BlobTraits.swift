/// What is known of a blob once it was scanned, as far as it helps with blobs that are made from it.
package struct BlobTraits: Sendable {
    /// What a history scan does about the blob.
    package enum Verdict: Sendable, Equatable {
        /// Text without anything to report, wherever it stands.
        case clean
        /// Text that holds something, or may: to be scanned by itself under the path that it has.
        case suspect
        /// No text.
        case binary
    }

    package internal(set) var verdict: Verdict
    /// What is made from it is scanned whole: nothing more is known.
    var isOpaque = true
    /// Bytes before the text: a byte order mark.
    var textOffset = 0
    /// Keywords in the text that set rules off far from where they stand.
    var distantKeywords: KeywordSet
    /// Such keywords in what was decoded, where all that is decoded counts as one text.
    var decodedKeywords: KeywordSet
    /// Any keyword stands in the text: escapes are undone.
    var holdsKeyword = false
    /// Signs of other escapes that are undone.
    var marks: EscapeMarks = []
    /// Something may be found where no match stands, besides.
    var mayHoldElsewhere = false
    /// Matches that are findings, or that only what stands around them keeps from being one. Offsets in the text.
    var matches: [Match] = []

    /// - Parameter keywordCount: Of the prefilter.
    init(_ verdict: Verdict, keywordCount: Int) {
        self.verdict = verdict
        distantKeywords = KeywordSet(count: keywordCount)
        decodedKeywords = KeywordSet(count: keywordCount)
    }

    /// Where in its text the blob may hold something: whatever path it has, there is nothing elsewhere. `nil` if that is not
    /// known.
    package var places: PlacesOfInterest? {
        isOpaque || mayHoldElsewhere ? nil : PlacesOfInterest(around: matches)
    }
}

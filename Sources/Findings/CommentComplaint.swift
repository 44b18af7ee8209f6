/// A comment that should let secrets pass and does not do so, or lets none pass.
package struct CommentComplaint: Sendable, Hashable {
    /// Where the comment stands.
    package var region: Occurrence.Region
    /// What is wrong with it, in words; nothing of the text itself is in it.
    package var sentence: String

    package init(region: Occurrence.Region, sentence: String) {
        self.region = region
        self.sentence = sentence
    }
}

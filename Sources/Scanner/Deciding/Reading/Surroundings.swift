import Findings
import Rules

/// What is known of a text and its file before a rule is tried on it.
struct Surroundings {
    let text: UnsafeRawBufferPointer
    /// Relative; `nil` if it is not known yet.
    let path: String?
    /// Those of the thread.
    let keys: KeyReader
    /// Those of the thread; `nil`: what was asked once is asked again.
    var scores: KnownScores?
    /// One of the rule's file words stands somewhere in the text.
    var holdsFileWord = false
    /// One of the rule's path patterns matches, or might: the path is not known yet.
    var pathMatches = false
    /// The file is a page of the web that was saved; asked only for rules that go by names.
    var isPublishedPage = false
    /// The file is of a language in which texts have quotes; asked only for rules that go by names.
    var isCode = false
    /// Why the rule is not for this file; `nil` if it is.
    var refusal: DropReason?
    /// What is less sure is of no interest.
    var leastConfidence = Confidence.low
    /// What was asked of the file.
    var asked = Trace(isKept: false)
}

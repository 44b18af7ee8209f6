/// The stretch of a text around a keyword in which something of a rule's matches lies.
enum KeywordWindow: Sendable, Equatable {
    /// From so many bytes before the keyword's first byte to so many behind it. `behind` is negative where each match
    /// begins with something else, so that it begins before the keyword.
    case around(before: Int, behind: Int)
    /// The line of the keyword.
    case line
    case text
    /// The keyword alone: what is assigned to the name that holds it is read from there.
    case keyword
}

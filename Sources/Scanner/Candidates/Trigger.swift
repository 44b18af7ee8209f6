/// What a keyword does for one of the rules that have it.
struct Trigger: Sendable {
    /// Index in the engine's rules.
    let rule: Int
    /// The keyword is one of the words that the rule's context looks for anywhere in the file.
    let isFileWord: Bool
    /// The keyword makes the rule look at the whole text, because no keyword of the rule's own need stand in its matches.
    let opensWholeText: Bool
    /// In a file's path the keyword says as much as in its text.
    let countsInPaths: Bool
}

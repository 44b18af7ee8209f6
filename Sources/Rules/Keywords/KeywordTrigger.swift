/// What a keyword does for one of the rules that have it.
package struct KeywordTrigger: Sendable, Equatable {
    /// Index in the rule set.
    package var rule: Int
    /// The keyword is one of the words that the rule's context looks for anywhere in the file.
    package var isFileWord: Bool
    /// The keyword makes the rule look at the whole text, because no keyword of the rule's own need stand in its matches.
    package var opensWholeText: Bool
    /// In a file's path the keyword says as much as in its text.
    package var countsInPaths: Bool
}

extension KeywordTrigger: CompiledValue {
    func write(to writer: inout FieldWriter) {
        let flags = (isFileWord ? 1 : 0) + (opensWholeText ? 2 : 0) + (countsInPaths ? 4 : 0)
        // One number: there are thousands of them.
        writer.put(rule << 3 + flags)
    }

    init(from reader: inout FieldReader) {
        let number = reader.integer()
        self.init(
            rule: number >> 3, isFileWord: number & 1 != 0, opensWholeText: number & 2 != 0,
            countsInPaths: number & 4 != 0)
    }
}

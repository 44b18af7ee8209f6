internal import Bytes
import Findings
internal import Judge
import Rules

/// What makes a value that may be a secret less sure: a word in it that placeholders have, the file in which it stands.
struct Caution {
    /// The value looks like a stand-in, and is worth a look at the most.
    var isDoubtful = false
    /// The value is weak and stands where examples do.
    private var isInExample = false

    /// Looks at the path of a weak value. Of a random one it says nothing: most credentials that people labelled stand in
    /// files of tests.
    mutating func consider(_ path: String) {
        if FileKind.first(in: Self.examples, for: path) != nil { isInExample = true }
    }

    /// Whether a file is of a language in which texts have quotes.
    static func isCode(_ path: String) -> Bool { FileKind.first(in: code, for: path) != nil }

    /// Whether a value without quotes is a name, in such a language.
    static func isReference(_ assignment: Assignment, _ statistics: CharacterStatistics) -> Bool {
        guard assignment.quote == .none, !assignment.isInComment,
            statistics.digits == 0 || statistics.count < 12 || statistics.others > 0
        else { return false }
        switch assignment.syntax {
        case .equals, .colon, .arrow, .fallback, .call, .argument, .space, .pair: return true
        default: return false
        }
    }

    /// Whether the file is a page of the web that was saved: all that is in it was sent to everybody who looked at it.
    static func isPublishedPage(_ text: UnsafeRawBufferPointer, at path: String) -> Bool {
        guard FileKind.first(in: pages, for: path) != nil else { return false }
        let head = text.slice(0..<min(text.count, headOfPage))
        return Words.marksOfPages.contains { head.containsCaseless($0) }
    }

    /// How much of a page may come before its own address, in bytes.
    private static let headOfPage = 1 << 17

    func lowered(_ confidence: Confidence) -> Confidence {
        let confidence = isInExample ? confidence.lowered : confidence
        return isDoubtful ? .low : confidence
    }

    private static let examples = [
        FileKind(reason: .path, folders: Words.exampleFolders),
        FileKind(reason: .path, names: Words.exampleNames),
        FileKind(reason: .path, endings: Words.proseEndings),
    ]
    private static let pages = [FileKind(reason: .path, endings: ["html", "htm", "xhtml", "mhtml"])]
    private static let code = [FileKind(reason: .path, endings: Words.codeEndings)]
}

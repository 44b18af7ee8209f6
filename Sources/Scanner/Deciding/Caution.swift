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

    /// Whether a value without quotes is a name, in a language in which texts have quotes.
    static func isReference(_ assignment: Assignment, _ statistics: CharacterStatistics, at path: String) -> Bool {
        guard assignment.quote == .none, !assignment.isInComment,
            statistics.digits == 0 || statistics.count < 12 || statistics.others > 0
        else { return false }
        switch assignment.syntax {
        case .equals, .colon, .arrow, .fallback, .call, .argument, .space, .pair: break
        default: return false
        }
        return FileKind.first(in: code, for: path) != nil
    }

    func lowered(_ confidence: Confidence) -> Confidence {
        let confidence = isInExample ? confidence.lowered : confidence
        return isDoubtful ? .low : confidence
    }

    private static let examples = [
        FileKind(reason: .path, folders: Words.exampleFolders),
        FileKind(reason: .path, names: Words.exampleNames),
        FileKind(reason: .path, endings: Words.proseEndings),
    ]
    private static let code = [FileKind(reason: .path, endings: Words.codeEndings)]
}

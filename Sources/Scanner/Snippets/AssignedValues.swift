internal import Bytes
import Findings
internal import Judge

/// What a shown line gives to names that hold secrets.
enum AssignedValues {
    /// Where the values stand that are not shown; in the order in which they were found.
    static func ranges(in text: UnsafeRawBufferPointer, names: NamesOfSecrets) -> [Range<Int>] {
        names.finder.assignments(in: text).filter { isSecret($0, in: text, names) }.map(\.value)
    }

    private static func isSecret(
        _ assignment: Assignment, in text: UnsafeRawBufferPointer, _ names: NamesOfSecrets
    ) -> Bool {
        let value = text.slice(assignment.value)
        if CertainNo.isReference(value, assignment) || opensReference(value) || CertainNo.isBracketed(value)
            || isKeyword(value)
        {
            return false
        }
        switch assignment.syntax {
        case .userinfo, .position, .member: return true
        default: return names.isCertain(text.slice(assignment.name)) || !isPlain(value)
        }
    }

    /// Whether a program is to put something else here: `${NAME}`, `{{ name }}`, `$(command)`. What stands in it is looked at by
    /// its own name.
    private static func opensReference(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count > 1 else { return false }
        return [.dollar, .leftBrace, .numberSign, .percent].contains(value[0]) && value[1] == .leftBrace
            || value[0] == .dollar && value[1] == .leftParenthesis
    }

    /// Whether a value consists of words, or of a number that counts something.
    private static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
        let digits = value.count(where: \.isDigit)
        if digits == value.count { return digits < 5 }
        guard digits == 0 else { return false }
        return value.allSatisfy { $0.isNameByte || $0 == .slash || $0 == .space || $0 == .colon }
            && RandomRuns.ranges(in: value).isEmpty
    }

    private static func isKeyword(_ value: UnsafeRawBufferPointer) -> Bool {
        keywords.contains { value.equalsCaseless($0) }
    }

    /// What programs and schemas say in the place of a value.
    private static let keywords: [StaticString] = [
        "true", "false", "null", "none", "nil", "undefined", "string", "str", "text", "int", "number", "boolean",
        "required",
        "optional", "yes", "no", "on", "off", "password", "hidden", "***", "redacted",
    ]
}

import Bytes

/// How a format refers to a variable of the environment.
enum ReferenceForm: Equatable, Sendable {
    /// `${X}`
    case braces
    /// `${X:?}`: it is an error if there is none.
    case required
    /// `${env.X}`: Maven.
    case maven
    /// `${env:X}`: editors, Serverless.
    case editor
    /// `$(X)`: make, Azure Pipelines.
    case parentheses
    /// `%X%`: batch files of Windows.
    case percent

    /// `${NAME:-…}`, `${NAME:…}`: the variable is looked up already, and what holds where it is not set goes.
    ///
    /// - Returns: `nil` for a value that is nothing of that kind.
    func withoutFallback(_ secret: Range<Int>, in bytes: [UInt8]) -> Answer? {
        guard self == .braces || self == .required, secret.upperBound < bytes.count,
            bytes[secret.upperBound] == .rightBrace
        else { return nil }
        var sign = secret.lowerBound
        while sign > 0, [.colon, .hyphen].contains(bytes[sign - 1]), secret.lowerBound - sign < 2 { sign -= 1 }
        var start = sign
        while start > 0, bytes[start - 1].isNameOfSetting { start -= 1 }
        guard sign < secret.lowerBound, start < sign, start > 1, bytes.has([.dollar, .leftBrace], at: start - 2) else {
            return nil
        }
        let name = bytes.string(start..<sign)
        return .replaced(
            [Edit(sign..<secret.upperBound, self == .required ? ":?" : "")],
            Answer.Step(note: "it was what held where \(name) is not set, and is gone", name: name))
    }

    func text(_ name: String) -> String {
        switch self {
        case .braces: "${\(name)}"
        case .required: "${\(name):?}"
        case .maven: "${env.\(name)}"
        case .editor: "${env:\(name)}"
        case .parentheses: "$(\(name))"
        case .percent: "%\(name)%"
        }
    }
}

extension UInt8 {
    /// What names of settings consist of, too: `mistral.api-key`.
    fileprivate var isNameOfSetting: Bool { isIdentifier || self == .period || self == .hyphen }
}

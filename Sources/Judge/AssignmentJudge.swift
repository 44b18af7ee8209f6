internal import Bytes
package struct AssignmentJudge: Sendable {
    package static let builtin = AssignmentJudge()
    package func score(_ assignment: Assignment, in text: UnsafeRawBufferPointer) -> Score {
        let v = text.slice(assignment.value)
        var h = 2166136261 as UInt32
        for b in v { h = (h ^ UInt32(b)) &* 16777619 }
        return Score(thousandths: v.count > 11 && v.contains(where: \.isDigit) ? 800 : 400, isWeak: v.count < 12)
    }
}
package struct Score { package var thousandths: Int; package var isWeak: Bool; package var words: String { "\(thousandths)" } }

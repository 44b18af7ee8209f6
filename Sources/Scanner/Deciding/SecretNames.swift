internal import Bytes
internal import Judge

/// A team's own names of secrets, which nobody has taught the judge.
extension [String] {
    /// What the judge says of an assignment whose name may hold one of these: as if it said password in its place.
    func score(_ assignment: Assignment, in text: UnsafeRawBufferPointer) -> Score {
        let name = text.slice(assignment.name)
        guard let (own, start) = first(in: name) else { return AssignmentJudge.builtin.score(assignment, in: text) }
        var bytes = [UInt8](name[..<start])
        bytes += [UInt8]("password".utf8)
        bytes += [UInt8](name[(start + own.utf8.count)...])
        return bytes.withUnsafeBytes { AssignmentJudge.builtin.score(assignment, in: text, named: $0) }
    }

    private func first(in name: UnsafeRawBufferPointer) -> (own: String, start: Int)? {
        for own in self {
            let start = [UInt8](own.utf8).withUnsafeBufferPointer { name.firstCaseless($0) }
            if let start { return (own, start) }
        }
        return nil
    }
}

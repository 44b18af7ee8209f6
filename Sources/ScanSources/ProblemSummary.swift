package import Findings
package import Git

/// Names some of many problems of one sort, and counts the rest: a lost pack can be a hundred thousand objects.
package enum ProblemSummary {
    /// How many are named.
    package static let namedCount = 20

    /// Problems of objects or stores that could not be read.
    package static func problems(_ errors: [GitError]) -> [Problem] {
        problems(errors.map { Problem($0) })
    }

    /// Problems of objects or stores that could not be read.
    package static func problems(_ problems: [Problem]) -> [Problem] {
        limited(
            problems, of: problems.count,
            rest: (one: "object could not be read either", many: "objects could not be read either"))
    }

    /// - Parameters:
    ///   - problems: The first of them, or all.
    ///   - count: How many there are.
    ///   - rest: What is said of those that are not named, behind their number.
    package static func limited(
        _ problems: [Problem], of count: Int, rest: (one: String, many: String)
    ) -> [Problem] {
        guard count > namedCount else { return problems }
        let more = count - namedCount
        let last = Problem(
            subject: "\(more) more", message: "\(more) more \(more == 1 ? rest.one : rest.many)",
            advice: problems[0].advice
        ).lasting(problems.allSatisfy(\.isLasting))
        return problems.prefix(namedCount) + [last]
    }
}

import Findings
internal import Git

/// Names some of many problems of one sort, and counts the rest: a lost pack can be a hundred thousand objects.
enum ProblemSummary {
    static let namedCount = 20

    static func problems(_ errors: [GitError]) -> [Problem] {
        limited(errors.map { Problem($0) }, of: errors.count, rest: "objects could not be read either")
    }

    /// - Parameters:
    ///   - missing: The first of the missing objects, or all.
    ///   - count: How many there are.
    static func problems(
        missing: [HistorySnapshot.Missing], of count: Int, inPartialClone isPartial: Bool
    ) -> [Problem] {
        if isPartial, count > 0 {
            return [
                Problem(
                    subject: "\(count) objects",
                    message: "this is a partial clone: they were left out of it",
                    advice: "`git fetch --refetch --no-filter` brings all;"
                        + " `git rev-list --objects --all --missing=print` lists them")
            ]
        }
        let advice = "`git fetch --refetch` or a fresh clone brings back what the remote still has"
        return limited(
            missing.map { missing in
                Problem(
                    subject: missing.id.description, message: "the object is missing; \(missing.namedBy) names it",
                    advice: advice)
            }, of: count, rest: "objects are missing, too")
    }

    private static func limited(_ problems: [Problem], of count: Int, rest: String) -> [Problem] {
        guard count > namedCount else { return problems }
        let more = count - namedCount
        let last = Problem(subject: "\(more) more", message: "\(more) more \(rest)", advice: problems[0].advice)
        return problems.prefix(namedCount) + [last]
    }
}

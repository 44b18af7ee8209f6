internal import Git

/// Names some of many problems of one sort, and counts the rest: a lost pack can be a hundred thousand objects.
enum ProblemSummary {
    private static let namedCount = 20

    static func problems(_ errors: [GitError]) -> [Problem] {
        limited(errors.map { Problem($0) }, rest: "objects could not be read either")
    }

    static func problems(missing: [(id: ObjectID, namedBy: ObjectID)], inPartialClone isPartial: Bool) -> [Problem] {
        if isPartial, !missing.isEmpty {
            return [
                Problem(
                    subject: "\(missing.count) objects",
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
            }, rest: "objects are missing, too")
    }

    private static func limited(_ problems: [Problem], rest: String) -> [Problem] {
        guard problems.count > namedCount else { return problems }
        let count = problems.count - namedCount
        let last = Problem(subject: "\(count) more", message: "\(count) more \(rest)", advice: problems[0].advice)
        return problems.prefix(namedCount) + [last]
    }
}

import Findings
internal import ScanSources

extension ProblemSummary {
    /// Problems of objects that are missing.
    ///
    /// - Parameters:
    ///   - missing: The first of the missing objects, or all.
    ///   - count: How many there are.
    ///   - isPartial: Whether the clone left them out on purpose.
    static func problems(
        missing: [MissingObject], of count: Int, inPartialClone isPartial: Bool
    ) -> [Problem] {
        lasting(missing, of: count, inPartialClone: isPartial).map { problem in
            var copy = problem
            copy.isLasting = true
            return copy
        }
    }

    private static func lasting(
        _ missing: [MissingObject], of count: Int, inPartialClone isPartial: Bool
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
            }, of: count, rest: (one: "object is missing, too", many: "objects are missing, too"))
    }
}

import Pipeline
import ScanSources

/// What git or pre-commit tell of a push: pre-commit tells it in variables, git itself in lines on standard input.
enum PrePush {
    /// The name of the remote, as far as it is told.
    static var remote: String? { Environment.value("PRE_COMMIT_REMOTE_NAME") }

    /// The branches that are pushed.
    static func branches() throws(SourceError) -> [PushedBranch] {
        if let from = Environment.value("PRE_COMMIT_FROM_REF"), let to = Environment.value("PRE_COMMIT_TO_REF") {
            return [PushedBranch(local: to, remote: from)]
        }
        // "<local ref> <local oid> <remote ref> <remote oid>", githooks(5). husky 4 has read them, and hands them on.
        let lines = Environment.value("HUSKY_GIT_STDIN")?.split(separator: "\n").map(String.init)
        let result = try references(lines, fieldCount: 4) { fields in
            PushedBranch(local: String(fields[1]), remote: String(fields[3]))
        }
        // pre-commit has read the lines itself, and names no range where the first commit of all is pushed.
        if result.isEmpty, Environment.value("PRE_COMMIT") != nil {
            return [PushedBranch(local: Environment.value("PRE_COMMIT_LOCAL_BRANCH") ?? "HEAD", remote: "0")]
        }
        return result
    }

    /// What a server is sent: "<old oid> <new oid> <ref>", githooks(5).
    static func received() throws(SourceError) -> [PushedBranch] {
        try references(nil, fieldCount: 3) { PushedBranch(local: String($0[1]), remote: String($0[0])) }
    }

    /// - Parameter lines: `nil`: those of standard input.
    private static func references(
        _ lines: [String]?, fieldCount: Int, _ branch: ([Substring]) -> PushedBranch
    ) throws(SourceError) -> [PushedBranch] {
        var result: [PushedBranch] = []
        var rest = lines.map { $0[...] }
        while let line = rest == nil ? readLine() : rest?.popFirst() {
            let fields = line.split(separator: " ")
            guard fields.count == fieldCount else {
                throw SourceError(
                    attempt: "read the pushed references from", subject: "standard input",
                    message:
                        "a line does not have the \(fieldCount == 4 ? "four" : "three") fields that git gives a"
                        + " \(fieldCount == 4 ? "pre-push" : "pre-receive") hook",
                    advice: "Use --pre-push as a pre-push hook, or name the commits with --range")
            }
            result.append(branch(fields))
        }
        return result
    }
}

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
        var result: [PushedBranch] = []
        // "<local ref> <local oid> <remote ref> <remote oid>", githooks(5).
        while let line = readLine() {
            let fields = line.split(separator: " ")
            guard fields.count == 4 else {
                throw SourceError(
                    attempt: "read the pushed references from", subject: "standard input",
                    message: "a line does not have the four fields that git gives a pre-push hook",
                    advice: "Use --pre-push as a pre-push hook, or name the commits with --range")
            }
            result.append(PushedBranch(local: String(fields[1]), remote: String(fields[3])))
        }
        // pre-commit has read the lines itself, and names no range where the first commit of all is pushed.
        if result.isEmpty, Environment.value("PRE_COMMIT") != nil {
            return [PushedBranch(local: Environment.value("PRE_COMMIT_LOCAL_BRANCH") ?? "HEAD", remote: "0")]
        }
        return result
    }
}

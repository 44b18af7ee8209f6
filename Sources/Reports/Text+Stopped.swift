internal import Bytes
import Findings
internal import Rules

/// Where a hook stops something: what was found in few lines, and how to go on.
extension Text {
    /// Commands and lines to paste that are shown of each kind.
    private static let pasteLimit = 10

    /// A finding in three lines.
    mutating func brief(_ finding: Finding) {
        let secret = options.showSecrets ? finding.secret.revealed : finding.secret.redacted
        let severity = finding.severity.rawValue.uppercased()
        lines.append(
            "\(style.severity(severity, finding.severity))  \(style.strong(finding.rule.id.visible))  \(secret.visible)"
        )
        if let first = finding.occurrences.first {
            let place = "\(first.path.visible):\(first.region.startLine):\(first.region.startColumn)"
            lines.append("  \(style.path(place))  \(cut(first.snippet.trimmedForDisplay, behind: place.count + 4))")
        }
        var note = "confidence \(finding.confidence.rawValue)"
        if let origin = finding.occurrences.first?.origin, origin.message != nil, let sentence = origin.sentence {
            note += ", " + sentence
        } else if let commit = finding.occurrences.first?.history?.introduced {
            note += ", commit \(commit.id.abbreviated)"
        }
        let others = finding.occurrences.count - 1
        if others > 0 { note += ", and \(Quantity.count(others, "more place", plural: "more places"))" }
        for remark in finding.remarks { note += "; " + remark.visible }
        lines.append(style.faint("  " + cut("\(note). \(finding.rule.explanation.visible)", behind: 2)))
    }

    /// As much of a text as fits on the line.
    private func cut(_ text: String, behind used: Int) -> String {
        let room = max(20, max(40, options.terminalWidth) - used)
        return text.count > room ? text.prefix(room - 1) + "…" : text
    }

    /// What is not lost yet, how to take the secret out, how to allow it, and how to pass once.
    mutating func wayOn(_ step: StoppedStep) {
        guard !result.findings.isEmpty else {
            if !result.summary.isComplete, let bypass = step.bypass(options.stopped) {
                add("To go on without it", [bypass])
            }
            return
        }
        paragraph(step.state, first: "", rest: "")
        add("Take it out", removal(step))
        if step != .receive { allowing(step) }
        if let bypass = step.bypass(options.stopped) {
            add("Pass once", ["\(bypass)    # a scan in CI will still see it"])
        }
        if !options.isVerbose, step == .commit {
            add("More", ["windsock scan \(options.stopped.takesFiles ? "--uncommitted" : "--staged") --verbose"])
        }
        lines.append("")
    }

    private mutating func add(_ title: String, _ commands: [String]) {
        let width = 14
        for (index, command) in commands.enumerated() {
            let label = index == 0 ? title : ""
            let space = String(repeating: " ", count: max(1, width - label.count))
            lines.append("  " + style.strong(label) + space + command)
        }
    }

    private func removal(_ step: StoppedStep) -> [String] {
        let instead = "# then read the value from the environment or a secret store"
        switch step {
        case .commit:
            let paths = Set(result.findings.flatMap(\.occurrences).map(\.path)).sorted()
            let shown = paths.prefix(Self.pasteLimit).map(Pathspec.quoted).joined(separator: " ")
            let more = paths.count > Self.pasteLimit ? " …" : ""
            guard options.stopped.takesFiles else {
                // Before the first commit there is nothing that could be restored.
                let command = options.headCommit == nil ? "rm --cached --" : "restore --staged --"
                return ["\(options.stopped.git) \(command) \(shown)\(more)", instead]
            }
            let change = "# git took it from the files: change them, and commit again as before"
            // Without a commit there is nothing that changes could be put aside from.
            if options.headCommit == nil { return [change, instead] }
            return [
                change,
                "\(options.stopped.git) stash push -- \(shown)\(more)    # or put their changes aside; git stash pop has them back",
                instead,
            ]
        case .message:
            let command = options.stopped.again("--edit", withMessage: true)
            return [command + (options.stopped.isKnown ? "" : "    # with -a, --amend and paths as before")]
        case .push, .receive:
            let commits = result.findings.flatMap(\.occurrences).compactMap(\.history?.introduced)
            guard let oldest = commits.min(by: { $0.authorTime < $1.authorTime }) else {
                return ["# write the commit or the tag anew, without it, and push again"]
            }
            let id = oldest.id.abbreviated
            // The first commit has none before it; that of a merge is one to stop at only where merges are kept.
            return [
                "\(options.stopped.git) rebase --interactive --rebase-merges \(id)^    # `edit` it, take the secret out, git commit --amend",
                "# where \(id) is the first commit: --root in place of \(id)^; where it is the last: git commit --amend alone",
                instead,
            ]
        }
    }

    private mutating func allowing(_ step: StoppedStep) {
        var rules: Set<String> = []
        let ids = result.findings.map(\.rule.id).filter { rules.insert($0).inserted }
        if step != .message {
            add("Not a secret?", ids.prefix(Self.pasteLimit).map { "windsock:allow \($0.visible) REASON" })
            add("", ["    # that, in a comment on its line; or add to .windsock-baseline:"])
        } else {
            add("Not a secret?", ["# add to .windsock-baseline:"])
        }
        add("", result.findings.prefix(Self.pasteLimit).map { "\($0.fingerprint) \($0.rule.id.visible) REASON" })
        let hidden = result.findings.count - Self.pasteLimit
        if hidden > 0 { add("", ["    # and \(Quantity.grouped(hidden)) more: --verbose shows their fingerprints"]) }
    }
}

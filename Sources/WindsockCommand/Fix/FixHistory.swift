import ArgumentParser
import Bytes
import Findings
import FoundationEssentials
import Git
import History
import Pipeline
import Remediation
import Reports
import ScanSources

/// What to do about secrets that a history keeps.
struct FixHistory {
    private let repository: String
    private let result: ScanResult
    private let copies: RepositoryCopies

    init(
        repository: String, _ rules: RuleOptions, _ thresholds: ThresholdOptions
    ) throws(CommandFailure) {
        self.repository = repository
        result = try FixScan.run(.history(HistorySelection()), repository: repository, rules, thresholds).result
        copies = try RepositoryCopies(GitProgram(folder: repository))
    }

    /// - Parameter output: Where the file goes; `nil`: to the folder of what is needed later.
    func run(writes: Bool, output: String?, checklist: String?) throws {
        for problem in result.summary.problems {
            StandardError.write("windsock: \(problem.subject): \(problem.message)\n")
        }
        if result.findings.isEmpty {
            print("the history has no secret that a scan reports")
            if !result.summary.isComplete { throw ExitCode(ExitStatus.incomplete.rawValue) }
            return
        }
        var file: String?
        if writes { file = try write(to: output) }
        let text = ([overview] + steps(file)).joined(separator: "\n") + "\n"
        if output == "-" { StandardError.write(text) } else { print(text, terminator: "") }
        if let checklist {
            let entries = result.findings.map { FixChecklist.Entry(finding: $0, places: places($0)) }
            try OutputFile.write(Array(FixChecklist.text(entries).utf8), path: checklist)
        }
        throw ExitCode(ExitStatus.findings.rawValue)
    }

    // MARK: The file of replacements

    private func write(to output: String?) throws(CommandFailure) -> String {
        let path: String
        if let output {
            path = output
        } else {
            let folder = try StateFolder.path("history")
            try StateFolder.make(folder)
            path = "\(folder)/\(Int(Date().timeIntervalSince1970))-\(ProcessInfo.processInfo.processIdentifier).txt"
        }
        let spellings = try spellings()
        let long = spellings.filter { $0.count >= Self.shortest }
        if long.count < spellings.count {
            StandardError.write(
                "windsock: \(Quantity.count(spellings.count - long.count, "spelling")) of secrets shorter than \(Self.shortest) characters left out: they would be replaced within other words. Remove their files with git filter-repo --path instead\n"
            )
        }
        try OutputFile.write(ReplaceText.file(long), path: path, isPrivate: true)
        if path != "-", try isInWorkTree(path) {
            StandardError.write(
                "windsock: \(path) holds the secrets, and stands in the repository: move it out, and do not commit it\n"
            )
        }
        return path
    }

    /// Shorter texts stand in other words.
    private static let shortest = 8

    private func isInWorkTree(_ path: String) throws(CommandFailure) -> Bool {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let outcome = try GitProgram(folder: folder.isEmpty ? "/" : folder).run("rev-parse", "--is-inside-work-tree")
        return outcome.status == 0 && outcome.output == "true"
    }

    /// Each secret in every way in which it is written somewhere.
    private func spellings() throws(CommandFailure) -> Set<[UInt8]> {
        var found: Set<[UInt8]> = []
        var contents: [String: [UInt8]] = [:]
        for finding in result.findings where !finding.secret.isVisible {
            found.insert(finding.secret.value.bytes)
            for occurrence in finding.occurrences {
                guard let blob = occurrence.origin.blob else { continue }
                let id = "\(blob)"
                if contents[id] == nil { contents[id] = EncodedText(try content(of: id))?.text ?? [] }
                guard let text = contents[id], !text.isEmpty else { continue }
                var lines = TextPlaces(text)
                let written = Array(text[lines.range(of: occurrence.region)])
                if !written.isEmpty { found.insert(written) }
            }
        }
        return found
    }

    private func content(of id: String) throws(CommandFailure) -> [UInt8] {
        do throws(SystemError) {
            return try ChildProcess.run(
                ["git", "-C", repository, "cat-file", "blob", id],
                environment: GitProgram(folder: repository).environment
            ).output
        } catch {
            throw CommandFailure("could not run git: \(error.reason). Is it installed, and in PATH?")
        }
    }

    // MARK: What is said

    private func places(_ finding: Finding) -> [String] {
        finding.occurrences.map { occurrence in
            let commit = occurrence.history?.introduced.map { ", since commit \("\($0.id)".prefix(12))" } ?? ""
            return "`\(occurrence.path.visible)`, line \(occurrence.region.startLine)\(commit)"
        }
    }

    private var overview: String {
        result.findings.map { finding in
            var references: [String] = []
            for occurrence in finding.occurrences {
                guard let history = occurrence.history else { continue }
                for name in history.reachability.names + history.branches + history.tags.map({ "tag \($0)" })
                where !references.contains(name) && !references.contains("tag \(name)") { references.append(name) }
                switch history.reachability {
                case .stash: if !references.contains("the stash") { references.append("the stash") }
                case .reflog: if !references.contains("the reflog") { references.append("the reflog") }
                case .unreachable:
                    if !references.contains("objects that nothing reaches") {
                        references.append("objects that nothing reaches")
                    }
                case .references: break
                }
            }
            let kept =
                references.isEmpty ? "" : "; kept by \(references.prefix(8).map(\.visible).joined(separator: ", "))"
            return
                "\(finding.rule.id) \(finding.secret.redacted.visible): \(Quantity.count(finding.occurrences.count, "place"))\(kept)"
        }.joined(separator: "\n")
    }

    private func steps(_ file: String?) -> [String] {
        let name = file.map { $0 == "-" ? "FILE" : $0 } ?? "FILE"
        var lines = [
            "", "In this order:",
            "1. Rotate each of them. After that a rewritten history is tidiness; before that it protects nobody.",
            "2. Have everybody push or drop what they have, and stop pushing.",
            "3. In a fresh clone (git clone --mirror), with git-filter-repo 2.47 or later: git filter-repo --sensitive-data-removal --replace-text \(name) --replace-message \(name)",
            "4. git push --force --mirror; protected branches have to allow that for as long.",
            "5. Ask the host to drop what it keeps besides: pull requests, caches, pages. Have forks deleted or rewritten by those who own them.",
            "6. Everybody clones anew: one push out of an old clone brings it all back.",
            "7. Look: windsock scan --history",
        ]
        if let file, file != "-" { lines.append("8. Delete \(file): it holds the secrets.") }
        lines += ["", "What keeps a copy, as far as this clone knows:"] + copies.lines
        lines += [
            "What it cannot know: forks, other clones, pull requests, caches and artifacts of CI, images and packages that were built, backups, mirrors, search engines."
        ]
        if file == nil { lines += ["", "nothing was written; --write makes FILE, which will hold the secrets"] }
        return lines
    }
}

/// What in and around a clone keeps commits.
struct RepositoryCopies {
    /// A line each.
    let lines: [String]

    private static let longest = 12

    init(_ git: GitProgram) throws(CommandFailure) {
        var lines: [String] = []
        func add(_ what: String, _ names: [String]) {
            guard !names.isEmpty else { return }
            let shown = names.prefix(Self.longest).map { $0.visible }.joined(separator: ", ")
            lines.append(
                "- \(what): \(shown)\(names.count > Self.longest ? " and \(names.count - Self.longest) more" : "")")
        }
        func list(_ arguments: String...) throws(CommandFailure) -> [String] {
            let outcome = try git.run(arguments)
            return outcome.status == 0 ? outcome.output.split(separator: "\n").map(String.init) : []
        }
        let references = try list("for-each-ref", "--format=%(refname)")
        func named(_ prefix: String) -> [String] {
            references.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        }
        add("branches", named("refs/heads/"))
        add("branches of remotes", named("refs/remotes/"))
        add("tags", named("refs/tags/"))
        add("notes", named("refs/notes/"))
        let known = ["refs/heads/", "refs/remotes/", "refs/tags/", "refs/notes/", "refs/stash"]
        add("other references", references.filter { name in !known.contains { name.hasPrefix($0) } })
        let stashes = try list("stash", "list", "--format=%gd")
        if !stashes.isEmpty {
            lines.append("- stashes, which filter-repo leaves alone; drop them: \(stashes.joined(separator: ", "))")
        }
        let trees = try list("worktree", "list", "--porcelain").filter { $0.hasPrefix("worktree ") }.dropFirst()
        add("other work trees, which share the objects", trees.map { String($0.dropFirst("worktree ".count)) })
        let logged = try list("reflog", "--all", "--format=%H").count
        if logged > 0 {
            lines.append(
                "- the reflog, \(Quantity.count(logged, "entry", plural: "entries")): git reflog expire --expire=now --all && git gc --prune=now"
            )
        }
        add("remotes", try list("remote"))
        let alternates = try list("rev-parse", "--git-path", "objects/info/alternates").first ?? ""
        let path = alternates.hasPrefix("/") ? alternates : "\(git.folder)/\(alternates)"
        if let content = FileManager.default.contents(atPath: path) {
            add(
                "repositories that this one borrows objects from",
                String(decoding: content, as: UTF8.self).split(separator: "\n").map(String.init))
        }
        self.lines = lines.isEmpty ? ["- nothing but the objects themselves"] : lines
    }
}

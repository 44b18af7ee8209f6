import TestSupport
import Testing

/// Small mistakes, of people and of their tools: each is said by its name, or does no harm.
@Suite struct UsableMistakeTests {
    private let key = RandomKey(1580)

    private func story(_ files: [String: String] = [:]) -> RepositoryBuilder {
        RepositoryBuilder().commit("first", files.merging(["a.env": key.line]) { given, _ in given })
    }

    // MARK: Words

    @Test(arguments: [["--min-confidence=nope"], ["--nope"], ["--baseline"]])
    func anErrorInAHooksOptionsNamesTheWholeCommand(_ options: [String]) {
        let outcome = Windsock.run(["hook", "install", "--"] + options, in: story())
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("See 'windsock hook run --help'"), "\(outcome.errors)")
        #expect(outcome.errors.contains("Usage: windsock hook run"))
    }

    @Test(arguments: [
        ("nope", "`windsock rules list`"), ("mistral-api-ky", "did you mean mistral-api-key?"),
        ("acme-tokn", "did you mean acme-token?"),
    ])
    func aBaselineTakesNoRuleThatThereIsNot(_ rule: String, _ words: String) {
        let own = "[[rules]]\nid = 'acme-token'\nregex = 'acme_[a-z]{9}'\nkeywords = ['acme_']\n"
        let story = story([".windsock.toml": own])
        let fingerprint = "v1:" + String(repeating: "ab", count: 16)
        let outcome = Windsock.run(["baseline", "add", "--rule", rule, fingerprint], in: story)
        #expect(outcome.status == 2 && outcome.errors.contains("--rule: there is no rule \(rule)"), "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(Command.run(["test", "-e", story.path + "/.windsock-baseline"]).status != 0)
        for known in ["mistral-api-key", "acme-token", "generic-api-key", "hygiene-secret-file"] {
            Windsock.run(["baseline", "add", "--rule", known, fingerprint], in: story).expectSuccess()
        }
    }

    @Test(arguments: [["--staged"], ["--history"], ["--uncommitted"], ["--range", "HEAD"]])
    func aPathThatIsNotThereIsNotCalledARepositoryThatIsNone(_ mode: [String]) {
        let outcome = Windsock.run(["scan"] + mode + ["nonexistent/path"], in: story())
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains("there is no file or folder nonexistent/path. Check the spelling"),
            "\(outcome.errors)")
    }

    @Test(arguments: [["create"], ["prune"], ["check"]]) func aBaselineOfAPathThatIsNotThere(_ command: [String]) {
        let outcome = Windsock.run(["baseline"] + command + ["nonexistent"], in: story([".windsock-baseline": ""]))
        #expect(outcome.status == 2 && outcome.errors.contains("nonexistent: No such file"), "\(command) \(outcome)")
    }

    @Test(arguments: [
        ("allow-line", "allow"), ("allow-this-line", "allow"), ("allow-here", "allow"), ("ignore-line", "allow"),
        ("allow-next", "allow-next-line"),
        ("allow-nextline", "allow-next-line"), ("skip-next-line", "allow-next-line"), ("allow-begin", "allow-start"),
        ("allow-block", "allow-start"),
        ("disable", "allow-start"), ("allow-stop", "allow-end"), ("enable", "allow-end"),
        ("allow-this-file", "allow-file"), ("ignore-file", "allow-file"),
        ("allw-file", "allow-file"), ("alow", "allow"),
    ]) func aCommentThatIsNoneIsCalledWhatItMeans(_ word: String, _ meant: String) throws {
        let story = RepositoryBuilder().commit("first", ["a.env": "\(key.assignment) # windsock:\(word)\n"])
        let scan = Windsock.run(["scan", "--report-unused-allows"], in: story)
        let said = scan.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(said.contains("did you mean windsock:\(meant)?"), "\(said)")
    }

    // MARK: Files

    private static let mark = "\u{FEFF}"

    @Test func aByteOrderMarkIsNoPartOfAFile() throws {
        let story = story()
        Windsock.run(["baseline", "create", "--no-hygiene"], in: story).expectSuccess()
        let text = String(decoding: story.directory.read(story.relative(".windsock-baseline")), as: UTF8.self)
        let entry = try #require(text.split(separator: "\n").last)
        for content in [Self.mark + text, Self.mark + entry + "\r\n"] {
            story.write([".windsock-baseline": content])
            for mode in [[], ["--staged"], ["--history", "--no-hygiene"]] {
                let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
                #expect(scan.status == 0, "\(scan.outcome.errors)")
            }
            #expect(
                try Windsock.scan("--no-repository-config", "--baseline", ".windsock-baseline", in: story).status == 0)
        }
        story.write([
            ".windsock-baseline": "", ".windsock.toml": Self.mark + "exclude = ['a.env']\n",
            "r.toml": Self.mark + "exclude = ['b']\n",
        ])
        let scan = try Windsock.scan(".", "a.env", in: story)
        #expect(scan.report.findings.isEmpty && scan.outcome.errors.isEmpty, "\(scan.outcome.errors)")
        #expect(Windsock.run(["scan", "--config", "r.toml"], in: story).status == 1)
    }

    @Test(arguments: [".windsock-baseline", "ci/known", ".windsock.toml", ".gitleaks.toml"])
    func marksOfAMergeConflictAreNamedWithTheirLine(_ file: String) {
        let story = story([".windsock.toml": file == "ci/known" ? "baseline = ['ci/known']\n" : ""])
        let fingerprint = "v1:" + String(repeating: "ab", count: 16)
        let line = file.hasSuffix(".toml") ? "minConfidence = 'low'" : "\(fingerprint) mistral-api-key x"
        if file == ".gitleaks.toml" { story.commit("away", [".windsock.toml": nil]) }
        story.write([
            file:
                "# head\n\(file.hasSuffix(".toml") ? "" : line)\n<<<<<<< HEAD\n\(line)\n=======\n\(line)\n>>>>>>> other\n"
        ])
        for mode in [[], ["--staged"]] {
            if mode == ["--staged"] { story.git("add", "--all", "--force") }
            let outcome = Windsock.run(["scan"] + mode, in: story)
            #expect(outcome.status == 2, "\(outcome)")
            #expect(outcome.errors.contains("\(file):3: "), "\(outcome.errors)")
            if !file.hasSuffix(".toml") { #expect(outcome.errors.contains("merge conflict"), "\(outcome.errors)") }
        }
        if !file.hasSuffix(".toml") {
            for command in [["list"], ["create"], ["prune"]] {
                let outcome = Windsock.run(["baseline"] + command + ["-o", file], in: story)
                #expect(outcome.status == 2 && outcome.errors.contains("merge conflict"), "\(command) \(outcome)")
            }
        }
    }

    // MARK: Links

    @Test func whatALinkLeadsToIsWritten() throws {
        let story = story(["ci/known": "# nothing\n"])
        story.shell(
            "ln -s ci/known .windsock-baseline && ln -s ci/report.json report && ln -s ../repository/ci/other out")
        Windsock.run(["baseline", "create", "--no-hygiene"], in: story).expectSuccess()
        Windsock.run(["baseline", "create", "--no-hygiene", "-o", "out"], in: story).expectSuccess()
        Windsock.run(["scan", "--format", "json", "--output", "report"], in: story).expectSuccess()
        for (link, target) in [(".windsock-baseline", "ci/known"), ("report", "ci/report.json"), ("out", "ci/other")] {
            story.shell("test -L \(link) && test -s \(target)")
        }
        #expect(String(decoding: story.directory.read(story.relative("ci/known")), as: UTF8.self).contains("v1:"))
    }

    /// Whoever may change a repository may have made it.
    @Test(arguments: ["../mine", "sub/../../mine", "/tmp/../ABSOLUTE"])
    func aLinkThatLeadsOutOfTheRepositoryIsNotFollowed(_ target: String) {
        let story = story()
        let mine = story.directory.write("mine", "mine\n")
        let target = target.contains("ABSOLUTE") ? mine : target
        story.shell("mkdir sub && ln -s \(target) .windsock-baseline")
        for command in [
            ["create"], ["prune"], ["add", "v1:" + String(repeating: "ab", count: 16), "--rule", "mistral-api-key"],
        ] {
            let outcome = Windsock.run(["baseline"] + command, in: story)
            #expect(outcome.status == 2 && outcome.errors.contains("leads out of the repository"), "\(outcome)")
        }
        #expect(story.directory.read("mine") == Array("mine\n".utf8))
        // Named, it is meant.
        story.shell("rm .windsock-baseline && ln -s \(target) named && rm \(mine)")
        Windsock.run(["baseline", "create", "-o", "named"], in: story).expectSuccess()
        story.shell("test -L named && test -s \(mine)")
    }

    // MARK: Forms of one rule

    @Test(arguments: [
        (".gitleaks.toml", "[[rules]]\nid = 'mistral-api-key'\n[[rules.allowlists]]\npaths = ['a.env']\n"),
        (".windsock.toml", "[[allowlists]]\npaths = ['a.env']\ntargetRules = ['mistral-api-key', 'generic-secret']\n"),
    ]) func anAllowListForARuleIsForItsOtherForms(_ file: String, _ text: String) throws {
        let scan = try Windsock.scan(in: story([file: text]))
        #expect(!scan.report.findings.contains { $0.rule.hasPrefix("mistral") }, "\(scan.report.findings)")
        #expect(scan.report.summary.suppressedBy == [file: 1])
    }

    @Test func aCommentForARuleIsForItsOtherForms() throws {
        // A value that only the rule for documented names takes.
        let text = "from mistralai import Mistral\nMISTRAL_API_KEY=d3aon2z3fgqn0f44pjs0"
        let story = RepositoryBuilder().commit("first", ["a.py": text + "\n"])
        #expect(try Windsock.scan(in: story).report.findings.map(\.rule) == ["mistral-api-key-documented"])
        story.write(["a.py": text + " # windsock:allow mistral-api-key\n"])
        #expect(try Windsock.scan(in: story).report.summary.suppressed == ["inline": 1])
    }
}

extension RepositoryBuilder {
    fileprivate func shell(_ script: String) { Command.run(["sh", "-c", script], in: path).expectSuccess() }
}

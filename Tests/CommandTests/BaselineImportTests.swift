import Bytes
import Foundation
import TestSupport
import Testing

/// What other scanners know is looked for, and what is found is accepted.
@Suite struct BaselineImportTests {
    private let key = RandomKey(970)
    private let other = RandomKey(971)

    /// A file with the key in line 2, and one with the other key that nobody knows.
    private func story() -> RepositoryBuilder {
        RepositoryBuilder().commit("first", ["conf/a.env": "A=1\n" + key.line, "b.env": other.line])
    }

    private func hash(_ text: String) -> String {
        var sum = SHA256()
        sum.update(Array(text.utf8))
        return sum.finalize().withUnsafeBytes(\.hexadecimal)
    }

    private func sha1(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { SHA1.digest($0) }.withUnsafeBytes(\.hexadecimal)
    }

    /// - Parameter gone: What is listed as not found.
    private func check(_ name: String, _ text: String, gone: String, in story: RepositoryBuilder? = nil) throws {
        let story = story ?? self.story()
        story.write([name: text])
        let outcome = Windsock.run(["baseline", "import", name], in: story)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("1 new; 1 of 2 entries of \(name) found"), "\(outcome.output)\(outcome.errors)")
        #expect(
            outcome.errors.contains("nothing was found of 1 entry") && outcome.errors.contains(gone),
            "\(outcome.errors)")
        #expect(!outcome.reveals(key.description) && !outcome.reveals(other.description))
        let left = try Windsock.scan("conf", "b.env", in: story)
        #expect(left.places == ["b.env:1"])
        let text = String(decoding: story.directory.read(story.relative(".windsock-baseline")), as: UTF8.self)
        #expect(text.contains("imported from \(name.split(separator: "/").last!)"))
        // What is no baseline of ours says what to do.
        let used = Windsock.run(["scan", "--baseline", name], in: story)
        #expect(used.status == 2 && used.errors.contains("windsock baseline import \(name)"), "\(used.errors)")
    }

    @Test func gitleaksIgnore() throws {
        try check(
            ".gitleaksignore", "# known\nconf/a.env:generic-api-key:2\nconf/a.env:generic-api-key:7\n",
            gone: "conf/a.env:generic-api-key:7")
        let story = story()
        story.commit("gone", ["conf/a.env": "A=1\n"])
        let commit = story.id("HEAD~1")
        story.write([".gitleaksignore": "\(commit):conf/a.env:generic-api-key:2\n"])
        let outcome = Windsock.run(["baseline", "import", ".gitleaksignore"], in: story)
        #expect(outcome.output.contains("1 of 1 entry"))
        #expect(try Windsock.scan("--history", "--no-hygiene", in: story).places == ["b.env:1"])
    }

    @Test(arguments: ["kingfisher", "windsock", "detect-secrets", "ggshield", "gitleaks-ignore"])
    func aFileOfAnotherKindIsRefusedAndNotShown(_ format: String) {
        let story = story()
        story.write(["x": format == "gitleaks-ignore" ? "[1]\n" : "[{\"a\": \"\(key)\"}]\n", "y": key.line])
        let outcome = Windsock.run(["baseline", "import", "x", "--from", format], in: story)
        #expect(outcome.status == (format == "gitleaks-ignore" ? 0 : 2), "\(outcome)")
        for format in ["gitleaks-ignore", "trufflehog", format] {
            let outcome = Windsock.run(["baseline", "import", "y", "--from", format], in: story)
            #expect(!outcome.reveals(key.description), "\(format)")
        }
    }

    @Test func betterleaksReport() {
        let story = story()
        let entry = "[{\"RuleID\": \"x\", \"Secret\": \"\(key)\", \"File\": \"conf/a.env\", \"StartLine\": 2}]"
        story.write(["b.json": entry, "empty.json": "[]\n"])
        for format in [[], ["--from", "betterleaks"]] {
            let outcome = Windsock.run(["baseline", "import", "b.json"] + format, in: story)
            #expect(outcome.output.contains("1 of 1 entry of b.json found"), "\(outcome)")
        }
        #expect(Windsock.run(["baseline", "import", "empty.json"], in: story).status == 0)
    }

    @Test func gitleaksReport() throws {
        func entry(_ secret: String, _ line: Int) -> String {
            #"{"RuleID": "generic-api-key", "Secret": "\#(secret)", "File": "conf/a.env", "StartLine": \#(line), "Commit": ""}"#
        }
        try check(
            "report.json", "[\(entry(key.description, 2)), \(entry("no-such-secret-anywhere", 3))]",
            gone: "conf/a.env:3 (generic-api-key)")
        try check(
            "redacted.json", "[\(entry("REDACTED", 2)), \(entry("REDACTED", 3))]",
            gone: "conf/a.env:3 (generic-api-key)")
    }

    @Test func hashes() throws {
        try check(
            ".betterleaksignore", "# sha256\n\(hash(key.description))  # ours\n\(hash("nothing"))\n",
            gone: String(hash("nothing").prefix(12)))
        try check(
            "list.json", "[\"\(hash(key.description).uppercased())\", \"\(hash("nothing"))\"]",
            gone: String(hash("nothing").prefix(12)))
    }

    @Test func detectSecrets() throws {
        func entry(_ value: String, _ line: Int) -> String {
            #"{"type": "Secret Keyword", "filename": "conf/a.env", "hashed_secret": "\#(sha1(value))", "line_number": \#(line)}"#
        }
        try check(
            ".secrets.baseline",
            #"{"version": "1.4.0", "plugins_used": [], "results": {"conf/a.env": [\#(entry(key.description, 2)), \#(entry("x", 9))]}}"#,
            gone: "conf/a.env:9 (Secret Keyword)")
    }

    /// Kept to be dealt with is not accepted, also where another entry of the same value is not audited.
    @Test func whatIsConfirmedElsewhereIsNotTakenIn() throws {
        func entry(_ value: RandomKey, _ line: Int, _ audit: String) -> String {
            #"{"type": "Secret Keyword", "hashed_secret": "\#(sha1(value.description))", "line_number": \#(line)\#(audit)}"#
        }
        let story = story()
        let entries = [
            entry(key, 2, #", "is_secret": true"#), entry(key, 3, #", "is_secret": false"#),
            entry(other, 1, #", "is_secret": false"#),
        ]
        story.write([
            ".secrets.baseline":
                #"{"version": "1.4.0", "results": {"conf/a.env": [\#(entries.joined(separator: ", "))]}}"#
        ])
        let outcome = Windsock.run(["baseline", "import", ".secrets.baseline"], in: story)
        #expect(outcome.status == 0 && outcome.output.contains("1 new"), "\(outcome)")
        #expect(outcome.errors.contains("1 entry of .secrets.baseline is confirmed secrets"), "\(outcome.errors)")
        #expect(outcome.errors.contains("conf/a.env:2 (Secret Keyword)") && outcome.errors.contains("baseline add"))
        #expect(try Windsock.scan("conf", "b.env", in: story).places == ["conf/a.env:2"])
    }

    @Test func whatAReportSaysIsLiveIsNotTakenIn() throws {
        let story = story()
        let report = Windsock.run(["scan", "conf", "--format", "json"], in: story).output
        story.write([
            "known.json": report.replacing(
                "\"occurrences\"", with: "\"verification\":{\"verdict\":\"live\"},\"occurrences\"")
        ])
        let outcome = Windsock.run(["baseline", "import", "known.json"], in: story)
        #expect(outcome.output.contains("0 new") && outcome.errors.contains("confirmed"), "\(outcome)")
        #expect(try Windsock.scan("conf", in: story).places == ["conf/a.env:2"])
    }

    @Test func patternsThatAreNoneAreNotToBePasted() throws {
        let story = story()
        story.write([
            "exclude.txt": "^conf/.*\\.env$\n(^vendor/\n[a-\n\\p{Greek}x\n",
            ".gitguardian.yaml": "paths-ignore:\n  - conf/**\n  - '!conf/b'\n  - ../x\n",
        ])
        let outcome = Windsock.run(["baseline", "import", "exclude.txt"], in: story)
        #expect(outcome.output.contains("1 new; 1 of 1 entry"), "\(outcome.output)")
        #expect(outcome.errors.contains("paths = ['^conf/.*\\.env$']\n"), "\(outcome.errors)")
        #expect(
            outcome.errors.contains("left out: the pattern (^vendor/") && outcome.errors.contains("the pattern [a-"))
        let globs = Windsock.run(["baseline", "import", ".gitguardian.yaml"], in: story)
        #expect(globs.errors.contains("exclude = ['conf/**']\n"), "\(globs.errors)")
        #expect(globs.errors.contains("left out: the path pattern !conf/b"))
    }

    @Test func kingfisher() throws {
        try check(
            "baseline.yml",
            """
            ExactFindings:
              matches:
              - filepath: conf/a.env/
                fingerprint: '389162583612032034'
                linenum: 2
                lastupdated: Mon, 14 Jul 2025 10:17:56 -0700
              - filepath: "conf/gone.env/"
                fingerprint: 14862156687550263216
                linenum: 5

            """, gone: "conf/gone.env:5")
    }

    @Test func ggshield() throws {
        try check(
            ".gitguardian.yaml",
            """
            version: 2
            secret:
              ignored_matches:
                - name: the test key
                  match: \(hash("\(key.description),apikey"))
                - match: no-such-secret-anywhere   # a comment
                  name: 'somebody''s'
              ignored_detectors:
                - Generic Password

            """, gone: "somebody's")
        let story = story()
        story.write([".gitguardian.yml": "paths-ignore:\n  - conf/**\nmatches-ignore:\n  - \(other.description)\n"])
        let outcome = Windsock.run(["baseline", "import", ".gitguardian.yml"], in: story)
        #expect(outcome.output.contains("2 new; 2 of 2 entries"))
        #expect(outcome.errors.contains("exclude = ['conf/**']"))
        #expect(Windsock.run(["scan"], in: story).status == 0)
    }

    @Test func trufflehog() throws {
        let story = story()
        story.write(["exclude.txt": "^conf/.*\\.env$\n(^|/)vendor/\n"])
        let outcome = Windsock.run(["baseline", "import", "exclude.txt"], in: story)
        #expect(outcome.output.contains("1 new; 1 of 2 entries"))
        #expect(outcome.errors.contains("[[allowlists]]\n  paths = ['^conf/.*\\.env$', '(^|/)vendor/']"))
        #expect(try Windsock.scan("conf", "b.env", in: story).places == ["b.env:1"])
    }

    @Test func itsOwnReport() throws {
        let story = story()
        let report = Windsock.run(["scan", "conf", "--format", "json"], in: story).output
        story.write(["known.json": report])
        #expect(
            Windsock.run(["baseline", "import", "known.json", "--reason", "audit", "--owner", "ada"], in: story).output
                .contains("1 new; 1 of 1 entry"))
        let lines = Windsock.run(["scan", "conf", "--format", "jsonl", "--no-baseline"], in: story).output
        story.write(["known.jsonl": lines])
        #expect(Windsock.run(["baseline", "import", "known.jsonl"], in: story).output.contains("0 new; 1 of 1 entry"))
        let text = String(decoding: story.directory.read(story.relative(".windsock-baseline")), as: UTF8.self)
        #expect(text.contains("owner=ada audit\n"))
    }

    @Test func rulesAndUnknownFilesAreTold() {
        let story = story()
        story.write([
            "betterleaks.toml": "[[rules]]\nid = 'a'\nregex = 'abc'\nkeywords = ['abc']\nvalidate = 'cel'\n",
            "what": "hello\nworld\n",
        ])
        let rules = Windsock.run(["baseline", "import", "betterleaks.toml"], in: story)
        #expect(
            rules.status == 0 && rules.errors.contains(#""validate""#)
                && rules.output.contains("1 rule and 0 allow-lists"))
        let unknown = Windsock.run(["baseline", "import", "what"], in: story)
        #expect(unknown.status == 2 && unknown.errors.contains("--from") && unknown.errors.contains("detect-secrets"))
    }
}

/// A suppression is narrow if a new secret beside it is found.
@Suite struct BaselineCheckTests {
    private let key = RandomKey(980)

    private func check(_ files: [String: String]) -> Command.Outcome {
        let story = RepositoryBuilder().write(files)
        return Windsock.run(["baseline", "check"], in: story)
    }

    @Test func whatIsNarrowIsProved() {
        let story = RepositoryBuilder().write([
            "a.env": key.line + "LAST=1", "b.env": "\(RandomKey(981).assignment) # windsock:allow\n",
            "c.env": RandomKey(982).line, "d": "1",
            ".windsock.toml": "[[allowlists]]\ndescription = 'that one'\nregexes = ['^\(RandomKey(982))$']\n",
        ])
        Windsock.run(["baseline", "create", "--no-hygiene"], in: story).expectSuccess()
        let outcome = Windsock.run(["baseline", "check"], in: story)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(
            outcome.output == """
                narrow: comments: beside 1 place a new secret is found
                narrow: the allow-list "that one" of .windsock.toml: beside 1 place a new secret is found
                narrow: the baseline .windsock-baseline: beside 1 place a new secret is found

                """)
        #expect(check(["a": "1"]).output == "nothing is suppressed here\n")
    }

    @Test(arguments: [
        (
            ".windsock.toml", "[[allowlists]]\ndescription = 'vendored'\npaths = ['^x/']\n",
            #"the allow-list "vendored" of .windsock.toml"#
        ),
        (".windsock.toml", "[[allowlists]]\nregexes = ['[A-Z]']\n", "an allow-list of .windsock.toml"),
        (".windsock.toml", "exclude = ['x/']\n", "exclude x/ of .windsock.toml"),
        (
            ".windsock.toml",
            "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key', 'mistral-api-key-documented', 'generic-secret']\n",
            "disabledRules"
        ),
        ("x/b.env", "# windsock:allow-file\nA=1\n", "a comment for more than a line"),
    ]) func whatSwallowsANewSecretIsListed(_ name: String, _ text: String, _ suppressor: String) {
        let outcome = check(["x/a.env": key.line, name: text])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("broad: ") && outcome.output.contains(suppressor), "\(outcome.output)")
        #expect(outcome.output.contains("x/"))
    }
}

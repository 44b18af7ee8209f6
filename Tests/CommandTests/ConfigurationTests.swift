import TestSupport
import Testing

/// Where configurations are found, what they may say, and whose words count.
@Suite struct ConfigurationTests {
    private let key = RandomKey(950)
    private static let rule = """
        [[rules]]
        id = "acme-token"
        regex = 'acme_[a-z0-9]{24}'
        keywords = ["acme_"]

        """
    private static let token = "acme_k3q9z7m1x5v8b2n6t4r0w9y3"

    private func story(_ files: [String: String]) -> RepositoryBuilder { RepositoryBuilder().commit("first", files) }

    private func words(_ outcome: String) -> String {
        outcome.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    // MARK: Where

    /// B2: what is scanned decides, and not where one stands.
    @Test func itIsFoundFromWhatIsScannedUpwards() throws {
        let story = story([".windsock.toml": Self.rule, "a": Self.token, "sub/deep/b": Self.token, "sub/deep/c": "1"])
        let beside = story.directory.path
        #expect(try Windsock.scan("repository", in: beside).places == ["a:1", "sub/deep/b:1"])
        #expect(try Windsock.scan("repository/sub/deep", in: beside).places == ["sub/deep/b:1"])
        #expect(try Windsock.scan("repository/sub/deep/b", in: beside).places == ["sub/deep/b:1"])
        #expect(try Windsock.scan("../..", in: story.path + "/sub/deep").places == ["a:1", "sub/deep/b:1"])
        story.stage(["d": Self.token])
        for folder in [story.path, story.path + "/sub/deep"] {
            #expect(try Windsock.scan("--staged", in: folder).places == ["d:1"])
            #expect(try Windsock.scan("--uncommitted", in: folder).places == ["d:1"])
        }
        // Beyond the top of the repository nothing is looked for.
        story.directory.write(".windsock.toml", "[[allowlists]]\npaths = ['.']\n")
        let inner = story.sibling("repository")
        inner.git("rm", "--quiet", "--force", ".windsock.toml")
        inner.write(["m.env": key.line])
        #expect(try Windsock.scan("m.env", in: inner).places == ["m.env:1"])
    }

    @Test func theNearestOneCountsForWhatIsBelowIt() throws {
        let list = "[[allowlists]]\ndescription = 'samples'\npaths = ['^samples/']\n"
        let story = story([
            "one/.windsock.toml": list, "one/samples/a.env": key.line, "two/samples/a.env": RandomKey(951).line,
            "samples/a.env": RandomKey(952).line,
        ])
        // Each with what is named below it; the paths of a list begin where its file stands.
        let both = try Windsock.scan("one", "two", in: story)
        #expect(both.places == ["two/samples/a.env:1"])
        #expect(both.report.summary.suppressedBy == ["one/.windsock.toml": 1])
        #expect(try Windsock.scan("one/samples", in: story).places == [])
        #expect(try Windsock.scan(in: story).places.count == 3)
    }

    @Test func aVariableAndAnOptionNameAnotherInItsPlace() throws {
        let story = story([
            ".windsock.toml": "exclude = ['a']\n", "other.toml": "exclude = ['b']\n", "a": key.line,
            "b": RandomKey(953).line,
        ])
        let environment = ["WINDSOCK_CONFIG": "other.toml"]
        #expect(try Windsock.scan(in: story).places == ["b:1"])
        #expect(try Windsock.scan(in: story, environment: environment).places == ["a:1"])
        #expect(try Windsock.scan("--config", ".windsock.toml", in: story, environment: environment).places == ["b:1"])
        let missing = Windsock.run(["scan"], in: story, environment: ["WINDSOCK_CONFIG": "nowhere.toml"])
        #expect(
            missing.status == 2 && missing.errors.contains("WINDSOCK_CONFIG") && missing.errors.contains("nowhere.toml")
        )
    }

    @Test func theUsersOwnStandsBelow() throws {
        let story = story([
            "a": Self.token, "b.env": key.line, ".windsock.toml": "exclude = ['b.env']\nminConfidence = 'low'\n",
        ])
        story.directory.write(
            "home/windsock/config.toml",
            "minConfidence = 'high'\nexclude = ['c.env']\n[extend]\nuseDefault = true\n" + Self.rule)
        story.write(["c.env": RandomKey(954).line])
        let environment = ["XDG_CONFIG_HOME": story.directory("home")]
        // Lists add up, and of single values the repository's is nearer: the rule of medium confidence is shown.
        #expect(try Windsock.scan(in: story, environment: environment).places == ["a:1"])
        #expect(try Windsock.scan("--no-repository-config", in: story, environment: environment).places == ["b.env:1"])
        #expect(
            try Windsock.scan("--min-confidence", "high", "--no-repository-config", in: story, environment: environment)
                .places == ["b.env:1"])
        let show = Windsock.run(["config", "show"], in: story, environment: environment)
        show.expectSuccess()
        for line in [
            #"minConfidence = "low" # .windsock.toml"#, #"minSeverity = "low" # built in"#,
            #"exclude "b.env" # .windsock.toml"#,
            "rule acme-token # ", #"exclude "c.env" # "#,
        ] {
            #expect(words(show.output).contains(line), "\(line)\n\(show.output)")
        }
        #expect(show.output.contains(story.directory("home/windsock/config.toml")))
        let variable = ["WINDSOCK_MIN_CONFIDENCE": "high"].merging(environment) { $1 }
        #expect(
            Windsock.run(["config", "show"], in: story, environment: variable).output.contains(
                "# WINDSOCK_MIN_CONFIDENCE"))
        #expect(
            Windsock.run(["config", "show", "--min-confidence", "low"], in: story, environment: variable).output
                .contains("# --min-confidence"))
    }

    // MARK: What

    @Test func valuesAreThoseOfOptions() throws {
        let story = story([
            ".windsock.toml": "minSeverity = 'critical'\nformat = 'jsonl'\nbaseline = 'ci/known'\n", "a.env": key.line,
        ])
        Windsock.run(["baseline", "create", "-o", "known", "--min-severity", "low"], in: story.path).expectSuccess()
        story.write(["ci/known": String(decoding: story.directory.read(story.relative("known")), as: UTF8.self)])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 0 && outcome.output.contains(#""schema":"windsock/1""#))
        #expect(
            outcome.output.contains(#""suppressedBy":{".windsock.toml":1}"#),
            "below a threshold that the repository has set")
        let all = try Windsock.scan("--min-severity", "low", in: story)
        #expect(all.report.summary.suppressedBy == ["ci/known": 1])
        #expect(Windsock.run(["scan", "--min-severity", "low", "--no-baseline"], in: story).status == 1)
    }

    @Test(arguments: [
        ("minSeverity = 'grave'", "one of"), ("format = 'sariff'", "sarif"), ("exclude = ['/']", "pattern"),
        ("maxFileSize = 'large'", "maxFileSize"), ("baseline = 'nowhere'", "nowhere"),
        ("minSeverty = 'low'", "minSeverity"),
        ("[extend]\npath = '../../etc/passwd'", "leads out"), ("[extend]\npath = '/etc/passwd'", "leads out"),
        ("[extend]\nurl = 'https://example.org/a.toml'", "sha256"), ("baseline = '~/x'", "leads out"),
        (
            "[extend]\nurl = 'https://example.org/a.toml'\nsha256 = '" + String(repeating: "a", count: 64) + "'",
            "calls no address"
        ),
    ]) func whatIsWrongIsSaid(_ text: String, _ word: String) {
        let outcome = Windsock.run(["scan"], in: story([".windsock.toml": text + "\n", "a": "1"]))
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(word) && outcome.errors.contains(".windsock.toml"), "\(outcome.errors)")
    }

    @Test(arguments: [
        ("vendor/", ["vendor/a.env", "x/vendor/b.env"]), ("*.env", ["a.env", "vendor/a.env", "x/vendor/b.env"]),
        ("/vendor", ["vendor/a.env"]), ("x/**/b.env", ["x/vendor/b.env"]), ("**/a.env", ["a.env", "vendor/a.env"]),
        ("x/**", ["x/vendor/b.env"]), ("?.env", ["a.env", "vendor/a.env", "x/vendor/b.env"]),
        ("[b-z].env", ["x/vendor/b.env"]),
        ("[!a].env", ["x/vendor/b.env"]), ("vendor/a.env/x", []), ("end", []),
    ]) func pathsAreLeftOutAndCounted(_ glob: String, _ gone: [String]) throws {
        let files = ["a.env": key.line, "vendor/a.env": RandomKey(955).line, "x/vendor/b.env": RandomKey(956).line]
        let story = story(files)
        let left = files.keys.filter { !gone.contains($0) }.map { "\($0):1" }.sorted()
        let option = try Windsock.scan("--exclude", glob, in: story)
        #expect(option.places == left)
        #expect(option.report.summary.omitted["excluded"] == (gone.isEmpty ? nil : gone.count))
        // Of a history only the paths of what was found are known.
        let history = try Windsock.scan("--history", "--no-hygiene", "--no-cache", "--exclude", glob, in: story)
        #expect(history.places == left)
        #expect(history.report.summary.suppressedBy == (gone.isEmpty ? nil : ["--exclude": gone.count]))
        story.write([".windsock.toml": "exclude = ['\(glob)']\n"])
        let file = try Windsock.scan(in: story)
        #expect(file.places == left)
        if !gone.isEmpty {
            #expect(
                file.report.summary.notes?.contains { $0.hasSuffix("left out by exclude of .windsock.toml") } == true)
        }
    }

    @Test func whatWasNamedAndIsExcludedIsNoFailure() {
        let story = story([".windsock.toml": "exclude = ['vendor/']\n", "vendor/a.env": key.line])
        #expect(Windsock.run(["scan", "vendor/a.env"], in: story).status == 0)
        story.write([".windsock.toml": "exclude = ['**']\n"])
        #expect(Windsock.run(["scan"], in: story).status == 3, "all of a folder is more likely a mistake")
    }

    // MARK: Hostile or careless repositories

    /// A16: silence is counted, with the file that asks for it, also by paths and in histories.
    @Test(arguments: [
        "[[allowlists]]\npaths = ['^new$']", "[[allowlists]]\nregexes = ['.']", "[[allowlists]]\nstopwords = ['KEY']",
        "[extend]\nuseDefault = true\ndisabledRules = ['mistral-api-key', 'mistral-api-key-documented', 'generic-secret']",
        "[[rules]]\nid = 'mistral-api-key'\n[[rules.allowlists]]\npaths = ['new']\n[[rules]]\nid = 'mistral-api-key-documented'\n[[rules.allowlists]]\npaths = ['new']",
        "minConfidence = 'high'\nminSeverity = 'critical'",
    ]) func silenceIsCountedWithTheFile(_ text: String) throws {
        let text = text.replacing("KEY", with: String(key.description.prefix(8)).lowercased())
        let story = story([".windsock.toml": text + "\n", "new": key.line])
        for mode in [[], ["--history", "--no-hygiene"], ["--history", "--no-hygiene"], ["--staged"]] {
            if mode == ["--staged"] { story.stage(["new": key.line + "B=1\n"]) }
            let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
            #expect(scan.status == 0, "\(mode)")
            #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1], "\(mode) \(text)")
            #expect(Windsock.run(["scan", "--no-repository-config"] + mode, in: story).status == 1, "\(mode)")
        }
        #expect(Windsock.run(["scan"], in: story).output.contains("(.windsock.toml 1)"))
    }

    @Test func anAllowListAndAThresholdTogetherHideNothingUnsaid() throws {
        for list in ["[[allowlists]]\npaths = ['new']", "[[allowlists]]\nregexes = ['.']"] {
            let story = story([".windsock.toml": "minSeverity = 'critical'\n\(list)\n", "new": key.line])
            for mode in [[], ["--history", "--no-hygiene"]] {
                let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
                #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1], "\(mode) \(list)")
            }
        }
    }

    @Test func whatGitleaksPutsOverARuleLoadsAndSaysThatItDoesNothing() {
        let rule = "[extend]\nuseDefault = true\n[[rules]]\nid = 'mistral-api-key'\nentropy = 4.5\nkeywords = ['x']\n"
        let story = story([".gitleaks.toml": rule, "a.env": key.line])
        let outcome = Windsock.run(["scan"], in: story)
        #expect(outcome.status == 1 && outcome.errors.contains("mistral-api-key, which is there already, does nothing"))
    }

    @Test func noBuiltinRuleIsReplaced() throws {
        let text = "[[rules]]\nid = 'mistral-api-key'\nregex = 'nothing-at-all'\nkeywords = ['nothing']\n"
        let story = story([".windsock.toml": text, "a.env": key.line, "b": "nothing-at-all"])
        let scan = try Windsock.scan(in: story)
        #expect(scan.report.findings.map(\.rule).sorted() == ["mistral-api-key", "mistral-api-key-own"])
        #expect(scan.outcome.errors.contains("mistral-api-key"))
        // Who names it means it.
        let named = try Windsock.scan("--config", ".windsock.toml", in: story)
        #expect(named.report.findings.map(\.rule) == ["mistral-api-key"] && !named.places.contains("a.env:1"))
    }

    @Test func aLinkThatLeadsOutIsNotFollowed() {
        let story = story(["a": "1"])
        story.directory.write("secret", "password = 'x'\n")
        for name in [".windsock.toml", ".windsock-baseline"] {
            Command.run(["ln", "-sf", story.directory("secret"), story.path + "/" + name]).expectSuccess()
            let outcome = Windsock.run(["scan"], in: story)
            #expect(outcome.status == 2 && outcome.errors.contains("leads out of what is scanned"), "\(name)")
            Command.run(["rm", story.path + "/" + name]).expectSuccess()
            Command.run(["mkfifo", story.path + "/" + name]).expectSuccess()
            #expect(Windsock.run(["scan"], in: story).status == 2)
            Command.run(["rm", story.path + "/" + name]).expectSuccess()
        }
    }

    // MARK: Versions

    @Test func ofWhatIsStagedTheIndexCounts() throws {
        let story = story([".windsock.toml": "[[allowlists]]\npaths = ['a']\n", "a": "1"])
        story.stage(["a": key.line])
        #expect(Windsock.run(["scan", "--staged"], in: story).status == 0)
        story.write([".windsock.toml": ""])
        #expect(Windsock.run(["scan", "--staged"], in: story).status == 0)
        story.git("add", ".windsock.toml")
        #expect(Windsock.run(["scan", "--staged"], in: story).status == 1)
    }

    /// What a change adds to configuration and baseline is named, and does not speak for that same change.
    @Test func ofARangeTheBaseCounts() throws {
        let old = RandomKey(957)
        let story = story([".windsock.toml": "[[allowlists]]\ndescription = 'old'\npaths = ['^old/']\n", "a": "1"])
        story.branch("side").commit("change", ["new.env": key.line, "old/a.env": old.line])
        Windsock.run(["baseline", "create", "--no-repository-config"], in: story).expectSuccess()
        story.commit(
            "silence",
            [
                ".windsock.toml":
                    "exclude = ['new.env']\n[[allowlists]]\ndescription = 'old'\npaths = ['^old/']\n[[allowlists]]\ndescription = 'all of it'\npaths = ['.']\n"
            ])
        let scan = try Windsock.scan("--range", "main..side", in: story)
        #expect(scan.places == ["new.env:1"])
        #expect(scan.report.summary.suppressedBy == [".windsock.toml": 1])
        let note = try #require(scan.report.summary.notes?.first)
        #expect(note.contains("all of it") && note.contains("exclude new.env") && !note.contains("\"old\""))
        #expect(scan.report.findings[0].remarks?.first?.contains(".windsock-baseline") == true)
        let environment = [
            "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": story.id("side"),
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": story.id("main"), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        ]
        #expect(try Windsock.scan("--ci", in: story, environment: environment).places == ["new.env:1"])
        // Once it is merged it speaks.
        story.checkout("main").merge("side")
        story.branch("next").commit("again", ["copy.env": key.line])
        #expect(try Windsock.scan("--range", "main..next", in: story).status == 0)
        // Before the first commit there was nothing that could speak.
        #expect(try Windsock.scan("--range", "side", in: story).places.count == 2)
    }

    // MARK: gitleaks

    /// B6: a configuration of gitleaks is used where there is none of ours.
    @Test func aGitleaksConfigurationIsFoundByItself() throws {
        let story = story([
            ".gitleaks.toml": Self.rule + "[[allowlists]]\npaths = ['^b$']\n", "a": Self.token, "b": key.line,
        ])
        let scan = try Windsock.scan(in: story)
        #expect(scan.places == ["a:1"] && scan.report.summary.suppressedBy == [".gitleaks.toml": 1])
        story.write([".windsock.toml": ""])
        #expect(try Windsock.scan(in: story).places == ["b:1"])
    }

    /// A14: what softens a rule that exists, and what is not known is named.
    @Test func aRuleThatExistsGetsAllowLists() throws {
        let text = """
            [extend]
            useDefault = true
            [[rules]]
            id = "mistral-api-key"
            [[rules.allowlists]]
            description = "samples"
            paths = ['^samples/']
            [[rules]]
            id = "mistral-api-key-documented"
            [[rules.allowlists]]
            paths = ['^samples/']
            [[rules]]
            id = "a-rule-that-only-gitleaks-has"
            [[rules.allowlists]]
            paths = ['x']
            [[rules]]
            id = "acme-token"
            regex = 'acme_[a-z0-9]{24}'
            keywords = ["acme_"]
            reportGroup = 3
            """
        let story = story([
            "g/.gitleaks.toml": text, "samples/a.env": key.line, "b.env": RandomKey(958).line, "c": Self.token,
        ])
        let scan = try Windsock.scan("--config", "g/.gitleaks.toml", in: story)
        #expect(scan.places == ["b.env:1", "c:1"])
        #expect(scan.report.summary.suppressedBy == ["g/.gitleaks.toml": 1])
        #expect(scan.outcome.errors.contains("a-rule-that-only-gitleaks-has"))
        #expect(scan.outcome.errors.contains(#""reportGroup""#))
    }

    @Test(arguments: [
        ("", "id: acme-id-4711\nkey: KEY\n", true), ("", "key: KEY\n", false),
        ("withinLines = 2", "id: acme-id-4711\n\n\nkey: KEY\n", false),
        ("withinLines = 3", "id: acme-id-4711\n\n\nkey: KEY\n", true),
        ("withinColumns = 4", "acme-id-4711\nkey: KEY\n", false),
        ("withinColumns = 5", "acme-id-4711\nkey: KEY\n", true),
    ]) func compositeRulesAskForTheirCompanions(_ distance: String, _ text: String, _ isFound: Bool) throws {
        let rules = """
            [extend]
            useDefault = true
            [[rules]]
            id = "acme-id"
            regex = 'acme-id-[0-9]{4}'
            keywords = ["acme-id"]
            skipReport = true
            [[rules]]
            id = "acme-token"
            regex = 'acme_[a-z0-9]{24}'
            keywords = ["acme_"]
            [[rules.required]]
            id = "acme-id"
            \(distance)
            """
        let story = story([".gitleaks.toml": rules, "a.yaml": text.replacing("KEY", with: Self.token)])
        for mode in [[], ["--history", "--no-hygiene"]] {
            let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
            #expect(scan.report.findings.map(\.rule) == (isFound ? ["acme-token"] : []), "\(mode)")
        }
    }

    // MARK: extend

    @Test func aConfigurationStandsOnOthersFromItsOwnFolder() throws {
        let story = story([
            ".windsock.toml": "[extend]\npath = ['ci/base.toml', 'ci/more.toml']\n",
            "ci/base.toml": "[extend]\npath = 'deep/rules.toml'\n",
            "ci/deep/rules.toml": Self.rule, "ci/more.toml": "exclude = ['b']\n", "a": Self.token, "b": key.line,
        ])
        #expect(try Windsock.scan("repository", in: story.directory.path).places == ["a:1"])
        #expect(
            try Windsock.scan("--config", "repository/.windsock.toml", "repository", in: story.directory.path).places
                == ["a:1"])
        story.write([".windsock.toml": "[extend]\npath = '.windsock.toml'\n"])
        #expect(Windsock.run(["scan"], in: story).errors.contains("in a row"))
    }

    // MARK: Names of a team

    @Test func aTeamsOwnNamesHoldSecrets() throws {
        let value = "Gq7Rw2ZxK9mTb4LsVy8Hd3Nc"
        let story = story([
            "a.py": "db_losung = '\(value)'\n",
            "b.py": "zeichen_tafel = '\(value.reversed().map(String.init).joined())'\n",
        ])
        #expect(try Windsock.scan(in: story).places == [])
        story.write([".windsock.toml": "secretNames = ['losung']\n"])
        for mode in [[], ["--uncommitted"], ["--history", "--no-hygiene"]] where mode != ["--uncommitted"] {
            let scan = try Scan(Windsock.run(["scan", "--format", "json"] + mode, in: story))
            #expect(scan.places == ["a.py:1"], "\(mode)")
            #expect(scan.report.findings.map(\.rule) == ["generic-secret"])
        }
    }
}

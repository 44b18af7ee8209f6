import TestSupport
import Testing

/// Known secrets are counted and not reported, by directives in the text and by a baseline.
@Suite struct SuppressionTests {
    let key = RandomKey(80)

    static let directives = [
        "# windsock:allow", "# windsock:allow used in tests only", "# windsock:allow mistral-api-key",
        "# gitleaks:allow",
        "# betterleaks:allow", "# trufflehog:ignore", "# kingfisher:ignore", "# pragma: allowlist secret",
        "# secretlint-disable-line",
    ]

    @Test(arguments: directives) func aDirectiveOnTheLineSuppresses(_ directive: String) throws {
        try expectSuppressed(key.line.replacing("\n", with: " \(directive)\n"))
    }

    @Test(arguments: [
        "# windsock:allow-next-line", "# pragma: allowlist nextline secret", "# secretlint-disable-next-line",
        "# secretlint-disable",
    ])
    func aDirectiveOnTheLineAboveSuppresses(_ directive: String) throws {
        try expectSuppressed("\(directive)\n\(key.line)")
    }

    private func expectSuppressed(_ text: String) throws {
        let story = RepositoryBuilder().commit("first", [".env": text])
        for mode in [[], ["--history"], ["--range", "HEAD"]] {
            let scan = try Windsock.run(mode, story)
            #expect(scan.status == 0)
            #expect(scan.report.summary.suppressed == ["inline": 1])
            let strict = try Windsock.run(mode + ["--no-inline-ignores"], story)
            #expect(strict.status == 1)
            #expect(strict.report.summary.suppressed.isEmpty)
        }
        #expect(Windsock.run(["scan"], in: story).output.contains("1 inline"))
    }

    @Test(arguments: [
        "# windsock:allow generic-api-key", "# allow", "# secretlint-enable",
        "# pragma: allowlist nextline secret", "# windsock:allow-next-line",
    ])
    func anotherDirectiveDoesNotSuppressTheLine(_ directive: String) throws {
        let story = RepositoryBuilder().write([".env": key.line.replacing("\n", with: " \(directive)\n")])
        #expect(try Windsock.scan(in: story).status == 1)
    }

    @Test func aBaselineAcceptsWhatIsKnownAndReportsWhatIsNew() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        let created = Windsock.run(["baseline", "create", "--reason", "revoked 2024-03-01"], in: story)
        #expect(created.status == 0)
        #expect(created.output == ".windsock-baseline: 1 secret, 1 new\n")
        let text = read(story, ".windsock-baseline")
        #expect(!text.contains(key.description.dropFirst(4).dropLast(4)))
        // Where it stood is for the reviewer, and decides nothing.
        #expect(text.contains("# in .env\n"))
        #expect(text.split(separator: "\n").last?.hasSuffix("mistral-api-key revoked 2024-03-01") == true)

        let known = try Windsock.scan("--baseline", ".windsock-baseline", in: story)
        #expect(known.status == 0)
        #expect(known.report.summary.suppressed == ["baseline": 1])
        // A move and an edit around it change nothing; a new key is new.
        story.commit("move", [".env": nil, "b/settings.env": "# moved\n\n" + key.line])
        #expect(try Windsock.scan("--baseline", ".windsock-baseline", in: story).status == 0)
        #expect(try Windsock.scan("--history", "--baseline", ".windsock-baseline", in: story).status == 0)
        story.write(["new.env": RandomKey(81).line])
        #expect(try Windsock.scan("--baseline", ".windsock-baseline", in: story).places == ["new.env:1"])
    }

    @Test func creatingAgainKeepsEntriesWithTheirReasonsAndPruningTakesOutWhatIsGone() {
        let story = RepositoryBuilder().write([".env": key.line])
        Windsock.run(["baseline", "create", "-o", "known", "--reason", "first"], in: story).expectSuccess()
        story.write(["other.env": RandomKey(82).line])
        let again = Windsock.run(["baseline", "create", "-o", "known", "--reason", "second"], in: story)
        #expect(again.output == "known: 2 secrets, 1 new\n")
        let entries = lines(story, "known")
        #expect(entries.filter { $0.hasSuffix(" first") }.count == 1)
        #expect(entries.filter { $0.hasSuffix(" second") }.count == 1)
        #expect(entries == entries.sorted())

        story.directory.remove(story.relative(".env"))
        let pruned = Windsock.run(["baseline", "prune", "-o", "known"], in: story)
        #expect(pruned.output == "known: 1 secret, 1 taken out\n")
        #expect(lines(story, "known").map { $0.hasSuffix(" second") } == [true])
    }

    /// As git checks it out on Windows.
    @Test func aBaselineMayHaveOtherLineEnds() throws {
        let story = RepositoryBuilder().write([".env": key.line])
        Windsock.run(["baseline", "create", "-o", "known"], in: story).expectSuccess()
        story.write(["known": read(story, "known").replacing("\n", with: "\r\n")])
        #expect(try Windsock.scan("--baseline", "known", in: story).report.summary.suppressed == ["baseline": 1])
    }

    @Test func aBaselineOfTheHistoryHoldsWhatOnlyTheHistoryHas() {
        let story = RepositoryBuilder().commit("first", [".env": key.line]).commit("second", [".env": nil, "a": "1"])
        #expect(Windsock.run(["baseline", "create"], in: story).output.contains(" 0 secrets"))
        #expect(Windsock.run(["baseline", "create", "--history"], in: story).output.contains(" 1 secret,"))
    }

    @Test func noBaselineIsMadeFromHalfAScan() {
        let story = RepositoryBuilder().write([".env": key.line, "private/a": "1"])
        let outcome = Windsock.shell(
            "chmod 000 private; \(UnreadableFileTests.privilegeDrop)\"$windsock\" baseline create", in: story)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("private"))
        #expect(outcome.errors.contains("no baseline was written"))
        #expect(read(story, ".windsock-baseline") == "")
    }

    // MARK: Weak secrets

    private static let passwordRule = """
        [[rules]]
        id = "acme-password"
        provider = "Acme"
        regex = 'acme_pw=(\\S+)'
        keywords = ["acme_pw"]
        formerly = ["acme-old"]
        """
    private static let password = "Trumpet-1987!"
    private static let teamKey = "kV8z-3mQx7Rt2Wb9Ls4Yc6Nf1Hd5Gp0J"

    private func withPassword() -> RepositoryBuilder {
        RepositoryBuilder().write(["a.env": "acme_pw=\(Self.password)\n", "rules.toml": Self.passwordRule])
    }

    @Test func thePlainHashOfAPasswordIsKnownAndReplaced() throws {
        let story = withPassword()
        // printf 'acme-old\0Trumpet-1987!' | sha256sum | cut -c-32
        story.write(["known": "v1:bf98745148e5d76e02cd4b0d7d79be71 acme-old because\n"])
        let known = try Windsock.scan("a.env", "--rules", "rules.toml", "--baseline", "known", in: story)
        #expect(known.report.summary.suppressed == ["baseline": 1])
        let again = Windsock.run(
            ["baseline", "create", "-o", "known", "--rules", "rules.toml", "--", "a.env"], in: story)
        #expect(again.output == "known: 1 secret, 0 new\n")
        #expect(again.errors.contains("WINDSOCK_FINGERPRINT_KEY"))
        let entries = lines(story, "known")
        #expect(entries.count == 1 && entries[0].hasPrefix("v2:") && entries[0].hasSuffix(" acme-password because"))
        #expect(
            try Windsock.scan("a.env", "--rules", "rules.toml", "--baseline", "known", in: story).report.summary
                .suppressed
                == ["baseline": 1])
    }

    @Test func aBaselineMadeWithAKeyNeedsIt() throws {
        let story = withPassword()
        let environment = ["WINDSOCK_FINGERPRINT_KEY": Self.teamKey]
        let made = Windsock.run(
            ["baseline", "create", "-o", "known", "--rules", "rules.toml", "--", "a.env"], in: story,
            environment: environment)
        made.expectSuccess()
        #expect(!made.errors.contains("by trying"))
        #expect(lines(story, "known").map { $0.hasPrefix("v3:") } == [true])
        let arguments = ["scan", "a.env", "--rules", "rules.toml", "--baseline", "known"]
        #expect(Windsock.run(arguments, in: story, environment: environment).status == 0)
        for (key, word) in [("", "is not set"), (String(Self.teamKey.reversed()), "another"), ("abc", "too easy")] {
            let outcome = Windsock.run(arguments, in: story, environment: ["WINDSOCK_FINGERPRINT_KEY": key])
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(word) && outcome.errors.contains("WINDSOCK_FINGERPRINT_KEY"))
        }
    }

    @Test func formerIDsOfRulesAreValid() throws {
        let story = withPassword()
        let only = try Windsock.scan("a.env", "--rules", "rules.toml", "--only", "acme-old", in: story)
        #expect(only.report.findings.map(\.rule) == ["acme-password"])
        story.write(["a.env": "acme_pw=\(Self.password) # windsock:allow acme-old\n"])
        #expect(
            try Windsock.scan("a.env", "--rules", "rules.toml", in: story).report.summary.suppressed == ["inline": 1])
    }

    @Test func pruningNeedsABaseline() {
        let outcome = Windsock.run(["baseline", "prune"], in: RepositoryBuilder().write(["a": "1"]))
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(".windsock-baseline"))
    }

    private func read(_ story: RepositoryBuilder, _ name: String) -> String {
        String(decoding: story.directory.read(story.relative(name)), as: UTF8.self)
    }

    private func lines(_ story: RepositoryBuilder, _ name: String) -> [String] {
        read(story, name).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }
}

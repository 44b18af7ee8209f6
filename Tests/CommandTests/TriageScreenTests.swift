import Findings
import Foundation
import Store
import TestSupport
import Testing

/// `windsock triage` alone: a screen in the terminal.
@Suite struct TriageScreenTests {
    let key = RandomKey(2550)
    let other = RandomKey(2551)
    let world = AuditWorld()

    private static let ready = PseudoTerminal.Step.until("q quit")
    /// What a screen may send: modes, erasing, positions, looks.
    private static let known: Set = [
        "\u{1b}[?Nh", "\u{1b}[?Nl", "\u{1b}[NJ", "\u{1b}[NK", "\u{1b}[N;NH", "\u{1b}[Nm", "\u{1b}[N;Nm",
        "\u{1b}[N;N;Nm",
    ]

    private var store: String { world.directory("audit.sqlite") }

    private func filled(_ files: [String: String]) {
        world.repository("shop", files)
        _ = world.run(["audit", "repositories", "--store", store])
    }

    private func show(
        columns: Int = 80, lines: Int = 24, environment: [String: String] = [:], _ steps: [PseudoTerminal.Step]
    ) throws -> PseudoTerminal {
        let variables = Windsock.environment.merging(["TERM": "xterm", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
        return try PseudoTerminal.run(
            [Windsock.path, "triage", "--store", store, "--by", "ada"], in: world.path,
            environment: variables.merging(environment) { $1 }, columns: columns, lines: lines, steps)
    }

    private func states() throws -> [String] {
        try Store(store, for: .reading).content().secrets.map { $0.decision?.sentence ?? "open" }
    }

    // MARK: What it is for

    @Test func oneIsLookedAtAndDecidedAbout() throws {
        filled(["config.py": key.line])
        let screen = try show([
            Self.ready, .keys("\r"), .until("config.py:1"), .keys("a"), .keys("only a test\r"), .keys("2999-01-31\r"),
            .until("u takes that back"), .keys("q"), .until("Nothing is open"), .keys("q"),
        ])
        #expect(screen.status == 0 && screen.restored && screen.isLeft)
        #expect(screen.text.contains("mistral-api-key") && screen.text.contains("still in HEAD"))
        #expect(!screen.text.contains(key.description))
        #expect(Set(screen.sequences).isSubset(of: Self.known))
        #expect(try states().allSatisfy { $0.hasPrefix("accepted until 2999-01-31, by ada on ") })
        #expect(try states().first?.hasSuffix(": only a test") == true)
    }

    @Test func undoDecidesWhatHeldBefore() throws {
        filled(["config.py": key.line])
        let screen = try show([
            Self.ready, .keys("f"), .keys("no key\r"), .keys("\r"), .until("u takes that back"), .keys("u"),
            .until("taken back"), .keys("q"),
        ])
        #expect(screen.status == 0 && screen.text.contains("taken back"))
        #expect(try states().first?.hasPrefix("open, by ada on ") == true)
        #expect(world.run(["audit", "repositories", "--store", store]).status == 1)
    }

    @Test func whatMayBeASecretInAReasonIsMasked() throws {
        filled(["config.py": key.line])
        let screen = try show([
            Self.ready, .keys("a"), .keys("it was \(other) before\r"), .keys("\r"), .until("is masked"), .keys("q"),
        ])
        #expect(screen.text.contains("is masked"))
        #expect(try states().first?.contains(other.description) == false)
    }

    // MARK: Others

    @Test func whatOthersDecideMeanwhileIsSeenAndNotOverwritten() throws {
        filled(["config.py": key.line])
        let fingerprint = try #require(try Store(store, for: .reading).content().secrets.first).fingerprint
        let decide = [
            Windsock.path, "triage", fingerprint.description, "--store", store, "--state", "rotated", "--reason",
            "vault", "--by", "bob",
        ]
        // While a reason is being written, nothing is read again.
        let screen = try show([
            Self.ready, .keys("a"), .run(decide), .keys("only a test\r"), .keys("\r"), .until("decided meanwhile"),
            .keys("q"),
        ])
        #expect(screen.status == 0 && screen.text.contains("nothing is changed"))
        #expect(try states().first?.hasPrefix("rotated, by bob") == true)
        // Without a key it is seen in a second.
        let open = decide.map { $0 == "rotated" ? "open" : $0 }
        let later = try show([.until("Nothing is open"), .run(open), .until("mistral-api-key"), .keys("q")])
        #expect(later.text.contains("mistral-api-key"))
    }

    // MARK: The terminal

    @Test(arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT]) func howeverItEndsTheTerminalIsAsBefore(
        _ number: Int32
    ) throws {
        filled(["config.py": key.line])
        let screen = try show([Self.ready, .signal(number)])
        #expect(screen.status == -number && screen.restored && screen.isLeft)
    }

    @Test func itFollowsTheSize() throws {
        filled(["config.py": key.line])
        let screen = try show([
            Self.ready, .resize(columns: 200, lines: 60), .until("places"), .resize(columns: 30, lines: 6), .keys("j"),
            .keys("?"), .resize(columns: 3, lines: 2), .resize(columns: 80, lines: 24), .until("any key goes back"),
            .keys("q"), .keys("q"),
        ])
        #expect(screen.status == 0)
        #expect(Set(screen.sequences).isSubset(of: Self.known))
        #expect(screen.screens.last { $0.count == 60 }?.last?.contains("q quit") == true)
    }

    @Test func withoutColour() throws {
        filled(["config.py": key.line])
        let screen = try show(environment: ["NO_COLOR": "1"], [Self.ready, .keys("\r"), .keys("q"), .keys("q")])
        #expect(screen.status == 0)
        #expect(!screen.sequences.contains { $0.contains(";Nm") })
    }

    /// Paths, branches and authors are a repository's; none of them speaks to the terminal.
    @Test func whatARepositoryCallsThingsIsHarmless() throws {
        let names = ["\u{1b}[31m\u{1b}]0;x\u{7}.py", "漢字/\u{202e}é.py", "a\u{9b}2J\rb\n.py"]
        let story = world.repository(
            "shop", Dictionary(uniqueKeysWithValues: names.map { ($0, "# \($0.utf8.count)\n" + key.line) }))
        story.write(["z.py": other.line])
        story.git("add", "--all")
        story.run(
            ["commit", "-qm", "\u{1b}[2J\u{1b}]52;c;eA==\u{7}"],
            environment: ["GIT_AUTHOR_NAME": "\u{1b}[5mAda", "GIT_AUTHOR_EMAIL": "a\u{1b}c@example.org"])
        _ = world.run(["audit", "repositories", "--store", store])
        let screen = try show([
            Self.ready, .keys("\r"), .keys("]"), .keys("["), .keys("nnn"), .keys("q"), .keys("/\u{1b}[Ax\u{9b}"),
            .keys("\r"), .keys("q"),
        ])
        #expect(screen.status == 0)
        #expect(Set(screen.sequences).isSubset(of: Self.known), "\(screen.sequences)")
        #expect(screen.text.contains("漢字/"))
    }

    // MARK: No screen

    @Test func whereThereIsNoTerminalItIsSaidWhatToDo() {
        filled(["config.py": key.line])
        let outcome = world.run(["triage", "--store", store])
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("there is no terminal here; windsock report lists the secrets"))
    }

    @Test(arguments: [("dumb", "TERM=dumb"), ("", "TERM=)")]) func aTerminalThatCannotIsTold(
        _ terminal: String, _ said: String
    ) throws {
        filled(["config.py": key.line])
        let screen = try show(environment: ["TERM": terminal], [.until(said)])
        #expect(screen.status == 2 && screen.restored && screen.sequences.isEmpty)
    }

    @Test func aStoreThatIsNotThereIsNotMade() throws {
        let screen = try show([.until("makes one")])
        #expect(screen.status == 2 && screen.restored && screen.sequences.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: store))
    }

    @Test(arguments: [["--state", "open"], ["v1:0123abcd"], ["--reason", "why"]]) func whatIsMissingIsSaid(
        _ words: [String]
    ) {
        #expect(world.run(["triage", "--store", store] + words).status == 2)
    }
}

import Findings
import Rules
import Store
import Testing

@testable import Screen

/// Keys, and what comes of them.
@Suite struct TriageModelTests {
    typealias Made = MadeUpSecrets

    // MARK: What is shown

    @Test func theMostUrgentComesFirst() throws {
        var secrets = [
            try Made.secret(1, severity: .low), try Made.secret(2, severity: .critical), try Made.secret(3),
            try Made.secret(4, severity: .medium), try Made.secret(5),
        ]
        secrets[2].isInHead = false
        secrets[3].liveness = .live
        #expect(Made.model(secrets).shownNumbers == [4, 2, 5, 3, 1])
    }

    @Test func orders() throws {
        var model = Made.model([
            try Made.secret(1, rule: "b", in: "x", introduced: 30),
            try Made.secret(2, rule: "c", in: "a", introduced: nil),
            try Made.secret(3, rule: "a", in: "b", introduced: 20),
        ])
        var orders: [[Int]] = []
        for _ in 0..<4 {
            orders.append(model.shownNumbers)
            _ = model.type("t")
        }
        #expect(orders == [[1, 2, 3], [3, 1, 2], [2, 3, 1], [3, 1, 2]])
        #expect(model.selection.order == .urgency)
    }

    /// Open are those, too, whose decision is over; nowhere any more is nobody's work.
    @Test func scopes() throws {
        var secrets = [try Made.secret(1), try Made.secret(2), try Made.secret(3), try Made.secret(4, in: nil)]
        secrets[1].decision = try Made.decision(2, .accepted)
        secrets[2].decision = try Made.decision(3, .accepted, until: CalendarDay(daysSince1970: 19_999))
        secrets.append(try Made.secret(5, confidence: .low))
        var model = Made.model(secrets)
        #expect(model.shownNumbers == [1, 3])
        _ = model.type("s")
        #expect(model.shownNumbers == [2])
        _ = model.type("s")
        #expect(model.shownNumbers == [1, 2, 3, 4])
        _ = model.type("l")
        #expect(model.shownNumbers == [1, 2, 3, 4, 5])
    }

    @Test(
        arguments: [
            ("stripe", [2]), ("STRIPE", [2]), ("acme web", [3]), ("web acme", [3]), ("v1:0000", [1, 2, 3]),
            ("nobody", []),
            ("  ", [1, 2, 3]), ("ab2", [2]),
        ] as [(String, [Int])])
    func filters(_ text: String, _ numbers: [Int]) throws {
        var model = Made.model([
            try Made.secret(1), try Made.secret(2, rule: "stripe-secret"), try Made.secret(3, in: "acme/web"),
        ])
        _ = model.type("/" + text)
        #expect(model.shownNumbers == numbers)
        _ = model.type("\r")
        #expect(model.shownNumbers == numbers && model.prompt == nil)
        _ = model.type("\u{1b}")
        #expect(model.shownNumbers == [1, 2, 3])
    }

    @Test func aFilterThatIsLeftIsAsBefore() throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2, rule: "stripe-secret")])
        _ = model.type("/stripe\r")
        _ = model.type("/x\u{7f}\u{7f}zzz")
        #expect(model.shownNumbers == [])
        _ = model.type("\u{1b}")
        #expect(model.shownNumbers == [2])
    }

    // MARK: Moving

    @Test(arguments: [24, 5, 2, 1]) func theCursorStaysInTheListAndOnTheScreen(_ lines: Int) throws {
        var model = Made.model(try (1...100).map { try Made.secret($0) }, lines: lines)
        for key in [Key.down, .pageDown, .up, .end, .down, .pageUp, .home, .up, .character("G"), .character("k")] {
            _ = model.press(key)
            #expect((0..<100).contains(model.cursor))
            #expect((model.top..<model.top + model.listHeight).contains(model.cursor))
            #expect(model.screen.count == lines)
        }
        model.resize(columns: 20, lines: 8)
        #expect((model.top..<model.top + model.listHeight).contains(model.cursor))
    }

    @Test func noSecretIsNoTrouble() {
        var model = Made.model([])
        for key in "jkgG */stol?\u{1b}\u{1b}farvou\u{1b}bR" { _ = model.type(String(key)) }
        #expect(model.screen.count == 24)
    }

    // MARK: Decisions

    @Test(arguments: [
        ("f", Decision.State.falsePositive), ("a", .accepted), ("r", .rotated), ("v", .revoked),
    ])
    func aKeyAReasonAndADay(_ key: String, _ state: Decision.State) throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2)])
        #expect(model.type("j" + key + "it is so\r").isEmpty)
        let wish = TriageWish(
            fingerprint: try Made.fingerprint(2), state: state, reason: "it is so", until: CalendarDay("2030-01-31"),
            known: nil)
        #expect(model.type("2030-01-31\r") == [.decide([wish], isUndo: false)])
        #expect(model.prompt == nil)
    }

    @Test func openNeedsNoReason() throws {
        var secret = try Made.secret(1)
        secret.decision = try Made.decision(1, .accepted)
        var model = Made.model([secret])
        let wish = TriageWish(
            fingerprint: secret.fingerprint, state: .open, reason: "", until: nil, known: secret.decision)
        #expect(model.type("so\r") == [.decide([wish], isUndo: false)])
    }

    @Test func whatIsMissingOrWrongIsSaid() throws {
        var model = Made.model([try Made.secret(1)])
        #expect(model.type("a  \r").isEmpty && model.message.contains("reason is missing"))
        #expect(model.type("why\rsoon\r").isEmpty && model.message.contains("is no day"))
        _ = model.press(.control("u"))
        #expect(model.type("2001-01-01\r").isEmpty && model.message.contains("is over"))
        #expect(model.type("\u{1b}").isEmpty && model.prompt == nil)
    }

    @Test func thoseThatAreMarkedAndShownAreDecidedTogether() throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2, rule: "x"), try Made.secret(3)])
        _ = model.type("*/acme-api\rawhy\r")
        guard case .decide(let wishes, false)? = model.type("\r").first else {
            Issue.record("nothing is decided")
            return
        }
        #expect(wishes.map(\.fingerprint) == [try Made.fingerprint(1), try Made.fingerprint(3)])
    }

    /// Whatever is shown meanwhile: another process may write.
    @Test func aPromptIsAboutWhatWasChosen() throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2)])
        _ = model.type("awhy")
        _ = model.replace([try Made.secret(2), try Made.secret(3), try Made.secret(1)])
        guard case .decide(let wishes, _)? = model.type("\r\r").first else {
            Issue.record("nothing is decided")
            return
        }
        #expect(wishes.map(\.fingerprint) == [try Made.fingerprint(1)])
    }

    @Test func whatIsDecidedGoesAndUndoBringsItBack() throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2)])
        guard case .decide(let wishes, false)? = model.type("awhy\r\r").first else {
            Issue.record("nothing is decided")
            return
        }
        let accepted = try Made.decision(1, .accepted)
        _ = model.decided(wishes, [accepted], isUndo: false)
        #expect(model.shownNumbers == [2] && model.message.contains("u takes that back"))
        let undone = TriageWish(
            fingerprint: try Made.fingerprint(1), state: .open, reason: "taken back", until: nil, known: accepted)
        #expect(model.type("u") == [.decide([undone], isUndo: true)])
        _ = model.decided([undone], [try Made.decision(1, .open)], isUndo: true)
        #expect(model.shownNumbers == [1, 2])
        #expect(model.type("u").isEmpty && model.message.contains("nothing to take back"))
    }

    @Test func whatSomebodyElseHasDecidedIsReadAgain() throws {
        var model = Made.model([try Made.secret(1)])
        #expect(model.refused(isUndo: false) == [.reload])
        #expect(model.message.contains("meanwhile"))
    }

    // MARK: One secret

    @Test func enterShowsOneAndEscapeTheList() throws {
        let secret = try Made.secret(7)
        var model = Made.model([secret])
        #expect(model.type("\r") == [.load(7)])
        model.show(Made.detail(secret, places: 60))
        #expect(model.screen.contains { $0.contains("60 places") == false && $0.contains("src/config.py:1") })
        _ = model.type("nnn")
        #expect(model.type("b") == [.open("https://github.com/acme/shop/blob/c0ffee/src/config.py#L4")])
        _ = model.type("G")
        #expect(model.screen.contains { $0.contains("2. Make another.") })
        #expect(model.type("\u{1b}").isEmpty && model.mode == .list)
    }

    @Test(arguments: [
        nil, "file:///etc/passwd", "javascript:alert(1)", "https://unknown.example/a/b", "-h", "https://a b",
    ])
    func nothingButAPageOfAForgeIsOpened(_ address: String?) throws {
        let secret = try Made.secret(7)
        var detail = Made.detail(secret, places: 1)
        detail.places[0].source.address = address
        var model = Made.model([secret])
        _ = model.type("\r")
        model.show(detail)
        #expect(model.type("b").isEmpty && model.message.contains("no page"))
    }

    @Test func neighbours() throws {
        var model = Made.model([try Made.secret(1), try Made.secret(2), try Made.secret(3)])
        _ = model.type("\r")
        #expect(model.type("]") == [.load(2)] && model.type("]") == [.load(3)] && model.type("]") == [.load(3)])
        #expect(model.type("[") == [.load(2)])
    }

    // MARK: The screen

    @Test(arguments: [(80, 24), (200, 60), (40, 10), (20, 5), (5, 3), (1, 1)])
    func everyScreenIsFilledAndNoLineTooLong(_ columns: Int, _ lines: Int) throws {
        let name = "漢字/\u{1b}[31mx\u{202e}/" + String(repeating: "long", count: 80)
        var model = Made.model(try (1...70).map { try Made.secret($0, in: name) }, columns: columns, lines: lines)
        for keys in ["", "?", "q", "/x", "\u{1b}", "\r", "f"] {
            if keys == "\r" { _ = model.type("g") }
            _ = model.type(keys)
            if keys == "\r", let current = model.current {
                model.show(Made.detail(current, places: 3, path: "\u{1b}]0;x\u{7}\(name)"))
            }
            let shown = TriageView(model).lines
            #expect(shown.count == lines)
            var painter = Painter(isColored: true)
            let text = String(decoding: painter.bytes(of: shown, columns: columns, lines: lines), as: UTF8.self)
            let rest = text.replacing(/\u{1b}\[[0-9;]*[mHJK]/, with: "")
            #expect(!rest.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
            for part in text.split(separator: /\u{1b}\[[0-9]+;1H\u{1b}\[2K/).dropFirst() {
                #expect(CellText.width(String(part.replacing(/\u{1b}\[[0-9;]*[mHJK]/, with: ""))) <= columns)
            }
        }
    }

    @Test func withoutColourTheCursorIsSeen() throws {
        var painter = Painter(isColored: false)
        let lines = TriageView(Made.model([try Made.secret(1)])).lines
        let text = String(decoding: painter.bytes(of: lines, columns: 80, lines: 24), as: UTF8.self)
        #expect(text.matches(of: /\u{1b}\[([0-9;]*)m/).allSatisfy { ["0", "7"].contains($0.output.1) })
        #expect(lines.contains { $0.text.hasPrefix(">") })
        // What has not changed is not painted again.
        #expect(painter.bytes(of: lines, columns: 80, lines: 24).isEmpty)
    }
}

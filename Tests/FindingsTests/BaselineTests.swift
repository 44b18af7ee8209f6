import Rules
import TestSupport
import Testing

@testable import Findings

struct BaselineTests {
    private func fingerprint(_ secret: String) -> Fingerprint {
        Fingerprint.plain("acme-key", Array(secret.utf8))
    }

    private func entry(_ secret: String, _ reason: String = "") -> Baseline.Entry {
        Baseline.Entry(fingerprint: fingerprint(secret), ruleID: "acme-key", reason: reason)
    }

    private func parse(_ text: String) throws -> Baseline { try Baseline(text: text, file: ".windsock-baseline") }

    @Test(arguments: [
        "until=2020-01-01", "until=tomorrow", "owner=mallory", "owner=", "\\until=2020-01-01", "\\\\owner=x", "\\x",
        "  until=2020-01-01 x", "not until=2020-01-01", "was (until=2020-01-01) once", "a \\expires=2020-01-01",
        "Until:2020-01-01", "until 2020", "# x", "a\nuntil=2020-01-01",
    ]) func aReasonIsNoTerm(reason: String) throws {
        for (owner, until) in [
            ("", nil), ("ada", nil), ("", CalendarDay("2031-01-01")), ("ada", CalendarDay("2031-01-01")),
        ] {
            var accepted = entry("a", reason)
            (accepted.owner, accepted.until) = (owner, until)
            let read = try #require(try parse(Baseline(entries: [accepted]).text).entries.first)
            #expect(read.owner == owner && read.until == until)
            #expect(read.reason == reason.replacing("\n", with: " ").drop { $0 == " " })
        }
    }

    @Test(arguments: [
        "rotated until=2020-01-01", "owner=ada rotated until=2020-01-01 or so", "Until=2020-01-01 why",
        "until:2020-01-01",
        "(until=2020-01-01) why", "expires=2020-01-01", "why (expiry: x) [until=2020-01-01]",
        "until=2031-01-01 until=2020-01-01",
    ]) func aDayEndsAnEntryHoweverItIsWritten(words: String) throws {
        let read = try parse("\(fingerprint("a")) acme-key \(words)\n")
        #expect(read.entries.first?.until == CalendarDay("2020-01-01"))
    }

    @Test(arguments: ["\n", "\r\n"]) func entriesAreReadWhateverTheLineEnd(end: String) throws {
        let baseline = try parse(
            [
                "# a comment", "", "  # another", "\(fingerprint("a")) acme-key revoked in May, see #12",
                "\(fingerprint("b"))\tother-key", "   \(fingerprint("c"))   acme-key   padded   reason   ", "",
            ].joined(separator: end))
        #expect(
            Set(baseline.entries) == [
                entry("a", "revoked in May, see #12"),
                Baseline.Entry(fingerprint: fingerprint("b"), ruleID: "other-key"), entry("c", "padded   reason"),
            ])
    }

    @Test func theLastLineNeedsNoLineEnd() throws {
        #expect(try parse("\(fingerprint("a")) acme-key").entries == [entry("a")])
        #expect(try parse("").entries == [])
    }

    @Test(arguments: [
        ("# fine\n\nv1:123 acme-key", 3), ("v4:00000000000000000000000000000000 acme-key", 1),
        ("# fine\r\nacme-key v1:00000000000000000000000000000000\r\n", 2), ("v1:00000000000000000000000000000000", 1),
        ("# fine\nv1:00000000000000000000000000000000 \n", 2), ("\n<<<<<< HEAD\n", 2),
    ])
    func whatIsNoEntryIsAnErrorWithItsLine(text: String, line: Int) throws {
        let error = try #require(throws: RuleFileError.self) { try parse(text) }
        #expect(error.file == ".windsock-baseline")
        #expect(error.line == line)
        #expect(error.reason.contains("not a baseline entry"))
    }

    @Test(arguments: ["<<<<<<< HEAD", "|||||||", "=======", ">>>>>>> other"])
    func marksOfAMergeConflictAreCalledThat(_ mark: String) throws {
        let error = try #require(throws: RuleFileError.self) { try parse("# head\n\n\(mark)\n") }
        #expect(error.line == 3 && error.reason.contains("merge conflict"))
    }

    @Test func aByteOrderMarkIsNoPartOfIt() throws {
        #expect(try parse("\u{FEFF}# head\n\(fingerprint("a")) acme-key\n").entries == [entry("a")])
        #expect(try parse("\u{FEFF}\(fingerprint("a")) acme-key").entries == [entry("a")])
    }

    @Test func theFileIsSortedAndHoldsNoSecretPlaceOrTime() throws {
        let secrets = (0..<50).map { "secret-number-\($0)" }
        let text = Baseline(entries: secrets.map { entry($0) }).text
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(lines.count == 50)
        #expect(lines == lines.sorted())
        #expect(text == Baseline(entries: secrets.reversed().map { entry($0) }).text)
        #expect(!secrets.contains { text.contains($0) })
        #expect(lines.allSatisfy { $0.hasSuffix(" acme-key") && $0.count == 35 + 9 })
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let baseline = Baseline(entries: [entry("a", "a reason  with # and é"), entry("b"), entry("c", "x")])
        #expect(try parse(baseline.text) == baseline)
        #expect(try parse(Baseline().text) == Baseline())
    }

    @Test func aReasonOverSeveralLinesStaysOnOne() throws {
        let baseline = Baseline(entries: [entry("a", "first\nsecond\r\nthird")])
        #expect(try parse(baseline.text).entries == [entry("a", "first second third")])
    }

    @Test func aReasonOnceGivenStays() {
        var baseline = Baseline(entries: [entry("a", "old"), entry("b")])
        baseline.insert(entry("a", "new"))
        baseline.insert(entry("b", "new"))
        baseline.insert(entry("c"))
        #expect(Set(baseline.entries) == [entry("a", "old"), entry("b", "new"), entry("c")])
    }

    @Test func twoBranchesMergeByLine() throws {
        let repository = RepositoryBuilder()
        // Neighbours conflict in git; entries of random place rarely are.
        let base = Baseline(entries: (0..<40).map { entry("old \($0)") })
        let sorted = base.entries.map(\.fingerprint)
        let candidates = (0..<200).map { "new \($0)" }
        let early = try #require(candidates.first { fingerprint($0) < sorted[10] })
        let late = try #require(candidates.first { fingerprint($0) > sorted[30] })
        func adding(_ secret: String) -> String {
            var baseline = base
            baseline.insert(entry(secret))
            return baseline.text
        }
        repository.commit("base", ["b": base.text]).branch("side").commit("late", ["b": adding(late)])
        repository.checkout("main").commit("early", ["b": adding(early)]).merge("side")
        let merged = try parse(String(decoding: repository.directory.read(repository.relative("b")), as: UTF8.self))
        #expect(Set(merged.entries) == Set(base.entries + [entry(early), entry(late)]))
    }
}

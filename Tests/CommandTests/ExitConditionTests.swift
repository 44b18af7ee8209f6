import TestSupport
import Testing

/// What of that which is shown makes a scan fail.
@Suite struct ExitConditionTests {
    private let key = RandomKey(960)
    /// A rule of low severity that is sure, and one of medium confidence that is grave.
    private static let rules = """
        [[rules]]
        id = "acme-low"
        regex = '''acme_[a-z0-9]{8}'''
        keywords = ["acme_"]
        severity = "low"
        confidence = "high"
        [[rules]]
        id = "brnd-critical"
        regex = '''brnd_[a-z0-9]{8}'''
        keywords = ["brnd_"]
        severity = "critical"
        confidence = "medium"
        """

    private func status(_ text: String, _ options: [String], mode: [String] = ["a.txt"]) throws -> Int32 {
        let story = RepositoryBuilder().write(["a.txt": text, "r.toml": Self.rules])
        let scan = try Scan(
            Windsock.run(["scan", "--format", "json", "--config", "r.toml"] + options + mode, in: story))
        // All is shown, whatever fails.
        #expect(scan.report.findings.count == text.split(separator: "\n").count)
        return scan.status
    }

    private static let low = "acme_q7rw2zxk\n"
    private static let critical = "brnd_q7rw2zxk\n"

    @Test(
        arguments: [
            (["any"], 1, 1), (["low"], 1, 1), (["high"], 0, 1), (["severity=critical"], 0, 1),
            (["confidence=high"], 1, 0), (["confidence=medium"], 1, 1), (["high,confidence=high"], 0, 0),
            (["high", "confidence=high"], 1, 1), (["low,in-head"], 1, 1),
        ] as [([String], Int32, Int32)])
    func theExitCodeIsForTheConditionsAlone(_ conditions: [String], _ low: Int32, _ critical: Int32) throws {
        let options = conditions.flatMap { ["--fail-on", $0] }
        #expect(try status(Self.low, options) == low)
        #expect(try status(Self.critical, options) == critical)
        #expect(try status(Self.low + Self.critical, options) == max(low, critical))
    }

    @Test func whatIsOnlyInThePastNeedNotFail() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line]).commit("second", [".env": nil, "a": "1"])
        #expect(try Windsock.scan("--history", in: story).status == 1)
        let past = try Windsock.scan("--history", "--fail-on", "in-head", in: story)
        #expect(past.status == 0)
        #expect(past.report.findings.count == 1)
        story.commit("third", [".env": key.line])
        #expect(try Windsock.scan("--history", "--fail-on", "in-head", in: story).status == 1)
    }

    /// A change beside a known secret shows it, and need not be stopped by it.
    @Test func onlyWhatIsNewNeedFail() throws {
        let old = RandomKey(961)
        let story = RepositoryBuilder().commit("first", ["a/.env": old.line, "b": "1"])
        func statuses(_ modes: [[String]]) throws -> [Int32] {
            try modes.map { mode in
                let scan = try Windsock.run(mode + ["--fail-on", "new"], story)
                #expect(scan.report.findings.isEmpty == (scan.places.isEmpty))
                return scan.status
            }
        }
        let uncommitted = [[], ["--staged"], ["--uncommitted"]]
        story.stage(["a/.env": old.line + "X=1\n"])
        #expect(try statuses(uncommitted) == [0, 0, 0])
        #expect(try Windsock.scan("--staged", in: story).status == 1)
        story.stage(["a/.env": old.line + key.line])
        #expect(try statuses(uncommitted) == [1, 1, 1])
        story.stage(["a/.env": old.line, "c/.env": old.line])
        #expect(try statuses(uncommitted) == [1, 1, 1], "another file is another place")
        story.git("reset", "--hard", "-q")
        story.commit("second", ["a/.env": old.line + "X=1\n"])
        #expect(try statuses([["--range", "HEAD~1..HEAD"]]) == [0])
        story.commit("third", ["a/.env": old.line + key.line])
        #expect(
            try statuses([["--range", "HEAD~1..HEAD"], ["--range", "HEAD~2..HEAD"], ["--range", "HEAD"]]) == [1, 1, 1])
        #expect(Windsock.run(["scan", "--history", "--fail-on", "new"], in: story).status == 2)
        let loose = TemporaryDirectory()
        loose.write(".env", key.line)
        #expect(Windsock.run(["scan", "--fail-on", "new"], in: loose).status == 1)
    }

    @Test func exitZeroIsForFindingsAlone() throws {
        #expect(try status(Self.critical, ["--exit-zero"]) == 0)
        let story = RepositoryBuilder().write([".env": key.line, "big": String(repeating: "more ", count: 20)])
        let unread = try Windsock.scan("--exit-zero", "--max-file-size", "60", in: story)
        #expect(unread.report.findings.count == 1)
        #expect(unread.status == 3)
        #expect(Windsock.run(["scan", "--exit-zero", "--no-such"], in: story).status == 2)
    }

    /// Nobody would find out why it failed.
    @Test(arguments: [
        ["--fail-on", "low", "--min-severity", "high"], ["--fail-on", "confidence=low"], ["--fail-on", "live"],
        ["--exit-zero", "--fail-on", "high"], ["--fail-on", ""], ["--fail-on", "high,"],
        ["--fail-on", "severity=loud"],
    ])
    func whatCannotBeMetIsWrongUsage(_ options: [String]) {
        #expect(Windsock.run(["scan"] + options, in: RepositoryBuilder().write(["a": "1"])).status == 2)
    }

    @Test func timingsAreToldOnStandardErrorAndChangeNothingElse() throws {
        let story = RepositoryBuilder().commit("first", [".env": key.line])
        for mode in [[], ["--history"], ["--staged"]] {
            let outcome = Windsock.run(["scan", "--timings", "--format", "json"] + mode, in: story)
            let scan = try Scan(outcome)
            #expect(scan.status == (mode == ["--staged"] ? 0 : 1))
            for step in ["Timings", "rules", "reading", "total", "of processors"] {
                #expect(outcome.errors.contains(step), "\(mode) \(step): \(outcome.errors)")
            }
        }
        #expect(Windsock.run(["scan"], in: story).errors == "")
    }
}

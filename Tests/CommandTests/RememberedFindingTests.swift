import TestSupport
import Testing

/// What was found and is not reported is not read again, and counts as if it had been.
@Suite struct RememberedFindingTests {
    private let key = RandomKey(900)
    /// A rule that is sure of nothing.
    private static let weakRule = """
        [extend]
        useDefault = true
        [[rules]]
        id = 'weak-word'
        regex = 'weak: ([A-Za-z0-9]{20,22})'
        keywords = ['weak:']
        confidence = 'low'

        """
    /// Of a documented form: medium where it is named Mistral's.
    private let value = RandomKey(lowercase: 901, length: 20)
    private let other = RandomKey(lowercase: 902, length: 22)

    /// Findings of every fate: reported, below the threshold, allowed in the line, for its path or its commit; in blobs,
    /// messages and names.
    private func story() -> RepositoryBuilder {
        let story = RepositoryBuilder().commit("first", ["README": "text\n", "a.env": key.line])
            .commit("weak", ["notes.txt": "weak: \(other)\n", "fixtures/b.env": RandomKey(903).line])
            .commit("both", ["both.env": "weak: \(other)\n\n\n\n\n\n" + RandomKey(904).line])
            .commit("known", ["c.env": "MISTRAL_API_KEY=\(value)\n", "deep/c.txt": "weak: \(value)\n"])
            .commit("allowed", ["d.py": "key = \"\(RandomKey(905))\"  # mistral windsock:allow\n"])
            .commit("the last had \(RandomKey(906).assignment) in it", ["a.env": nil])
            .commit("by commit", ["e.env": RandomKey(907).line])
        story.git("tag", "-a", "-m", "for \(RandomKey(908).assignment)", "v1")
        story.write([
            ".windsock.toml": Self.weakRule,
            "by-path.toml": Self.weakRule + "[[allowlists]]\npaths = ['''^fixtures/''']\n",
            "by-commit.toml": Self.weakRule + "[[allowlists]]\ncommits = ['''\(story.id("HEAD"))''']\n",
        ])
        return story
    }

    /// A report without times, and without what the cache saved.
    private func report(_ arguments: [String], _ story: RepositoryBuilder) -> [Substring] {
        let outcome = Windsock.run(["scan", "--history", "--format", "json"] + arguments, in: story)
        let left = ["\"blobs\"", "\"bytes\"", "\"known\"", "\"start\"", "\"durationSeconds\"", "\"exposedDays\""]
        return outcome.output.split(separator: "\n").filter { line in
            !left.contains { line.drop { $0 == " " }.hasPrefix($0) }
        } + ["\(outcome.status)"]
    }

    private static let options = [
        [], ["--min-confidence", "low"], ["--min-severity", "critical"], ["--baseline", "known"],
        ["--baseline", "known", "--min-confidence", "low"], ["--config", "by-path.toml"],
        ["--config", "by-path.toml", "--min-confidence", "low"], ["--config", "by-commit.toml"],
        ["--no-inline-ignores"],
    ]

    @Test func everyOptionIsObeyedWhateverTheLastScanWas() {
        let story = story()
        #expect(Windsock.run(["baseline", "create", "--history", "-o", "known"], in: story).status == 0)
        let baseline = String(decoding: story.directory.read(story.relative("known")), as: UTF8.self)
        // Some of the secrets are accepted.
        let lines = baseline.split(separator: "\n").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        story.write(["known": lines.joined(separator: "\n") + "\n"])
        let expected = Self.options.map { report($0 + ["--no-cache"], story) }
        #expect(Set(expected).count > 6)
        // Those that share what the cache depends on are neighbours, in both directions.
        for number in Array(Self.options.indices) + Self.options.indices.reversed() {
            #expect(report(Self.options[number], story) == expected[number], "\(Self.options[number])")
        }
        // What is new has a secret that was seen before.
        story.commit("next", ["f.txt": "weak: \(other)\n"])
        for options in Self.options.prefix(4) {
            #expect(report(options, story) == report(options + ["--no-cache"], story), "\(options)")
        }
    }

    @Test func whatIsBelowTheThresholdIsNotReadAgain() throws {
        let story = story()
        let first = try Windsock.scan("--history", in: story)
        let second = try Windsock.scan("--history", in: story)
        // Left out: notes.txt and d.py, and README, which is clean.
        #expect(second.report.summary.blobs == first.report.summary.blobs - 3)
        #expect(second.report.summary.suppressed == ["below threshold": 1, "inline": 1])
        #expect(second.report.findings.count == first.report.findings.count)
        let low = try Windsock.scan("--history", "--min-confidence", "low", in: story)
        #expect(low.report.findings.count == first.report.findings.count + 1)
        #expect(low.report.summary.suppressed == ["inline": 1])
        #expect(try Windsock.scan("--history", in: story).report.summary.suppressed == second.report.summary.suppressed)
    }

    /// A secret that is known from one place is the same where a weaker rule found it: that place is reported, too.
    @Test func aWeakPlaceOfAKnownSecretIsReportedAgain() throws {
        let story = RepositoryBuilder().commit("weak", ["c.txt": "weak: \(value)\n"])
            .write([".windsock.toml": Self.weakRule])
        for _ in 0..<2 {
            #expect(try Windsock.scan("--history", in: story).report.summary.suppressed == ["below threshold": 1])
        }
        story.commit("strong", ["c.env": "MISTRAL_API_KEY=\(value)\n"])
        for _ in 0..<3 {
            let scan = try Windsock.scan("--history", in: story)
            #expect(scan.places == ["c.env:1", "c.txt:1"])
            #expect(scan.report.summary.suppressed.isEmpty)
        }
    }

    @Test func theFileHoldsNoSecret() {
        let story = story()
        _ = report(["--min-confidence", "low"], story)
        let file = String(decoding: story.directory.read(story.relative(".git/windsock/scanned")), as: UTF8.self)
        for word in [key.description, value.description, other.description, "env", "notes"] {
            #expect(!file.contains(word))
        }
    }
}

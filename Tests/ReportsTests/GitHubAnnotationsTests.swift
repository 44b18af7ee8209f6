import Findings
import Testing

@testable import Reports

struct GitHubAnnotationsTests {
    private func lines(_ result: ScanResult) -> [String] {
        written(result, as: .github).split(separator: "\n").map(String.init)
    }

    @Test func aPlaceIsAnAnnotation() {
        #expect(
            lines(Sample.result()) == [
                "::error file=src/config.py,line=12,col=20,endColumn=52,title=high%3A mistral-api-key::"
                    + "Secret q7Rw…1UaE, high confidence. A Mistral AI API key. Whoever has it can run models on the owner's "
                    + "account. First step: Open the console.",
                "Scanned 1,234 files, 12.3 MB in 0.52 s", "windsock: 1 secret found (1 high)",
            ])
    }

    @Test func severityDecidesTheKind() {
        var result = Sample.full
        result.hygiene = [Sample.finding(rule: Sample.otherRule)]
        let kinds = lines(result).map { String($0.prefix { $0 != " " }) }
        #expect(kinds.filter { $0 == "::error" }.count == 2)
        // 14 places of the password, and what could not be read.
        #expect(kinds.filter { $0 == "::warning" }.count == 15)
        #expect(kinds.filter { $0 == "::notice" }.count == 1)
    }

    @Test func whatIsNoFileHasNoPlace() throws {
        let message = try #require(lines(Sample.full).first { $0.contains("commit 1a2b3c4d5e") })
        #expect(message.hasPrefix("::error title="))
    }

    @Test func changedLinesComeFirst() {
        var findings = (0..<60).map {
            Sample.finding(secret: "secret-\($0)", occurrences: [Sample.occurrence(line: $0 + 1)])
        }
        for index in findings.indices { findings[index].occurrences[0].isOnChangedLine = index == 57 }
        findings[3].occurrences.append(Sample.occurrence(path: "other", line: 99))
        findings[3].occurrences[1].isOnChangedLine = true
        let found = lines(Sample.result(findings))
        #expect(found[0].contains("file=other,line=99"))
        #expect(found[1].contains("line=58,"))
        #expect(found.count { $0.hasPrefix("::error") } == 50)
        #expect(found[50] == "and 11 more places (GitHub shows no more annotations; --report json=FILE has all)")
    }

    @Test func nothingOfARepositoryIsACommand() {
        var result = Sample.result()
        result.findings[0].occurrences[0].path = "a,line=1::warning::x%0A\n::set-output name=a::b"
        result.summary.target = "::error::x"
        result.summary.problems = [.init(subject: "x\n::warning::y", message: "\r\n::error::z")]
        let commands = lines(result).filter { $0.hasPrefix("::") }
        #expect(commands.count == 2)
        #expect(
            commands[0].contains("file=a%2Cline=1%3A%3Awarning%3A%3Ax%250A\\n%3A%3Aset-output name=a%3A%3Ab,line=12"))
        for line in lines(Hostile.result) {
            #expect(
                line.hasPrefix("::error ") || line.hasPrefix("::warning ") || line.hasPrefix("::notice ")
                    || !line.hasPrefix("::"))
        }
    }

    @Test func aCleanScanHasNoAnnotation() {
        #expect(lines(Sample.result([])).allSatisfy { !$0.hasPrefix("::") })
        #expect(lines(Sample.result([])).last == "windsock: clean")
    }
}

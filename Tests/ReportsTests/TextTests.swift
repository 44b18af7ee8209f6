import Findings
import Testing

@testable import Reports

struct TextTests {
    @Test func aBlockTellsWhatWhereSinceWhenAndWhatToDo() {
        var result = Sample.full
        result.findings.removeLast()
        result.findings[0].occurrences[1].decoders = []
        #expect(
            written(result, as: .text) == """
                HIGH  mistral-api-key  q7Rw…1UaE
                  A Mistral AI API key. Whoever has it can run models on the owner's account.
                  confidence high, fingerprint v1:d28eb03bc46bf62500d48db077d5ffaf
                  src/config.py:12:20
                      MISTRAL_API_KEY = "q7Rw…1UaE"
                      in blob 0123456789
                      since 1a2b3c4d5e of 2024-02-29 by Ada Lovelace <ada@example.org>: add the
                        configuration
                      removed in ffeeddccbb of 2024-03-12 by Grace Hopper <grace@example.org>,
                        after 12 days; reachable from main, v1.0
                      also at old/config.py
                  commit message:1:20
                      key is q7Rw…1UaE
                      in the message or the names of commit 1a2b3c4d5e
                      since 1a2b3c4d5e of 2024-02-29 by Ada Lovelace <ada@example.org>: add the
                        configuration
                      still in HEAD; reachable from the stash

                What to do
                  mistral-api-key
                    1. Open the console.
                    2. Revoke the key.
                    3. Put a new one into a secret store.
                    see https://docs.mistral.ai/

                Not read
                  objects/ab/cdef: the object is corrupt
                      Run git fsck.

                Scanned 1,234 files, 5,678 blobs, 12.3 MB, 40 commits in 0.52 s (history of .)
                Left out: 12 binary, 3 too large
                Found, but not reported: 2 baseline
                1 secret found (1 high). INCOMPLETE: 1 item not read

                """)
    }

    @Test func nothingFoundIsCleanOnlyIfAllWasRead() {
        var result = Sample.result([])
        #expect(written(result, as: .text) == "Scanned 1,234 files, 12.3 MB in 0.52 s (tree of .)\nclean\n")
        result.summary.problems = Sample.full.summary.problems
        #expect(written(result, as: .text).hasSuffix("\nINCOMPLETE: 1 item not read; nothing found in the rest\n"))
        result.summary.wasInterrupted = true
        #expect(
            written(result, as: .text).hasSuffix(
                "\nINCOMPLETE: interrupted before the end; 1 item not read; nothing found in the rest\n"))
        #expect(
            written(.init(findings: [], rules: [], summary: .init(mode: .staged, target: ".")), as: .text)
                .hasSuffix("\nclean: there was nothing to scan\n"))
    }

    @Test func manyPlacesAreSummarised() {
        let text = written(Sample.full, as: .text)
        #expect(text.contains("app/settings3.ini:10:20\n"))
        #expect(!text.contains("app/settings3.ini:11:20"))
        #expect(text.contains("and 4 more places in 2 files"))
    }

    @Test func stepsOfARuleStandOnce() {
        let text = written(Sample.result([Sample.finding(), Sample.finding(secret: Sample.otherKey)]), as: .text)
        #expect(text.components(separatedBy: "1. Open the console.").count == 2)
        #expect(text.contains("2 secrets found (2 high)"))
    }

    /// An auditor asks for them by the hundred.
    @Test func whatIsNotSureTakesALine() {
        var unsure = Sample.finding(rule: Sample.otherRule, secret: "hunter2-hunter2")
        unsure.confidence = .low
        unsure.occurrences.append(Sample.occurrence(path: "b"))
        let text = written(Sample.result([Sample.finding(), unsure]), as: .text)
        let line = "  src/config.py:12:20  generic-password  \(unsure.secret.redacted), and 1 more place\n"
        #expect(text.contains("Of low confidence (--verbose tells all of each)\n" + line + "\n"))
        #expect(!text.contains("A password.") && !text.contains("Change it."))
        var options = ReportOptions(toolVersion: "1")
        options.isVerbose = true
        let whole = written(Sample.result([Sample.finding(), unsure]), as: .text, options: options)
        #expect(whole.contains("MEDIUM  generic-password") && whole.contains("1. Change it."))
    }

    @Test func aDescriptionStandsOnceARule() {
        let text = written(Sample.result([Sample.finding(), Sample.finding(secret: Sample.otherKey)]), as: .text)
        #expect(text.components(separatedBy: "A Mistral AI API key.").count == 2)
    }

    @Test func stepsCanBeLeftOut() {
        var options = ReportOptions(toolVersion: "1")
        options.isQuiet = true
        let text = written(Sample.result(), as: .text, options: options)
        #expect(!text.contains("What to do") && text.contains("mistral-api-key"))
    }

    /// Findings and errors, as the option says: what was not read is one.
    @Test func quietSaysFindingsAndErrorsAlone() {
        var options = ReportOptions(toolVersion: "1")
        options.isQuiet = true
        for stops in [nil, StoppedStep.commit] {
            options.stops = stops
            let text = written(Sample.result(), as: .text, options: options)
            #expect(text.contains("mistral-api-key") && !text.contains("\n\n\n") && !text.hasSuffix("\n\n"))
            for word in ["Scanned", "Left out", "Note:", "found", "windsock:allow"] {
                #expect(!text.contains(word), "\(word) in \(text)")
            }
            var result = Sample.result([])
            result.summary.problems = [Problem(subject: "a", message: "could not be read")]
            let errors = written(result, as: .text, options: options)
            #expect(errors.contains("could not be read") && errors.contains("INCOMPLETE"), "\(errors)")
        }
    }

    @Test func habitsOfAKindTakeALineEach() {
        var result = Sample.result([])
        result.hygiene = (0..<30).map {
            Sample.finding(
                rule: Sample.otherRule, secret: "habit-number-\($0)", occurrences: [Sample.occurrence(line: $0 + 1)])
        }
        let text = written(result, as: .text)
        #expect(text.components(separatedBy: "A password.").count == 2)
        #expect(text.contains("\n  src/config.py:2:20  generic-password  "))
        #expect(text.contains("  and 9 more (--verbose lists all)\n"))
        #expect(text.split(separator: "\n").count < 40)
    }

    @Test func versionsOfAFileAreCounted() {
        var result = Sample.full
        result.findings[0].occurrences[0].otherObjects = [Sample.commit.id, Sample.removal.id]
        #expect(
            written(result, as: .text).contains("in blob 0123456789, and the same in 2 other versions of the file\n"))
    }

    @Test func coloursAreUsedOnlyWhenAsked() {
        #expect(!written(Sample.full, as: .text).contains("\u{1b}"))
        let colored = written(Sample.full, as: .text, options: .init(toolVersion: "1", color: true))
        #expect(colored.contains("\u{1b}[1;31mHIGH\u{1b}[0m"))
        #expect(colored.replacing(/\u{1b}\[[0-9;]*m/, with: "") == written(Sample.full, as: .text))
    }

    @Test func shownSecretsAreAnnouncedFirst() {
        let text = written(Sample.result(), as: .text, options: .init(toolVersion: "1", showSecrets: true))
        #expect(text.hasPrefix("SECRETS ARE SHOWN IN FULL"))
        #expect(text.contains("mistral-api-key  \(Sample.key)\n"))
    }

    @Test func proseIsWrappedToTheTerminal() {
        var rule = Sample.rule
        rule.remediation = [Array(repeating: "word", count: 40).joined(separator: " ")]
        let text = written(
            Sample.result([Sample.finding(rule: rule)]), as: .text, options: .init(toolVersion: "1", terminalWidth: 50))
        let lines = text.split(separator: "\n").filter { $0.contains("word") }
        #expect(lines.count == 5)
        #expect(lines.allSatisfy { $0.count <= 50 && $0.hasPrefix("    ") })
    }

    @Test func aRuleWithoutStepsStillSaysWhatToDo() {
        var rule = Sample.rule
        rule.remediation = []
        rule.description = ""
        let text = written(Sample.result([Sample.finding(rule: rule)]), as: .text)
        #expect(text.contains("1. Revoke the secret where it was issued"))
        #expect(text.contains("Matches the rule mistral-api-key"))
    }
}

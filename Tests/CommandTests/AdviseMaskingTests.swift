import TestSupport
import Testing

/// What requests mask whatever was chosen, and what is refused before one is made.
@Suite struct AdviseMaskingTests {
    private let folder = TemporaryDirectory()
    /// Of this test alone: the server remembers what it was asked.
    private let key = RandomKey(.random(in: 1...UInt64.max)).description

    init() {
        folder.write("src/app.py", "import sys\n\nMISTRAL_API_KEY = \"\(key)\"\n\nprint(sys.path)\n")
    }

    private func advise(_ arguments: [String], _ variables: [String: String] = [:]) -> Command.Outcome {
        let environment = ["XDG_CONFIG_HOME": folder("config"), "MISTRAL_API_KEY": ""]
        return Windsock.run(["advise"] + arguments, in: folder, environment: environment.merging(variables) { $1 })
    }

    /// Rules of a team's file find it, and no built-in rule does.
    private static let teamRule = """
        [extend]
        useDefault = true
        [[rules]]
        id = "harbour-berth"
        description = "A berth"
        regex = '''berth-[a-z]+-[a-z]+'''
        keywords = ["berth-"]
        """

    @Test func whatTheRepositorysRulesFindIsMaskedWhateverWasChosen() {
        folder.write("src/.windsock.toml", Self.teamRule)
        folder.write("src/app.py", "place(berth-otter-heron)\nMISTRAL_API_KEY = \"\(key)\"\n")
        for more in [["--only", "mistral-*"], ["--no-repository-config"], ["--min-confidence", "high"]] {
            let outcome = advise(["src", "--dry-run"] + more)
            #expect(outcome.output.contains("__SECRET__"), "\(outcome.errors)")
            #expect(!outcome.output.contains("otter-heron"), "\(more)")
        }
    }

    @Test func placesThatAReportNamesAreMaskedWithoutTheirRules() {
        folder.write("src/app.py", "place(berth-otter-heron)\nMISTRAL_API_KEY = \"\(key)\"\n")
        folder.write("team.toml", Self.teamRule)
        let scan = Windsock.run(["scan", "src", "--config", "team.toml", "--format", "json"], in: folder)
        folder.write("report.json", scan.output)
        let outcome = advise(["report.json", "--repository", "src", "--dry-run"])
        #expect(outcome.output.split(separator: "\n").count == 2, "\(outcome.errors)")
        #expect(outcome.output.contains("__SECRET__") && !outcome.output.contains("otter-heron"))
        #expect(outcome.errors.contains("not among those that are loaded") && !outcome.errors.contains("was changed"))
    }

    @Test func theKeyInUseStandsInNoRequest() {
        folder.write("src/app.py", "x = go(plain-gateway-word)\nMISTRAL_API_KEY = \"\(key)\"\n")
        let outcome = advise(
            ["src", "--dry-run", "--key-env", "GATEWAY_WORD"], ["GATEWAY_WORD": "plain-gateway-word"])
        #expect(outcome.output.contains("__SECRET__") && !outcome.output.contains("gateway-word"))
    }

    @Test func outputThatCannotBeWrittenIsSaid() {
        let outcome = Command.run(
            ["/bin/sh", "-c", "exec \"$0\" advise src --dry-run > /dev/full", Windsock.path], in: folder.path)
        #expect(outcome.status == 3 && outcome.errors.contains("standard output"))
    }

    @Test func reportsOfOtherFormsAndKeysAsNamesAreRefused() {
        folder.write("new.json", "{\"schema\": \"windsock/9\", \"findings\": []}")
        folder.write("lines.jsonl", "{\"rule\":\"x\",\"fingerprint\":\"y\"}\n")
        for arguments in [["new.json"], ["lines.jsonl"], ["-"], ["src", "--model", key]] {
            let outcome = advise(arguments + ["--dry-run"])
            #expect(outcome.status == 2 && !outcome.reveals(key), "\(arguments): \(outcome.errors)")
        }
    }
}

import Foundation
import TestSupport
import Testing

/// What agents and shells have kept is found, and masked where it stands.
@Suite struct AgentMemoryTests {
    private let home = TemporaryDirectory()
    private let key = RandomKey(2220).description
    private let transcript = ".claude/projects/-home-ada-x/1.jsonl"

    private func agent(_ words: String...) -> Command.Outcome {
        let outcome = Windsock.run(["agent"] + words, in: home, environment: ["HOME": home.path])
        #expect(!outcome.reveals(key))
        return outcome
    }

    private func text(_ name: String) -> String { String(decoding: home.read(name), as: UTF8.self) }

    private var line: String {
        #"{"type":"user","timestamp":"2026-03-04T05:06:07Z","message":{"content":"export MISTRAL_API_KEY=\#(key)\nls \"é\""}}"#
    }

    @Test func whatIsKeptIsFoundWithItsDay() {
        home.write(transcript, #"{"type":"a","timestamp":"2026-01-01T00:00:00Z"}"# + "\n\(line)\n")
        home.write(".bash_history", "ls\nMISTRAL_API_KEY=\(key) ./run\n")
        home.write(".codex/sessions/2026/a.jsonl", "{}\n")
        home.write("elsewhere.env", "MISTRAL_API_KEY=\(key)\n")
        let outcome = agent("scan")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("1.jsonl (Claude Code), since 2026-03-04"))
        #expect(outcome.output.contains(".bash_history (bash), since "))
        #expect(
            outcome.output.contains("mistral-api-key of Mistral AI: \(key.prefix(4))…\(key.suffix(4)), 1 place, high"))
        #expect(outcome.output.contains("1 secret in 2 of 3 files"))
        #expect(!outcome.output.contains("elsewhere"))
    }

    @Test func whereNothingIsKeptNothingIsSaid() {
        let outcome = agent("scan")
        #expect(outcome.status == 0)
        #expect(outcome.output == "0 secrets in 0 of 0 files\n")
    }

    @Test func nothingIsChangedUnlessItIsSaid() {
        home.write(transcript, line + "\n")
        let outcome = agent("clean")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("would be masked in 1 place"))
        #expect(text(transcript) == line + "\n")
        #expect(!FileManager.default.fileExists(atPath: home(".local")))
    }

    @Test func masksMoveNothingAndAreUndone() throws {
        home.write(transcript, line + "\n" + line + "\n{\"cut\":\"MISTRAL_API_KEY=\(key)")
        home.write(".zsh_history", ": 1700000000:0;curl -H 'Authorization: Bearer \(key)' https://api.mistral.ai\n")
        let before = [transcript, ".zsh_history"].map { text($0) }
        let appending = try #require(FileHandle(forWritingAtPath: home(transcript)))
        try appending.seekToEnd()
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        let after = [transcript, ".zsh_history"].map { text($0) }
        let mask = key.prefix(4) + String(repeating: "*", count: 24) + key.suffix(4)
        #expect(after == before.map { $0.replacing(key, with: mask) })
        for part in after[0].split(separator: "\n").prefix(2) {
            _ = try JSONSerialization.jsonObject(with: Data(part.utf8))
        }
        // A client that has the file open goes on at its end.
        try appending.write(contentsOf: Data("\"}\n{\"b\":1}\n".utf8))
        #expect(text(transcript) == after[0] + "\"}\n{\"b\":1}\n")
        #expect(agent("scan").status == 0)
        let records = try FileManager.default.contentsOfDirectory(atPath: home(".local/state/windsock/cleaned"))
        let record = home(".local/state/windsock/cleaned/" + (try #require(records.first)))
        #expect(try FileManager.default.attributesOfItem(atPath: record)[.posixPermissions] as? Int == 0o600)
        let undone = agent("clean", "--undo")
        #expect(undone.output == "put back what was masked in 2 files\n")
        #expect(text(transcript) == before[0] + "\"}\n{\"b\":1}\n")
        #expect(text(".zsh_history") == before[1])
        #expect(agent("clean", "--undo").status == 2)
    }

    @Test func settingsAreToldOfAndLeft() {
        let settings = #"{"mcpServers":{"a":{"command":"a","env":{"MISTRAL_API_KEY":"\#(key)"}}}}"#
        home.write(".claude.json", settings)
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("a setting: put the value into the environment"))
        #expect(text(".claude.json") == settings)
    }

    @Test func aLinkIsNotFollowed() throws {
        home.write("other", "MISTRAL_API_KEY=\(key)\n")
        try FileManager.default.createSymbolicLink(atPath: home(".bash_history"), withDestinationPath: "other")
        #expect(agent("scan").status == 0)
    }

    @Test func aRepositorysFilesAreLookedAtWhereItIsSaid() {
        let repository = RepositoryBuilder().write([
            ".claude/settings.local.json": "{\"env\":{\"MISTRAL_API_KEY\":\"\(key)\"}}"
        ])
        func scan(_ words: String...) -> Command.Outcome {
            Windsock.run(["agent", "scan"] + words, in: repository, environment: ["HOME": home.path])
        }
        #expect(scan().status == 0)
        #expect(scan("--project").output.contains("settings.local.json (Claude Code)"))
    }

    @Test func aWeakValueIsMaskedWhereItWasFoundAndNowhereElse() {
        let history =
            "psql -U warehouse warehouse\nDB_PASSWORD=warehouse ./run\nsudo -u warehouse createdb warehouse-test\n"
        home.write(".bash_history", history + "DB_PASSWORD=warehouse ./again\n")
        home.write(".claude/history.jsonl", "{\"display\":\"how do I upgrade warehouse to 17?\"}\n")
        #expect(agent("clean", "--write").status == 0)
        #expect(
            text(".bash_history")
                == history.replacing("=warehouse", with: "=*********") + "DB_PASSWORD=********* ./again\n")
        #expect(text(".claude/history.jsonl").contains("upgrade warehouse"))
        agent("clean", "--undo").expectSuccess()
        #expect(text(".bash_history") == history + "DB_PASSWORD=warehouse ./again\n")
    }

    @Test(arguments: ["claude-code", "gemini"]) func aMaskForAModelLeavesOrdinaryWordsToo(client: String) {
        let event =
            #"{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_input":{},"tool_response":{"stdout":"DB_PASSWORD=warehouse\nuser warehouse\n"}}"#
        let outcome = Windsock.run(["agent", "hook", client, "--mask"], in: home, input: event)
        #expect(
            outcome.output.contains("user warehouse") && !outcome.output.contains("=warehouse"), "\(outcome.output)")
    }

    @Test func whatHasSeveralNamesIsLeftAndSaidSo() throws {
        let line = "MISTRAL_API_KEY=\(key) ./run\n"
        home.write(".bash_history", line)
        home.write(".zsh_history", line)
        try FileManager.default.linkItem(atPath: home(".bash_history"), toPath: home("elsewhere"))
        for words in [["clean"], ["clean", "--write"]] {
            let outcome = Windsock.run(["agent"] + words, in: home, environment: ["HOME": home.path])
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("left: it has another name as well (a hard link)"))
        }
        #expect(text(".bash_history") == line && text("elsewhere") == line && !text(".zsh_history").contains(key))
        // One that was made since keeps what was masked from being put back under every name.
        try FileManager.default.linkItem(atPath: home(".zsh_history"), toPath: home("other"))
        let undone = agent("clean", "--undo")
        #expect(undone.status == 3 && undone.errors.contains("it has another name as well"))
        #expect(!text("other").contains(key))
    }

    @Test(arguments: [
        (".bash_history", "#1700000000\nKEY\n"), (".zsh_history", ": 1700000000:0;KEY\n"),
        (".local/share/fish/fish_history", "- cmd: KEY\n  when: 1700000000\n"),
        (".codex/history.jsonl", "{\"session_id\":\"a\",\"ts\":1700000000,\"text\":\"KEY\"}\n"),
        (".claude/history.jsonl", "{\"display\":\"KEY\",\"timestamp\":1700000000123}\n"),
        (".claude/projects/a/b.jsonl", "{\"timestamp\":\"2023-11-14T22:13:20Z\",\"message\":\"KEY\"}\n"),
        (
            ".config/Code/User/workspaceStorage/0a1b/chatSessions/c.json",
            "{\n \"creationDate\": 1700000000123,\n \"requests\": [\n  {\"message\": \"KEY\"}\n ]\n}\n"
        ),
        (".config/Code/User/globalStorage/emptyWindowChatSessions/d.jsonl", "{\"ts\":1700000000123,\"v\":\"KEY\"}\n"),
    ]) func theDayIsThatOfTheRecord(path: String, record: String) {
        home.write(path, record.replacing("KEY", with: "MISTRAL_API_KEY=\(key)"))
        let outcome = agent("scan")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\(path)") && outcome.output.contains("since 2023-11-14"), "\(outcome.output)")
    }

    @Test func whatElseAnEditorKeepsIsNotLookedAt() {
        home.write(".config/Code/User/workspaceStorage/0a1b/state.json", "{\"a\": \"MISTRAL_API_KEY=\(key)\"}\n")
        #expect(agent("scan").status == 0)
    }
}

import Bytes
import Foundation
import TestSupport
import Testing

@testable import WindsockCommand

/// The settings of clients, before, with and after.
@Suite struct AgentInstallTests {
    private let home = TemporaryDirectory()

    private static let files = [
        "claude-code": ".claude/settings.json", "cursor": ".cursor/hooks.json", "codex": ".codex/hooks.json",
        "copilot": ".copilot/hooks/windsock.json", "gemini": ".gemini/settings.json", "vibe": ".vibe/hooks.toml",
    ]
    private static let clients = files.keys.sorted()
    private static let clientsOfJSON = clients.filter { $0 != "vibe" }

    private func agent(_ words: String...) -> Command.Outcome {
        Windsock.run(["agent"] + words, in: home, environment: ["HOME": home.path])
    }

    private func text(_ client: String) -> String? {
        let path = home(Self.files[client] ?? "")
        return FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let event = [
        "claude-code": "PreToolUse", "codex": "PreToolUse", "gemini": "BeforeTool", "copilot": "PreToolUse",
        "cursor": "preToolUse",
    ]

    /// `EVENT` is the name of an event of the client.
    private static let settings = [
        "{}", "{ }", "{\n}", "{\n}\n", "{\r\n}\r\n", "{\"a\": 1}", "{\"hooks\":{}}", "{\"hooks\": { }, \"a\": [1]}",
        "{\n    \"model\": \"x\"\n}\n", "{\n\t\"a\": 1,\n\t\"b\": {\"c\": []}\n}",
        "\u{feff}{\n  \"a\": \"é\"\n}\n",
        "{\n  \"hooks\": {\n    \"EVENT\": []\n  },\n  \"version\": 1\n}\n",
        "{\n  \"version\": 1,\n  \"hooks\": {\n    \"Stop\": [\n      {\"command\": \"true\"}\n    ]\n  }\n}\n",
        "{\"version\":1,\"hooks\":{\"EVENT\":[{\"command\":\"a\"},{\"hooks\":[{\"type\":\"command\",\"command\":\"b\"}]}]}}",
        "{\n  // mine\n  \"a\": 1, // too\n  /* and\n  this */\n  \"hooks\": {\n    // nothing yet\n  },\n}\n",
        "{\n  \"a\": 1 // no comma\n}\n",
        "{\r\n  \"a\": 1,\r\n  \"hooks\": {\r\n    \"EVENT\": [\r\n      { \"command\": \"a\" },\r\n    ],\r\n  },\r\n}\r\n",
        "{\"hooks\":{\"EVENT\":[ ],\"Other\":[]},\"disableAllHooks\":false}",
        // Commas behind the last.
        "{\"version\":1,\"hooks\":{\"EVENT\":[],},}", "{\"version\":1,\"hooks\":{},}", "{\"version\":1,\"a\":1,}",
        "{\n  \"version\": 1,\n}\n",
        "{\"version\":1,\"hooks\":{\"EVENT\":[{\"command\":\"a\"},],},}", "{\"version\":1,\"hooks\":{\"Other\":[],},}",
        "{\n  \"version\": 1,\n  \"hooks\": {\n    \"EVENT\": [\n    ],\n  },\n}",
        "{\"version\":1,\"hooks\":{\"EVENT\":[{\"hooks\":[],},],/* b */},/* c */}",
        "{\"version\": 1, \"hooks\": {\"EVENT\": [ /* none */ ], }, }",
        "{\"version\":1,\"hooks\":{\"EVENT\":[] /* a */ , /* b */}}",
        "{\"version\":1,\"hooks\":{\"a\":[], /* a */ \"EVENT\":[] // b\n,}}",
        "{\"version\":1, /* a */ \"hooks\":{} /* b */,}", "{ /* a */ }", "{\n  // a\n}\n",
        "{\"version\":1 // a\n, \"b\":[],}",
    ]

    /// What holds no value yet, or holds what an installation would put there.
    private static let oddSettings = [
        "", " ", "\n", " \r\n\t\n", "// mine\n", "/* mine */", "// no end", "\u{feff}", "\u{feff}\n", "\u{feff}{}",
        "\r\n", "{}\n\n\n",
        "\n\n{}", "// a\n{}// b", "{\"version\":1,\"hooks\":{\"EVENT\":[],},}", "{\r\n}",
        "{\"version\":1,\"hooks\":{\"EVENT\":[],\"EVENT2\":[]}}",
        "{\"version\":1,\"hooks\":{\"EVENT\":[OWN]}}",
        "{\n \"version\": 1,\n \"hooks\": {\n  \"EVENT\": [\n   OWN,\n  ]\n },\n}",
        "{\"version\":1,\"hooks\":{\"EVENT\":[OWN,OWN],\"Other\":[OWN]}}", "INSTALLED",
    ]

    @Test(arguments: clientsOfJSON, oddSettings) func howeverOddItIsItIsTheSameAfterwards(
        client: String, settings: String
    ) throws {
        let path = Self.files[client] ?? ""
        if settings == "INSTALLED" {
            agent("install", client).expectSuccess()
            try FileManager.default.removeItem(atPath: home(".local"))
        } else {
            let hook = "{\"type\":\"command\",\"command\":\"/usr/bin/windsock agent hook \(client)\"}"
            let own = ["cursor", "copilot"].contains(client) ? hook : "{\"hooks\":[\(hook)]}"
            home.write(path, settings.replacing("EVENT", with: Self.event[client] ?? "").replacing("OWN", with: own))
        }
        let before = text(client)
        for options in [[], ["--mask"], ["--fail-closed"]] {
            let outcome = Windsock.run(
                ["agent", "install", client] + options, in: home, environment: ["HOME": home.path])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        _ = try JSONDocument(Array((text(client) ?? "").utf8), dialect: .commented)
        agent("install", client).expectSuccess()
        agent("uninstall", client).expectSuccess()
        #expect(text(client) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: home(".local/state/windsock/settings")).isEmpty)
    }

    @Test(arguments: clientsOfJSON) func whereNothingWasWrittenDownItIsTakenOutAllTheSame(client: String) throws {
        for before in [nil, "{}", "{\n  \"version\": 1,\n  \"hooks\": {\"Stop\": [],},\n}\n", " \n", "// mine\n"] {
            if let before { home.write(Self.files[client] ?? "", before) }
            agent("install", client).expectSuccess()
            try FileManager.default.removeItem(atPath: home(".local"))
            agent("uninstall", client).expectSuccess()
            #expect(text(client) == before)
            if before != nil { home.remove(Self.files[client] ?? "") }
        }
    }

    @Test func whatWasWrittenDownIsForItsUserAlone() throws {
        let own = "{\"env\": {\"A\": \"not-for-others\"}, \"hooks\": { }}"
        home.write(".claude/settings.json", own)
        agent("install", "claude-code").expectSuccess()
        let folder = home(".local/state/windsock/settings")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let record = folder + "/" + (try #require(names.first))
        #expect(try FileManager.default.attributesOfItem(atPath: record)[.posixPermissions] as? Int == 0o600)
        #expect(
            !String(decoding: FileManager.default.contents(atPath: record) ?? Data(), as: UTF8.self).contains(
                "not-for-others"))
        // A damaged one is none.
        try Data("{".utf8).write(to: URL(fileURLWithPath: record))
        agent("uninstall", "claude-code").expectSuccess()
        #expect(text("claude-code") == own)
    }

    @Test func aHookThatWasThereBeforeIsNamed() {
        let own =
            "{\"hooks\":{\"PreToolUse\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"windsock agent hook claude-code\"}]}]}}"
        home.write(".claude/settings.json", own)
        agent("install", "claude-code").expectSuccess()
        let first = agent("uninstall", "claude-code")
        #expect(first.output.contains("as it was before, and runs windsock all the same"))
        #expect(text("claude-code") == own)
        agent("uninstall", "claude-code").expectSuccess()
        #expect(text("claude-code")?.contains("windsock") == false)
    }

    @Test(arguments: clientsOfJSON, settings) func whatIsPutInIsTakenOutByteForByte(client: String, settings: String)
        throws
    {
        let before = settings.replacing("EVENT", with: Self.event[client] ?? "")
        let client = try #require(AgentClient(rawValue: client))
        for failsClosed in [false, true] {
            let hooks = AgentHooks(
                client: client, command: "/a b/windsock agent hook \(client.rawValue) --mask", failsClosed: failsClosed)
            let editor = SettingsEditor(hooks: hooks)
            if hooks.hasVersion, before.contains("\"hooks\""), !before.contains("\"version\"") {
                // Of such a file the client reads nothing.
                #expect(throws: SettingsEditor.Refusal.self) { try editor.installed(in: before) }
                continue
            }
            let with = try editor.installed(in: before)
            #expect(with != before)
            for event in hooks.events { #expect(with.contains("\"\(event.name)\"")) }
            #expect(try editor.removed(from: with) == .text(before))
            #expect(try editor.removed(from: before) == .untouched)
        }
    }

    @Test(arguments: clientsOfJSON) func settingsAreTheSameAfterwards(client: String) throws {
        let before = "{\r\n\t\"version\": 1, // one\r\n\t\"hooks\": {}\r\n}"
        home.write(Self.files[client] ?? "", before)
        agent("install", client).expectSuccess()
        let with = try #require(text(client))
        #expect(with.contains(" agent hook \(client)"))
        #expect(agent("install", client).output.contains("runs windsock already"))
        #expect(text(client) == with)
        agent("install", client, "--mask", "--fail-closed").expectSuccess()
        #expect(text(client)?.contains(" agent hook \(client) --mask --fail-closed") == true)
        agent("uninstall", client).expectSuccess()
        #expect(text(client) == before)
        #expect(agent("uninstall", client).status == 2)
    }

    @Test(arguments: clients) func whereThereWereNoneThereAreNoneAfterwards(client: String) {
        agent("install", client).expectSuccess()
        #expect(text(client) != nil)
        agent("uninstall", client).expectSuccess()
        #expect(text(client) == nil)
        home.write(Self.files[client] ?? "", "")
        agent("install", client).expectSuccess()
        agent("uninstall", client).expectSuccess()
        #expect(text(client) == "")
    }

    @Test(
        arguments: [
            "# mine\n", "a = 1", "a = 1\n\n\n", "[[hooks]]\nname = \"x\"\ntype = \"pre_tool\"\ncommand = \"true\"\n",
            "a = 1\r\n", "\u{feff}a = 1\n", " \n\n", "# no end", "a = \"\"\"\n# windsock: begin\n\"\"\"\n",
            "a = \"\"\"\n\(SettingsLines.beginning)\n\(SettingsLines.end)\n\"\"\"\n",
            "a = '''\n\(SettingsLines.end)\n'''",
            "# \(SettingsLines.beginning)\n", "  \(SettingsLines.end)\n", "a = \"\(SettingsLines.beginning)\"\n",
            "[[hooks]]\nname = \"x\"\ntype = \"pre_tool\"\ncommand = \"/a/windsock agent hook vibe\"\n",
        ]) func vibesFileIsTheSameAfterwards(settings: String)
    {
        home.write(".vibe/hooks.toml", settings)
        agent("install", "vibe").expectSuccess()
        #expect(text("vibe")?.hasPrefix(settings) == true)
        #expect(text("vibe")?.components(separatedBy: "[[hooks]]\nname = \"windsock-").count == 3)
        agent("uninstall", "vibe").expectSuccess()
        #expect(text("vibe") == settings)
    }

    @Test func whatSomebodyHasWrittenIntoVibesBlockStays() throws {
        let own = "[[hooks]]\nname = \"mine\"\ntype = \"pre_tool\"\nmatch = \"*\"\ncommand = \"true\"\n"
        for before in ["", "a = 1\n"] {
            for place in ["[[hooks]]\nname = \"windsock-post", "# windsock: end"] {
                home.write(".vibe/hooks.toml", before)
                agent("install", "vibe").expectSuccess()
                home.write(".vibe/hooks.toml", (text("vibe") ?? "").replacing(place, with: "# mine\n\(own)\(place)"))
                agent("install", "vibe", "--mask").expectSuccess()
                #expect(text("vibe")?.contains("# mine\n\(own)") == true)
                #expect(text("vibe")?.components(separatedBy: "agent hook vibe --mask").count == 3)
                agent("uninstall", "vibe").expectSuccess()
                let after = try #require(text("vibe"))
                #expect(after.hasPrefix(before) && after.contains("# mine\n\(own)") && !after.contains("windsock"))
            }
        }
    }

    @Test func ofVibesBlockWhatWasChangedGoesToo() throws {
        home.write(".vibe/hooks.toml", "a = 1\n")
        agent("install", "vibe").expectSuccess()
        home.write(
            ".vibe/hooks.toml",
            (text("vibe") ?? "").replacing("timeout = 10.0", with: "timeout = 20.0 # longer").replacing(
                "\n", with: "\r\n"))
        agent("uninstall", "vibe").expectSuccess()
        #expect(text("vibe")?.contains("windsock") == false)
        #expect(text("vibe")?.hasPrefix("a = 1\r\n") == true)
    }

    @Test(
        arguments: [
            ("claude-code", "{", "is no JSON (line 1, column 2"), ("codex", "[]", "is no object"),
            ("gemini", "{\"hooks\": []}", "something else than an object in hooks"),
            (
                "cursor", "{\"version\": 1, \"hooks\": {\"preToolUse\": {}}}",
                "something else than a list in hooks.preToolUse"
            ),
            ("copilot", "{\"hooks\": {}, \"hooks\": {}}", "has hooks twice"),
            ("cursor", "{\"hooks\": {}}", "has hooks and no version"),
            ("claude-code", "{\"a\": 1} {}", "there is more behind the value"),
            ("codex", "\u{0}", "is no JSON"), ("vibe", "hooks = 1\n", "something else than tables in hooks"),
            ("vibe", "a = ", "is no TOML (line 1"),
        ]) func whatIsOfAnotherShapeIsLeftAlone(client: String, settings: String, reason: String)
    {
        home.write(Self.files[client] ?? "", settings)
        let outcome = agent("install", client)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(outcome.errors.contains("was not changed"))
        #expect(text(client) == settings)
    }

    @Test func whatSomebodyHasAddedSinceStays() throws {
        home.write(".claude/settings.json", "{\n  \"a\": 1\n}\n")
        agent("install", "claude-code").expectSuccess()
        let own = "{\"hooks\": [{\"type\": \"command\", \"command\": \"mine\"}]}"
        let with = try #require(text("claude-code"))
        let changed = with.replacing("\"PreToolUse\": [", with: "\"PreToolUse\": [\(own),").replacing(
            "\"a\": 1", with: "\"a\": 2")
        home.write(".claude/settings.json", changed)
        agent("uninstall", "claude-code").expectSuccess()
        let rest = try #require(text("claude-code"))
        let value = try JSONSerialization.jsonObject(with: Data(rest.utf8)) as? [String: Any]
        #expect(value?["a"] as? Int == 2)
        #expect((value?["hooks"] as? [String: Any])?.keys.sorted() == ["PreToolUse"])
        #expect(rest.contains(own))
    }

    @Test func aLinkStaysOneAndPermissionsStay() throws {
        let files = FileManager.default
        home.write("dotfiles/claude.json", "{\"a\": 1}")
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: home("dotfiles/claude.json"))
        try files.createDirectory(atPath: home(".claude"), withIntermediateDirectories: true)
        try files.createSymbolicLink(
            atPath: home(".claude/settings.json"), withDestinationPath: "../dotfiles/claude.json")
        agent("install", "claude-code").expectSuccess()
        #expect(try files.destinationOfSymbolicLink(atPath: home(".claude/settings.json")) == "../dotfiles/claude.json")
        #expect(try files.attributesOfItem(atPath: home("dotfiles/claude.json"))[.posixPermissions] as? Int == 0o600)
        agent("uninstall", "claude-code").expectSuccess()
        #expect(String(decoding: home.read("dotfiles/claude.json"), as: UTF8.self) == "{\"a\": 1}")
        try files.removeItem(atPath: home("dotfiles/claude.json"))
        let dangling = agent("install", "claude-code")
        #expect(dangling.status == 3 && dangling.errors.contains("leads nowhere"))
    }

    @Test func aReadOnlyFileIsLeftAlone() throws {
        home.write(".gemini/settings.json", "{}")
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: home(".gemini/settings.json"))
        let outcome = agent("install", "gemini")
        #expect(outcome.status == 3 && outcome.errors.contains("it is read-only"))
        #expect(text("gemini") == "{}")
        let records = home(".local/state/windsock/settings")
        #expect(try FileManager.default.contentsOfDirectory(atPath: records).isEmpty, "there is nothing to put back")
    }

    @Test func ofTwoAtOnceNoneIsLost() {
        home.write(".claude/settings.json", "{\"a\": 1}")
        let script = "for i in 1 2 3 4 5 6; do \"$windsock\" agent install claude-code & done; wait"
        Windsock.shell(script, in: home, environment: ["HOME": home.path]).expectSuccess()
        #expect(text("claude-code")?.components(separatedBy: " agent hook claude-code\"").count == 4)
        agent("uninstall", "claude-code").expectSuccess()
        #expect(text("claude-code") == "{\"a\": 1}")
    }

    @Test(arguments: clients) func theDoctorTriesWhatIsInstalled(client: String) {
        let before = agent("doctor", client)
        #expect(before.status == 1 && before.errors.contains("do not run windsock"))
        agent("install", client).expectSuccess()
        let works = agent("doctor", client)
        #expect(works.status == 0, "\(works.errors)")
        #expect(works.output.contains("refuses a key in"))
        agent("install", client, "--mask", "--", "--min-confidence=high").expectSuccess()
        #expect(agent("doctor").status == 0)
        agent("install", client, "--", "--min-severity=critical").expectSuccess()
        let blind = agent("doctor", client)
        #expect(blind.status == 1 && blind.errors.contains("a key was not refused"))
    }

    @Test func aRepositorysSettingsNameNoPathOfOneMachine() throws {
        let repository = RepositoryBuilder()
        func run(_ words: String...) -> Command.Outcome {
            Windsock.run(
                ["agent"] + words, in: repository,
                environment: ["PATH": "/usr/bin:/bin:\(Windsock.folder)", "HOME": home.path])
        }
        run("install", "copilot", "--project").expectSuccess()
        let path = repository.path + "/.github/hooks/windsock.json"
        let text = String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
        #expect(!text.contains(Windsock.folder))
        #expect(text.contains("if command -v windsock >/dev/null 2>&1; then windsock agent hook copilot; fi"))
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(value?["version"] as? Int == 1)
        run("doctor", "copilot").expectSuccess()
        run("uninstall", "copilot", "--project").expectSuccess()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}

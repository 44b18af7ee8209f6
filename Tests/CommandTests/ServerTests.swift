import Foundation
import TestSupport
import Testing

/// What servers do with what no client should send. That they and other people's clients understand each other is tried by
/// `.ci/mcp-test` and `.ci/lsp-test`.
@Suite struct ServerTests {
    private let folder = TemporaryDirectory()
    private let key = RandomKey(2210).description

    private static let hello =
        #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}"#

    /// Answers of `windsock mcp`, a line each.
    private func answers(_ lines: [String], _ options: [String] = []) throws -> [[String: Any]] {
        let outcome = Windsock.run(["mcp"] + options, in: folder, input: lines.joined(separator: "\n") + "\n")
        #expect(outcome.status == 0)
        #expect(!outcome.reveals(key))
        return try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private func code(_ answer: [String: Any]) -> Int? { (answer["error"] as? [String: Any])?["code"] as? Int }

    @Test(
        arguments: [
            ("{", -32700), ("\u{0}", -32700), ("[", -32700), (String(repeating: "[", count: 100_000), -32700),
            ("1", -32600), ("{}", -32600), (#"{"id":null,"a":1}"#, -32600), (#"[1]"#, -32600),
            (#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, -32601),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"verify","arguments":{}}}"#, -32602),
            (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"scan_text","arguments":[]}}"#, -32602),
            (
                #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"scan_path","arguments":{"path":"/etc"}}}"#,
                -32602
            ),
        ]) func whatIsNoRequestGetsAnErrorAndTheServerGoesOn(line: String, expected: Int) throws
    {
        let answers = try answers([line, #"{"jsonrpc":"2.0","id":"p","method":"ping"}"#])
        #expect(answers.count == 2)
        #expect(answers.compactMap(code) == [expected])
        #expect(answers.contains { $0["id"] as? String == "p" && $0["result"] != nil })
    }

    @Test func theVersionIsTheClientsWhereItIsKnown() throws {
        for (asked, answered) in [
            ("2025-06-18", "2025-06-18"), ("1999-01-01", "2025-11-25"), ("2026-07-28", "2025-11-25"),
        ] {
            let answer = try #require(try answers([Self.hello.replacing("2025-06-18", with: asked)]).first)
            #expect((answer["result"] as? [String: Any])?["protocolVersion"] as? String == answered)
        }
    }

    @Test func aTextIsScannedAndTwoCallsAtOnceAreAnsweredByTheirIds() throws {
        func call(_ id: Int, _ text: String) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"scan_text","arguments":{"text":"\#(text)"}}}"#
        }
        let answers = try answers([
            Self.hello, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, call(1, "MISTRAL_API_KEY=\(key)"),
            call(2, "nothing"),
        ])
        let rules = answers.reduce(into: [Int: Int]()) { counts, answer in
            let result = answer["result"] as? [String: Any]
            let structure = result?["structuredContent"] as? [String: Any]
            if let id = answer["id"] as? Int, let findings = structure?["findings"] as? [Any] {
                counts[id] = findings.count
            }
        }
        #expect(rules == [1: 1, 2: 0])
    }

    @Test func whatIsTakenBackGetsNoAnswer() throws {
        func call(_ id: Int) -> String {
            #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"scan_text","arguments":{"text":"a"},"_meta":{"progressToken":"t"}}}"#
        }
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}"#
        let again = call(1)
        let answers = try answers([Self.hello, call(1), call(2), cancel, again, call(3)])
        #expect(answers.compactMap { $0["id"] as? Int }.sorted() == [0, 1, 1, 3])
        #expect(answers.compactMap(code) == [-32600], "an id that is in use is no other's")
    }

    @Test func aClientThatIsGoneEndsTheServer() {
        let script =
            "printf '%s\\n' \"$hello\" | \"$windsock\" mcp | head -c 1; printf '%s' '{\"jsonrpc\"' | \"$windsock\" mcp >out; cat out"
        let outcome = Windsock.shell(script, in: folder, environment: ["hello": Self.hello])
        #expect(outcome.output.hasPrefix("{"))
        #expect(outcome.output.contains("-32700"), "what is cut is no message")
    }

    // MARK: Editors

    private func framed(_ messages: [String]) -> String {
        messages.map { "Content-Length: \($0.utf8.count)\r\n\r\n\($0)" }.joined()
    }

    @Test(
        arguments: [
            "Content-Length: 5\r\n\r\n{", "Content-Length: -1\r\n\r\n", "Content-Length: 1\r\n\r\n{", "\r\n\r\n",
            "nonsense",
            "Content-Length: 999999999999\r\n\r\n{}", "Content-Length: 99999999999999999999\r\n\r\n{}",
        ]) func whatIsNoMessageEndsNoEditorsServerBadly(input: String)
    {
        let outcome = Windsock.run(["lsp"], in: folder, input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func anEditorIsToldWhereAKeyStands() throws {
        let text = #"a\nMISTRAL_API_KEY=\#(key)\n"#
        let outcome = Windsock.run(
            ["lsp"], in: folder,
            input: framed([
                #"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{}}"#,
                #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"capabilities":{}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","languageId":"x","version":7,"text":"\#(text)"}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:1","version":8},"contentChanges":[{"range":{"start":{"line":9,"character":9},"end":{"line":-1,"character":0}},"text":"b"}]}}"#,
                #"{"jsonrpc":"2.0","id":3,"method":"shutdown"}"#,
                #"{"jsonrpc":"2.0","id":4,"method":"textDocument/hover"}"#,
                #"{"jsonrpc":"2.0","method":"exit"}"#,
            ]))
        #expect(outcome.status == 0)
        #expect(!outcome.reveals(key))
        #expect(outcome.output.contains("-32002"))
        #expect(
            outcome.output.contains(
                #""version":7,"diagnostics":[{"range":{"start":{"line":1,"character":16},"end":{"line":1,"character":48}}"#
            ))
        #expect(outcome.output.contains(#""id":3,"result":null"#))
        #expect(outcome.output.contains("-32600"))
    }

    @Test func anEditorIsOfferedALookUp() throws {
        let address = "file://\(folder.path)/a.py"
        let position = #"{"line":1,"character":20}"#
        let outcome = Windsock.run(
            ["lsp"], in: folder,
            input: framed([
                #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"capabilities":{}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"\#(address)","languageId":"python","version":7,"text":"x = 1\nmistral_key = '\#(key)'\n"}}}"#,
                #"{"jsonrpc":"2.0","id":3,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"\#(address)"},"range":{"start":\#(position),"end":\#(position)},"context":{"diagnostics":[]}}}"#,
                #"{"jsonrpc":"2.0","id":4,"method":"shutdown"}"#, #"{"jsonrpc":"2.0","method":"exit"}"#,
            ]))
        #expect(!outcome.reveals(key))
        #expect(outcome.output.contains("in the environment as MISTRAL_KEY"))
        #expect(outcome.output.contains(#""newText":"import os\n\n""#))
        #expect(
            outcome.output.contains(
                #"{"range":{"start":{"line":1,"character":14},"end":{"line":1,"character":48}},"newText":"os.environ[\"MISTRAL_KEY\"]"}"#
            ), "\(outcome.output)")
    }

    // MARK: What is not to be read

    private func call(_ id: Int, _ tool: String, _ arguments: String) -> String {
        #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
    }

    private func count(_ answer: [String: Any]?) -> Int? {
        ((answer?["result"] as? [String: Any])?["structuredContent"] as? [String: Any]).flatMap {
            ($0["findings"] as? [Any])?.count
        }
    }

    @Test func aTextThatIsHandedOverIsLookedAtInFull() throws {
        for text in [#"MISTRAL_API_KEY=\#(key) # windsock:allow"#, #"a\u0000b\nMISTRAL_API_KEY=\#(key)\n"#] {
            #expect(count(try answers([call(1, "scan_text", #"{"text":"\#(text)"}"#)]).first) == 1)
        }
    }

    @Test func aRepositoryIsReadOnlyIfAllOfItIsInARoot() throws {
        let outside = RepositoryBuilder()
        outside.commit("x", ["a/b": "x\n"])
        outside.stage(["a.env": "MISTRAL_API_KEY=\(key)\n"])
        let path = outside.path
        let linked = folder("wt")
        outside.git("worktree", "add", "-q", linked)
        outside.git("clone", "-q", "--shared", path, folder("shared"))
        #expect(count(try answers([call(1, "scan_staged", "{}")], ["--root", path]).first) == 1)
        for root in [path + "/a", linked, folder("shared")] {
            for tool in ["scan_staged", "scan_history"] {
                let answer = try #require(try answers([call(1, tool, "{}")], ["--root", root]).first)
                #expect(code(answer) == -32602, "\(root)")
            }
        }
    }

    @Test func nothingIsReadBeforeAClientHasNamedItsRoots() throws {
        folder.write("a.env", "MISTRAL_API_KEY=\(key)\n")
        let hello = Self.hello.replacing(#""capabilities":{}"#, with: #""capabilities":{"roots":{}}"#)
        let read = call(1, "scan_path", #"{"path":"a.env"}"#)
        for lines in [[hello, read], [hello, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, read]] {
            let answer = try #require(try answers(lines).first { $0["id"] as? Int == 1 })
            #expect(code(answer) == -32602)
        }
    }

    @Test(arguments: [#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":null,"method":"ping"}"#])
    func whatIsOfAnotherProtocolIsNoRequest(line: String) throws {
        #expect(try answers([line]).compactMap(code) == [-32600])
    }

    @Test(
        arguments: [
            (#"a\rMISTRAL_API_KEY=VALUE\r"#, 1, 16), (#"\ufeffMISTRAL_API_KEY=VALUE\n"#, 0, 17),
            (#"a\u0000\r\nMISTRAL_API_KEY=VALUE\r\n"#, 1, 16),
        ]) func linesAndColumnsAreTheEditors(text: String, line: Int, column: Int)
    {
        let text = text.replacing("VALUE", with: key)
        let outcome = Windsock.run(
            ["lsp"], in: folder,
            input: framed([
                #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"capabilities":{}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","languageId":"x","version":7,"text":"\#(text)"}}}"#,
                #"{"jsonrpc":"2.0","method":"exit"}"#,
            ]))
        #expect(outcome.status == 1, "it was not shut down")
        #expect(
            outcome.output.contains(
                #""start":{"line":\#(line),"character":\#(column)},"end":{"line":\#(line),"character":\#(column + 32)}"#
            ),
            "\(outcome.output)")
    }

    // MARK: Lists of messages

    private func messages(_ lines: [String]) throws -> [Any] {
        let outcome = Windsock.run(["mcp"], in: folder, input: lines.joined(separator: "\n") + "\n")
        #expect(!outcome.reveals(key))
        return try outcome.output.split(separator: "\n").map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
    }

    @Test func oneRevisionHasListsOfMessagesAndIsAnsweredByLists() throws {
        let hello = Self.hello.replacing("2025-06-18", with: "2025-03-26")
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        let scan = call(2, "scan_text", #"{"text":"MISTRAL_API_KEY=\#(key)"}"#)
        let note = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
        let all = try messages([
            hello, "[\(ping),\(note),\(scan),1,\(Self.hello)]", "[\(note)]", "[]", ping.replacing("1,", with: "9,"),
        ])
        let lists = all.compactMap { $0 as? [[String: Any]] }
        let list = try #require(lists.first)
        #expect(lists.count == 1 && list.count == 4)
        #expect(Set(list.compactMap { $0["id"] as? Int }) == [0, 1, 2])
        #expect(list.compactMap(code) == [-32600, -32600])
        #expect(count(list.first { $0["id"] as? Int == 2 }) == 1)
        let single = all.compactMap { $0 as? [String: Any] }
        #expect(single.compactMap { $0["id"] as? Int } == [0, 9])
        #expect(single.compactMap(code) == [-32600], "an empty list is none")
    }

    @Test func whatIsTakenBackOfAListIsNotWaitedFor() throws {
        let hello = Self.hello.replacing("2025-06-18", with: "2025-03-26")
        let scan = call(2, "scan_text", #"{"text":"a"}"#)
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}"#
        let all = try messages([hello, "[\(call(1, "scan_text", #"{"text":"b"}"#)),\(scan),\(cancel)]"])
        let list = try #require(all.compactMap { $0 as? [[String: Any]] }.first)
        #expect(list.compactMap { $0["id"] as? Int } == [1])
    }

    @Test(arguments: ["2024-11-05", "2025-06-18", "2025-11-25"]) func otherRevisionsHaveNone(version: String) throws {
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        let answers = try answers([Self.hello.replacing("2025-06-18", with: version), "[\(ping)]", ping])
        #expect(answers.compactMap(code) == [-32600])
        #expect(answers.count == 3)
    }

    @Test(arguments: ["", #""range":null,"#]) func aWholeTextThatIsSentIsTheText(range: String) {
        let outcome = Windsock.run(
            ["lsp"], in: folder,
            input: framed([
                #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"capabilities":{}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","languageId":"x","version":7,"text":"a"}}}"#,
                #"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"untitled:1","version":8},"contentChanges":[{\#(range)"text":"MISTRAL_API_KEY=\#(key)"}]}}"#,
            ]))
        #expect(outcome.output.contains(#""version":8,"diagnostics":[{"range""#), "\(outcome.output)")
    }
}

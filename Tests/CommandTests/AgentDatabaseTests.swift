import Foundation
import TestSupport
import Testing

/// What clients keep in databases is found, and masked by SQLite so that nothing of it is left in the file.
@Suite struct AgentDatabaseTests {
    private let home = TemporaryDirectory()
    private let key = RandomKey(2230).description
    private let state = ".config/Cursor/User/globalStorage/state.vscdb"

    private func agent(_ words: String...) -> Command.Outcome {
        let outcome = Windsock.run(["agent"] + words, in: home, environment: ["HOME": home.path])
        #expect(!outcome.reveals(key))
        return outcome
    }

    /// Runs a script with `database`, the state's path, and `key`.
    private func python(_ script: String) {
        let prelude = """
            import sqlite3, os
            name, key = "\(home(state))", "\(key)"
            os.makedirs(os.path.dirname(name), exist_ok=True)
            database = sqlite3.connect(name, isolation_level=None)

            """
        let outcome = Command.run(["python3", "-c", prelude + script], in: home.path)
        precondition(outcome.status == 0, outcome.errors)
    }

    private let setUp = """
        database.execute("PRAGMA secure_delete=OFF")
        database.execute("CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)")
        database.execute("INSERT INTO ItemTable VALUES('chat', ?)", ('{"text": "export MISTRAL_API_KEY=' + key + '\\\\nls"}',))
        database.execute("INSERT INTO ItemTable VALUES('blob', ?)", (b"\\0MISTRAL_API_KEY=" + key.encode() + b"\\0",))
        database.execute("INSERT INTO ItemTable VALUES('gone', ?)", ("MISTRAL_API_KEY=" + key,))
        database.execute("INSERT INTO ItemTable VALUES('other', 'stays')")
        database.execute("DELETE FROM ItemTable WHERE key = 'gone'")
        database.execute("CREATE TRIGGER t AFTER UPDATE ON ItemTable BEGIN DELETE FROM ItemTable; END")

        """

    private func holdsKey() -> Bool {
        Data(home.read(state)).range(of: Data(key.utf8)) != nil
    }

    @Test func rowsAreMaskedAndNothingIsLeftInTheFile() throws {
        python(setUp + "database.close()")
        let scan = agent("scan")
        #expect(scan.status == 1)
        #expect(scan.output.contains("state.vscdb (Cursor), since "), "\(scan.output)")
        let before = home.read(state)
        let trial = agent("clean")
        #expect(trial.status == 1 && trial.output.contains("would be masked in 2 places"), "\(trial.output)")
        #expect(home.read(state) == before)
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(!holdsKey())
        let mask = key.prefix(4) + String(repeating: "*", count: 24) + key.suffix(4)
        python(
            """
            rows = dict(database.execute("SELECT key, value FROM ItemTable"))
            assert rows["chat"] == '{"text": "export MISTRAL_API_KEY=\(mask)\\\\nls"}', rows
            assert rows["blob"] == b"\\0MISTRAL_API_KEY=\(mask)\\0" and rows["other"] == "stays" and len(rows) == 3
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            """)
        #expect(agent("scan").status == 0)
        let undone = agent("clean", "--undo")
        #expect(undone.status == 0, "\(undone.errors)")
        python(
            """
            rows = dict(database.execute("SELECT key, value FROM ItemTable"))
            assert rows["chat"] == '{"text": "export MISTRAL_API_KEY=' + key + '\\\\nls"}' and len(rows) == 3, rows
            assert rows["blob"] == b"\\0MISTRAL_API_KEY=" + key.encode() + b"\\0"
            """)
    }

    @Test func whatWasDeletedIsOverwritten() {
        python(
            setUp.replacing("TRIGGER", with: "TRIGGER IF NOT EXISTS")
                + "database.execute('DROP TRIGGER t'); database.execute('DELETE FROM ItemTable WHERE key != ?', ('other',))"
        )
        #expect(holdsKey())
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("masked in what was deleted"), "\(outcome.output)")
        #expect(!holdsKey())
        #expect(agent("scan").status == 0)
    }

    @Test func whatStandsInALogOnlyIsFoundAndMasked() {
        // The client has it open: its log is not yet in the file.
        python(
            """
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA wal_autocheckpoint=0")
            database.execute("CREATE TABLE t(note)")
            database.execute("INSERT INTO t VALUES(?)", ("MISTRAL_API_KEY=" + key,))
            os._exit(0)
            """)
        #expect(!holdsKey())
        #expect(agent("scan").status == 1)
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(!holdsKey())
        #expect(agent("scan").status == 0)
    }

    /// With its own texts, and with those of another table, which a trigger keeps up.
    @Test func indicesOfWordsForgetWhatWasMasked() {
        python(
            """
            database.execute("PRAGMA secure_delete=OFF")
            database.execute("CREATE TABLE turns(id INTEGER PRIMARY KEY, message TEXT)")
            database.execute("CREATE VIRTUAL TABLE words USING fts5(message)")
            database.execute("CREATE VIRTUAL TABLE others USING fts5(message, content='turns', content_rowid='id')")
            for text in ("MISTRAL_API_KEY=" + key, "nothing here"):
                row = database.execute("INSERT INTO turns(message) VALUES(?)", (text,)).lastrowid
                database.execute("INSERT INTO words VALUES(?)", (text,))
                database.execute("INSERT INTO others(rowid, message) VALUES(?, ?)", (row, text))
            """)
        #expect(Data(home.read(state)).range(of: Data(key.lowercased().utf8)) != nil)
        let outcome = agent("clean", "--write")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(!holdsKey() && Data(home.read(state)).range(of: Data(key.lowercased().utf8)) == nil)
        python(
            """
            for name in ("words", "others"):
                assert database.execute(f"SELECT count(*) FROM {name}('nothing')").fetchone() == (1,)
                assert database.execute(f"SELECT count(*) FROM {name}('{key.lower()}')").fetchone() == (0,)
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            """)
    }

    @Test func aDatabaseThatIsInUseIsLeftAndSaidSo() throws {
        python(setUp)
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("BEGIN EXCLUSIVE"); print("ready", flush=True); sys.stdin.read()
            """
        let client = Process()
        client.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        client.arguments = ["python3", "-c", script, home(state)]
        let (input, output) = (Pipe(), Pipe())
        client.standardInput = input
        client.standardOutput = output
        try client.run()
        _ = output.fileHandleForReading.availableData
        let outcome = agent("clean", "--write")
        input.fileHandleForWriting.closeFile()
        client.waitUntilExit()
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("the program that it belongs to is using it"), "\(outcome.errors)")
    }
}

import TestSupport
import Testing

/// Secrets in SQLite files: in rows, in what was deleted, and in what SQLite keeps beside them.
struct DatabaseTests {
    private let key = RandomKey(2606)

    /// What all scripts begin with.
    private var prelude: String {
        """
        import sqlite3
        key = "\(key)"
        line = "MISTRAL_API_KEY=" + key
        def database(name, *statements, settings=()):
            connection = sqlite3.connect(name, isolation_level=None)
            for setting in settings: connection.execute("PRAGMA " + setting)
            for statement in statements:
                if isinstance(statement, tuple): connection.execute(*statement)
                else: connection.execute(statement)
            return connection

        """
    }

    @Test(
        arguments: [
            // By the column's name; by another column that names it; in a text with lines; in JSON; as a blob.
            (
                "database('a.db', 'CREATE TABLE t(id INTEGER PRIMARY KEY, mistral_api_key TEXT)', ('INSERT INTO t VALUES(7, ?)', (key,)))",
                "a.db!t/row 7/mistral_api_key", 1
            ),
            (
                "database('a.vscdb', 'CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)', ('INSERT INTO ItemTable VALUES(?, ?)', ('mistral.apiKey', key)))",
                "a.vscdb!ItemTable/row 1/value", 1
            ),
            (
                "database('a.sqlite', 'CREATE TABLE [my files](name, \"the content\")', ('INSERT INTO [my files] VALUES(?, ?)', ('.env', '# x\\nA=1\\n' + line)))",
                "a.sqlite!my files/row 1/the content", 3
            ),
            (
                "database('a', 'CREATE TABLE kv(k PRIMARY KEY, v) WITHOUT ROWID', ('INSERT INTO kv VALUES(?, ?)', ('settings', '{\"a\": 1, \"mistralApiKey\": \"' + key + '\"}')))",
                "a!kv/row 1/v", 1
            ),
            (
                "database('a.db', 'CREATE TABLE t(n, b)', ('INSERT INTO t VALUES(1, ?)', (line.encode(),)))",
                "a.db!t/row 1/b", 1
            ),
            (
                "database('a.db', 'CREATE TABLE t(n, b)', ('INSERT INTO t VALUES(1, ?)', (b'\\0\\1\\2' + line.encode() + b'\\0',)))",
                "a.db!t/row 1/b", 1
            ),
            // Over many pages; in many rows; in other encodings, page sizes and keys.
            (
                "database('a.db', 'CREATE TABLE t(b)', ('INSERT INTO t VALUES(?)', ('x y\\n' * 9000 + line,)))",
                "a.db!t/row 1/b", 9001
            ),
            (
                "c = database('a.db', 'CREATE TABLE t(a, b)', settings=['page_size=512']); c.executemany('INSERT INTO t VALUES(?, ?)', [(i, line if i == 4000 else 'value %d' % i) for i in range(5000)])",
                "a.db!t/row 4001/b", 1
            ),
            (
                "database('a.db', 'CREATE TABLE t(b)', ('INSERT INTO t VALUES(?)', (line,)), settings=['encoding=\"UTF-16le\"', 'page_size=65536'])",
                "a.db!t/row 1/b", 1
            ),
            (
                "database('a.db', 'CREATE TABLE t(a, b DEFAULT \"' + line + '\")')", "a.db!sqlite_schema/row 1/sql", 1
            ),
            // What is no more: a row, all rows, a table.
            (
                "c = database('a.db', 'CREATE TABLE t(id INTEGER PRIMARY KEY, mistral_api_key)', settings=['secure_delete=OFF']); c.executemany('INSERT INTO t VALUES(?, ?)', [(i, key if i == 5 else 'none') for i in range(1, 9)]); c.execute('DELETE FROM t WHERE id = 5')",
                "a.db!t/deleted, page 2/mistral_api_key", 1
            ),
            (
                "c = database('a.db', 'CREATE TABLE t(id INTEGER PRIMARY KEY, note)', ('INSERT INTO t VALUES(1, ?)', (line,)), 'DELETE FROM t', settings=['secure_delete=OFF'])",
                "a.db!t/deleted, page 2/note", 1
            ),
            (
                "c = database('a.db', 'CREATE TABLE t(note)', 'CREATE TABLE u(x)', ('INSERT INTO t VALUES(?)', (line,)), 'DROP TABLE t', settings=['secure_delete=OFF'])",
                "a.db!page 2/column 1", 1
            ),
            // What is still to be written.
            (
                "import os, shutil; c = database('b.db', 'CREATE TABLE t(note)', settings=['journal_mode=WAL']); c.execute('INSERT INTO t VALUES(?)', (line,)); shutil.copy('b.db-wal', 'a.db-wal'); c.close(); os.remove('b.db')",
                "a.db-wal!page 2/column 1", 1
            ),
            // In a database in an archive, and an archive in a database.
            (
                "database('b.db', 'CREATE TABLE t(x)', ('INSERT INTO t VALUES(?)', (line,))).close(); import os; write('a.zip', zipped([('b.db', open('b.db', 'rb').read())])); os.remove('b.db')",
                "a.zip!b.db!t/row 1/x", 1
            ),
            (
                "database('a.db', 'CREATE TABLE t(x)', ('INSERT INTO t VALUES(?)', (zipped([('.env', '\\n' + line)]),)))",
                "a.db!t/row 1/x!.env", 2
            ),
        ])
    func aKeyIsFoundInItsRow(_ script: String, _ path: String, _ line: Int) throws {
        if script.contains("zipped"), Containers.objection != nil { return }
        let folder = TemporaryDirectory()
        Containers.python(prelude + script, in: folder)
        for argument in [".", String(path.prefix { $0 != "!" })] {
            let scan = try Windsock.scan(argument, in: folder)
            #expect(scan.status == 1, "\(scan.outcome.output)")
            let places = scan.report.findings.flatMap(\.occurrences)
            #expect(places.map(\.path).contains(path), "\(places.map(\.path))")
            #expect(places.first { $0.path == path }?.startLine == line)
            #expect(scan.report.summary.complete, "\(scan.report.summary.problems)")
        }
    }

    @Test func aPasswordIsJudgedByItsColumn() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            prelude
                + "database('a.db', 'CREATE TABLE users(login TEXT, password TEXT)', \"INSERT INTO users VALUES('ada', 'R7tq2LmZ!9vXc4KbN8sWd')\", \"INSERT INTO users VALUES('bob', '$2b$12$abcdefghijklmnopqrstuv')\")",
            in: folder)
        let scan = try Windsock.scan("a.db", in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.db!users/row 1/password"])
    }

    @Test func databasesAreReadInHistoriesAndOnStandardInput() throws {
        let repository = RepositoryBuilder()
        let source = TemporaryDirectory()
        Containers.python(
            prelude + "database('a.db', 'CREATE TABLE t(x)', ('INSERT INTO t VALUES(?)', (line,)))", in: source)
        Containers.make("cp a.db \(repository.path)", in: source)
        repository.git("add", "a.db")
        #expect(Windsock.run(["scan", "--staged"], in: repository).status == 1)
        repository.git("commit", "-q", "-m", "one")
        repository.git("rm", "-q", "a.db")
        repository.git("commit", "-q", "-m", "two")
        repository.git("gc", "-q", "--prune=now")
        for _ in 1...2 {
            let scan = try Windsock.scan("--history", in: repository)
            #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.db!t/row 1/x"])
        }
        let outcome = Windsock.shell("\"$windsock\" scan --format json - <a.db", in: source)
        #expect(
            try Scan(outcome).report.findings.flatMap(\.occurrences).map(\.path) == ["standard input!t/row 1/x"])
    }

    @Test func nothingThatADatabaseSaysIsRun() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            prelude
                + """
                c = database('a.db', 'CREATE TABLE t(x)', "INSERT INTO t VALUES('text')",
                    "CREATE VIEW v AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c",
                    "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t; END",
                    "CREATE TABLE w(a, b AS (a * 2) VIRTUAL, c)", "INSERT INTO w VALUES(1, 'last')")
                c.execute("PRAGMA writable_schema=ON")
                c.execute("INSERT INTO sqlite_schema VALUES('table', 'virtual', 'virtual', 0, 'CREATE VIRTUAL TABLE virtual USING nonesuch(x)')")
                """, in: folder)
        let before = folder.read("a.db")
        let scan = try Windsock.scan("a.db", in: folder)
        #expect(scan.status == 0, "\(scan.outcome.output)")
        #expect(folder.read("a.db") == before)
        #expect(Command.run(["ls", folder.path]).output == "a.db\n")
    }

    @Test func aDatabaseThatIsCutOffMakesTheScanIncomplete() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            prelude
                + "c = database('b.db', 'CREATE TABLE t(a)', settings=['page_size=512']); c.executemany('INSERT INTO t VALUES(?)', [('value %d' % i,) for i in range(900)]); c.close(); d = open('b.db', 'rb').read(); write('a.db', d[:9000])",
            in: folder)
        let scan = try Windsock.scan("a.db", in: folder)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == ["a.db"])
        #expect(
            try Windsock.scan("--archives", "0", "a.db", in: folder).report.summary.problems.first?.message
                == "is a database, and what it holds was not looked at")
    }
}

import Documents
import TestSupport
import Testing

@Suite struct DatabaseReaderTests {
    /// A file that `sqlite3` of Python makes.
    private func database(_ statements: [String]) -> [UInt8] {
        let folder = TemporaryDirectory()
        let script = """
            import sqlite3, sys
            base = sqlite3.connect("a.db", isolation_level=None)
            for statement in ["PRAGMA page_size=512", "PRAGMA secure_delete=OFF"] + sys.argv[1:]: base.execute(statement)
            """
        let outcome = Command.run(["python3", "-c", script] + statements, in: folder.path)
        precondition(outcome.status == 0, outcome.errors)
        return folder.read("a.db")
    }

    private func text(_ bytes: [UInt8]) -> (text: String, fault: String?) {
        var result = ""
        let fault = bytes.withUnsafeBytes { bytes in
            DatabaseReader(bytes)?.read { piece in
                if case .text(let text) = piece { result += String(decoding: text.bytes, as: UTF8.self) }
                return true
            }
        }
        return (result, fault)
    }

    @Test(
        arguments: [
            (
                "CREATE TABLE t(a, b INTEGER, \"c d\" TEXT DEFAULT 'x,y)', [e] DECIMAL(10,5), CHECK (b > 0))",
                ["a", "b", "c d", "e"]
            ),
            ("CREATE TABLE t(a -- one, two\n, b /* three, */, `c``d`, UNIQUE (a, b))", ["a", "b", "c`d"]),
            ("CREATE TABLE t(a PRIMARY KEY, b, c, FOREIGN KEY (b) REFERENCES u(x))", ["a", "b", "c"]),
            ("CREATE TABLE t(a, g GENERATED ALWAYS AS (a || 'x') VIRTUAL, b)", ["a", "b"]),
            ("CREATE TABLE t(a, s AS (a || 'x') STORED, b)", ["a", "s", "b"]),
            ("CREATE TABLE t(a, b, c, PRIMARY KEY (c, a)) WITHOUT ROWID", ["c", "a", "b"]),
        ]) func namesOfColumnsStandBeforeTheirValues(_ table: String, _ columns: [String])
    {
        let isStored = table.contains("STORED")
        let values = columns.filter { $0 != "s" }.map { "'value of \($0.replacing("'", with: ""))'" }
        let names = columns.filter { $0 != "s" }.map { "\"\($0)\"" }
        let bytes = database([
            table.replacing("b INTEGER", with: "b").replacing("CHECK (b > 0)", with: "CHECK (b != 0)"),
            "INSERT INTO t(\(names.joined(separator: ","))) VALUES(\(values.joined(separator: ",")))",
        ])
        let (text, fault) = text(bytes)
        #expect(fault == nil)
        for column in columns where column != "s" {
            #expect(text.contains("\"\(column)\": \"value of \(column)\""), "\(text)")
        }
        if isStored { #expect(text.contains("\"s\": \"value of ax\"")) }
    }

    /// Of each deleted row either its values are told apart, or its text is there.
    @Test func deletedRowsAreFoundWhereverTheyStood() {
        let rows = (1...40).map { "INSERT INTO t VALUES(\($0), 'user \($0)', 'secret value number \($0)')" }
        let bytes = database(
            ["CREATE TABLE t(id INTEGER PRIMARY KEY, login TEXT, password TEXT)"] + rows
                + ["DELETE FROM t WHERE id % 4 = 1"])
        let (text, fault) = text(bytes)
        #expect(fault == nil)
        for number in 1...40 {
            #expect(text.contains("secret value number \(number)"), "\(number)")
        }
        let apart = (0...9).filter { text.contains("\"password\": \"secret value number \($0 * 4 + 1)\"") }
        #expect(apart.count >= 8, "\(apart)")
    }

    /// What is damaged is read as far as it goes, without a crash and in bounded time.
    @Test func damagedFilesAreRead() {
        var random = SeededGenerator(seed: 26)
        let rows = (1...60).map { "INSERT INTO t VALUES(\($0), '\(String(repeating: "x", count: $0 * 20))')" }
        let good = database(
            ["CREATE TABLE t(id, v)", "CREATE INDEX i ON t(v)"] + rows + ["DELETE FROM t WHERE id > 50"])
        for _ in 0..<300 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                // The mark aside.
                bytes[Int.random(in: 16..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let count = Int.random(in: 512...bytes.count, using: &random)
            let (text, _) = text(Array(bytes.prefix(count)))
            #expect(text.utf8.count < 100 * count + 4096)
        }
    }
}

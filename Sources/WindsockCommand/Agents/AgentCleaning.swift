import Bytes
import FoundationEssentials
import Platform
import Reports
import Store

/// Masks what files keep, and remembers what stood there.
struct AgentCleaning {
    /// The folder with what was masked, a file a run; readable by its owner alone.
    let folder: String

    init() throws(CommandFailure) { folder = try StateFolder.path("cleaned") }

    /// A file of a run and what stands at which place of it, or in which rows of it.
    struct Masked {
        var path: String
        var changes: [AgentLeak.Change] = []
        var rows: [DatabaseMasking.Change] = []
        var isDatabase = false
        /// What a database is not to hold afterwards, in rows or in what was deleted.
        var secrets: [[UInt8]] = []

        /// What is masked, in words.
        var places: String {
            isDatabase && rows.isEmpty
                ? "what was deleted" : "\(Quantity.count(changes.count + rows.count, "place"))"
        }

        fileprivate func write(purpose: String) throws(CommandFailure) {
            if isDatabase {
                try AgentDatabase(path: path).write(rows, without: secrets, purpose: purpose)
            } else {
                try AgentCleaning.write(changes, path: path, purpose: purpose)
            }
        }
    }

    /// What a run has come to.
    struct Outcome {
        /// The files that were changed.
        var paths: Set<String> = []
        /// Why others were not.
        var failures: [CommandFailure] = []
        /// The file by which it can be undone; `nil`: there is nothing to undo.
        var record: String?
    }

    /// Writes down what stands where, and then masks it, a file whatever becomes of another.
    func mask(_ files: [Masked]) throws(CommandFailure) -> Outcome {
        var outcome = Outcome()
        let record = try record(files)
        for file in files {
            do throws(CommandFailure) {
                try file.write(purpose: "mask")
                outcome.paths.insert(file.path)
            } catch {
                outcome.failures.append(error)
            }
        }
        // What was not masked is not for undoing, and a run that has masked nothing is none.
        let done = files.filter { outcome.paths.contains($0.path) }
        if done.isEmpty {
            try HookText.remove(record)
        } else {
            if done.count < files.count { try OutputFile.write(Self.lines(done), path: record, isPrivate: true) }
            outcome.record = record
        }
        return outcome
    }

    private func record(_ files: [Masked]) throws(CommandFailure) -> String {
        try StateFolder.make(folder)
        let path = "\(folder)/\(Int(Date().timeIntervalSince1970))-\(getpid()).jsonl"
        try OutputFile.write(Self.lines(files), path: path, isPrivate: true)
        return path
    }

    private static func lines(_ files: [Masked]) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        for file in files {
            writer.object { writer in
                writer.field("path", file.path)
                writer.field("changes", array: file.changes) { writer, change in
                    writer.object {
                        $0.field("offset", change.offset)
                        $0.field("was", change.was.withUnsafeBytes(\.hexadecimal))
                        $0.field("now", change.now.withUnsafeBytes(\.hexadecimal))
                    }
                }
                if file.isDatabase { write(file.rows, to: &writer) }
            }
            writer.endLine()
        }
        return writer.bytes
    }

    private static func write(_ rows: [DatabaseMasking.Change], to writer: inout JSONWriter) {
        writer.field("rows", array: rows) { writer, row in
            writer.object {
                $0.field("table", row.table)
                $0.field("column", row.column)
                $0.field("row", row.row)
                $0.field("was", row.was.withUnsafeBytes(\.hexadecimal))
                $0.field("now", row.now.withUnsafeBytes(\.hexadecimal))
            }
        }
    }

    /// What puts rows back that a record tells of, the last first.
    private static func rows(_ file: JSONNode) -> [DatabaseMasking.Change] {
        let rows = (file[name: "rows"]?.elements ?? []).compactMap { row -> DatabaseMasking.Change? in
            guard let table = row[name: "table"]?.text, let column = row[name: "column"]?.text,
                let number = row[name: "row"]?.integer, let was = row[name: "was"]?.text,
                let now = row[name: "now"]?.text
            else { return nil }
            return DatabaseMasking.Change(
                table: table, column: column, row: number, was: now.hexadecimalBytes, now: was.hexadecimalBytes)
        }
        return rows.reversed()
    }

    /// Puts back what the last run has masked, and forgets it.
    ///
    /// What cannot be put back keeps nothing else from it, and is not tried again: its record gets another name.
    func undo() throws(CommandFailure) -> Outcome {
        guard let path = last else { throw CommandFailure("nothing was masked that could be undone") }
        var outcome = Outcome()
        for line in try TextFile.read(path, purpose: "what was masked").split(separator: "\n") {
            let node: JSONNode
            do throws(JSONProblem) {
                node = try JSONDocument(Array(line.utf8)).root
            } catch {
                throw CommandFailure("\(path) is not what `windsock agent clean` writes: \(error)")
            }
            guard let file = node[name: "path"]?.text else { continue }
            let changes = (node[name: "changes"]?.elements ?? []).compactMap { change -> AgentLeak.Change? in
                guard let offset = change[name: "offset"]?.integer, let was = change[name: "was"]?.text,
                    let now = change[name: "now"]?.text
                else { return nil }
                return AgentLeak.Change(offset: offset, was: now.hexadecimalBytes, now: was.hexadecimalBytes)
            }
            do throws(CommandFailure) {
                let rows = Self.rows(node)
                if !changes.isEmpty || !rows.isEmpty {
                    try Masked(path: file, changes: changes, rows: rows, isDatabase: !rows.isEmpty).write(
                        purpose: "put back what was masked in")
                }
                outcome.paths.insert(file)
            } catch {
                outcome.failures.append(error)
            }
        }
        if outcome.failures.isEmpty {
            try HookText.remove(path)
        } else {
            outcome.record = path + ".left"
            try HookText.move(path, to: path + ".left")
        }
        return outcome
    }

    /// The record of the last run: names tell the second, and nothing of two in one.
    private var last: String? {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
            return names.map { "\(folder)/\($0)" }.max { Self.age($0) < Self.age($1) }
        } catch {
            return nil
        }
    }

    private static func age(_ path: String) -> (Int, Int, String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return (0, 0, path) }
        return (Int(status.modificationTime.tv_sec), Int(status.modificationTime.tv_nsec), path)
    }

    /// Why a file is left that somebody may not mean.
    static let otherNames =
        "it has another name as well (a hard link), under which it would be changed, too"

    /// Writes over bytes where they stand; where others stand by now nothing is written, and what is there already stays.
    private static func write(_ changes: [AgentLeak.Change], path: String, purpose: String) throws(CommandFailure) {
        func failure(_ reason: String) -> CommandFailure {
            CommandFailure("could not \(purpose) \(path): \(reason)", code: .incomplete)
        }
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errorText(errno)) }
        defer { close(descriptor) }
        var status = stat()
        // Who may do everything may write it all the same; whoever has made it read-only means it.
        if fstat(descriptor, &status) == 0, status.st_mode & S_IWUSR == 0 { throw failure("it is read-only") }
        if status.st_nlink > 1 { throw failure(otherNames) }
        var missing: [AgentLeak.Change] = []
        for change in changes {
            var there = [UInt8](repeating: 0, count: change.was.count)
            let count = pread(descriptor, &there, there.count, off_t(change.offset))
            if count == there.count, there == change.now { continue }
            guard count == there.count, there == change.was else { throw failure("it was changed meanwhile") }
            missing.append(change)
        }
        for change in missing {
            guard pwrite(descriptor, change.now, change.now.count, off_t(change.offset)) == change.now.count else {
                throw failure(errorText(errno))
            }
        }
        guard fsync(descriptor) == 0 else { throw failure(errorText(errno)) }
    }
}

import Bytes
import FoundationEssentials
import Platform
import Reports

/// What stood in files before `fix` changed them, so that it can be undone.
struct FixRecord {
    /// One file.
    struct Change {
        var path: String
        var was: [UInt8]
        var now: [UInt8]
    }

    private let path: String
    private let changes: [Change]

    /// Writes down what stands in files, before anything is changed.
    init(_ changes: [Change]) throws(CommandFailure) {
        self.changes = changes
        let folder = try StateFolder.path("fixed")
        try StateFolder.make(folder)
        path = "\(folder)/last.jsonl"
        try OutputFile.write(Self.lines(changes), path: path, isPrivate: true)
    }

    /// Keeps what was changed after all.
    ///
    /// - Returns: Where; `nil`: nothing was.
    func keep(_ paths: [String]) throws(CommandFailure) -> String? {
        let done = changes.filter { paths.contains($0.path) }
        if done.isEmpty {
            try HookText.remove(path)
            return nil
        }
        if done.count < changes.count { try OutputFile.write(Self.lines(done), path: path, isPrivate: true) }
        return path
    }

    private static func lines(_ changes: [Change]) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        for change in changes {
            writer.object { writer in
                writer.field("path", change.path)
                writer.field("was", change.was.withUnsafeBytes(\.hexadecimal))
                writer.field("now", SHA256.hexadecimal(of: change.now))
            }
            writer.endLine()
        }
        return writer.bytes
    }

    /// Puts back what the last run has changed; what was changed since stays.
    static func undo() throws {
        let path = try StateFolder.path("fixed") + "/last.jsonl"
        guard TextFile.exists(path) else { throw CommandFailure("nothing was changed that could be undone") }
        var failures: [CommandFailure] = []
        var count = 0
        for line in try TextFile.read(path, purpose: "what was changed").split(separator: "\n") {
            do throws(CommandFailure) {
                try putBack(String(line), from: path)
                count += 1
            } catch {
                failures.append(error)
            }
        }
        print(
            "put back what was changed in \(Quantity.count(count, "file")); .env.example, .gitignore and the index stay as they are"
        )
        for failure in failures { failure.tell() }
        guard failures.isEmpty else {
            throw CommandFailure("what stood in the others is in \(path)", code: .incomplete)
        }
        try HookText.remove(path)
    }

    private static func putBack(_ line: String, from path: String) throws(CommandFailure) {
        let node: JSONNode
        do throws(JSONProblem) {
            node = try JSONDocument(Array(line.utf8)).root
        } catch {
            throw CommandFailure("\(path) is not what `windsock fix` writes: \(error)")
        }
        guard let name = node[name: "path"]?.text, let was = node[name: "was"]?.text, let now = node[name: "now"]?.text
        else { throw CommandFailure("\(path) is not what `windsock fix` writes") }
        let file = try HeldFile(name)
        guard SHA256.hexadecimal(of: file.bytes) == now else {
            throw CommandFailure("could not put back \(name): it was changed since", code: .incomplete)
        }
        try file.replace(by: was.hexadecimalBytes)
    }
}

extension HeldFile {
    /// What is to be written down of it.
    func change(to new: [UInt8]) -> FixRecord.Change { FixRecord.Change(path: path, was: bytes, now: new) }
}

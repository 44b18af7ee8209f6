import Bytes
import FoundationEssentials
import Platform
import Reports

/// Masks what files keep, and remembers what stood there.
struct AgentCleaning {
    /// The folder with what was masked, a file a run; readable by its owner alone.
    let folder: String

    init() throws(CommandFailure) {
        if let own = Environment.value("XDG_STATE_HOME"), own.hasPrefix("/") {
            folder = "\(own)/windsock/cleaned"
        } else if let home = Environment.value("HOME"), home.hasPrefix("/") {
            folder = "\(home)/.local/state/windsock/cleaned"
        } else {
            throw CommandFailure("HOME is not set: there is no place to keep what is needed to undo it")
        }
    }

    /// Writes down what stands where, and then masks it.
    ///
    /// - Returns: The file by which it can be undone.
    func mask(_ files: [(path: String, changes: [AgentLeak.Change])]) throws(CommandFailure) -> String {
        let record = try record(files)
        for file in files { try Self.write(file.changes.map { ($0.offset, $0.was, $0.now) }, path: file.path) }
        return record
    }

    private func record(_ files: [(path: String, changes: [AgentLeak.Change])]) throws(CommandFailure) -> String {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("could not make the folder \(folder): \(error)")
        }
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
            }
            writer.endLine()
        }
        let path = "\(folder)/\(Int(Date().timeIntervalSince1970))-\(getpid()).jsonl"
        try OutputFile.write(writer.bytes, path: path, isPrivate: true)
        return path
    }

    /// Puts back what a run has masked, and forgets it.
    ///
    /// - Parameter record: Its file; `nil`: that of the last run.
    /// - Returns: How many files were changed.
    func undo(_ record: String?) throws(CommandFailure) -> Int {
        guard let path = record ?? last else { throw CommandFailure("nothing was masked that could be undone") }
        var count = 0
        for line in try TextFile.read(path, purpose: "what was masked").split(separator: "\n") {
            let node: JSONNode
            do throws(JSONProblem) {
                node = try JSONDocument(Array(line.utf8)).root
            } catch {
                throw CommandFailure("\(path) is not what `windsock agent clean` writes: \(error)")
            }
            guard let file = node[name: "path"]?.text else { continue }
            let changes = (node[name: "changes"]?.elements ?? []).compactMap { change -> (Int, [UInt8], [UInt8])? in
                guard let offset = change[name: "offset"]?.integer, let was = change[name: "was"]?.text,
                    let now = change[name: "now"]?.text
                else { return nil }
                return (offset, Self.bytes(now), Self.bytes(was))
            }
            try Self.write(changes, path: file)
            count += 1
        }
        try HookText.remove(path)
        return count
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.utf8.compactMap(\.hexValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private var last: String? {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return names.filter { $0.hasSuffix(".jsonl") }.max().map { "\(folder)/\($0)" }
        } catch {
            return nil
        }
    }

    /// Writes over bytes where they stand; where others stand by now nothing is written.
    private static func write(
        _ changes: [(offset: Int, was: [UInt8], now: [UInt8])], path: String
    ) throws(CommandFailure) {
        func failure(_ reason: String) -> CommandFailure {
            CommandFailure("could not mask \(path): \(reason)", code: .incomplete)
        }
        let descriptor = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errorText(errno)) }
        defer { close(descriptor) }
        for change in changes {
            var there = [UInt8](repeating: 0, count: change.was.count)
            guard pread(descriptor, &there, there.count, off_t(change.offset)) == there.count, there == change.was
            else {
                throw failure("it was changed meanwhile; try again")
            }
        }
        for change in changes {
            guard pwrite(descriptor, change.now, change.now.count, off_t(change.offset)) == change.now.count else {
                throw failure(errorText(errno))
            }
        }
        guard fsync(descriptor) == 0 else { throw failure(errorText(errno)) }
    }
}

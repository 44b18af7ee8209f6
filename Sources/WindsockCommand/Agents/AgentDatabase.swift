import Bytes
import Findings
import FoundationEssentials
import Platform
import Store

/// A client's database whose rows keep secrets: they are replaced by SQLite, which lets the client go on, and not written over.
struct AgentDatabase {
    let path: String

    static let reasonToLeave =
        "it stands in no value of a table as it is: it is encoded there, or too short to be looked for"

    /// Where the secrets of a leak stand in values of tables, and else in the file.
    ///
    /// - Returns: `nil`: nowhere as they are.
    func masked(_ leak: AgentLeak) throws(CommandFailure) -> AgentCleaning.Masked? {
        var masks: Set<DatabaseMasking.Mask> = []
        for secret in leak.findings.map(\.secret) {
            // A weak one is a word that may stand in any value.
            if secret.showsNothing { continue }
            for bytes in Set([secret.bytes, secret.value.bytes]) where bytes.count >= 8 {
                let mask = AgentLeak.mask(bytes, shown: secret.redacted)
                if mask != bytes { masks.insert(DatabaseMasking.Mask(secret: bytes, mask: mask)) }
            }
        }
        let order = masks.sorted { $0.secret.count > $1.secret.count }
        do throws(DatabaseMasking.Failure) {
            let rows = try DatabaseMasking(path, isWritable: false).places(of: order)
            let secrets = order.map(\.secret)
            // What was deleted goes when the file is written anew.
            return rows.isEmpty && !stands(secrets)
                ? nil : AgentCleaning.Masked(path: path, rows: rows, isDatabase: true, secrets: secrets)
        } catch {
            throw CommandFailure("could not look for secrets in \(path): \(error.reason)", code: .incomplete)
        }
    }

    /// Whether bytes of one of them stand in the file, or in what SQLite keeps beside it.
    private func stands(_ secrets: [[UInt8]]) -> Bool {
        ["", "-wal", "-journal"].contains { ending in
            guard let content = FileManager.default.contents(atPath: path + ending) else { return false }
            let bytes = Array(content)
            // Indices of words have them in small letters.
            let folded = secrets.map { $0.map { UnsafeRawBufferPointer.folded($0) } }
            return (secrets + folded).contains { !TextPlaces.ranges(of: $0, in: bytes).isEmpty }
        }
    }

    /// Replaces what stands in rows, and looks whether anything is left of it in the file.
    ///
    /// - Parameters:
    ///   - secrets: What is to be gone.
    ///   - purpose: What it is done for, as it follows "could not".
    func write(
        _ changes: [DatabaseMasking.Change], without secrets: [[UInt8]], purpose: String
    ) throws(CommandFailure) {
        func failure(_ reason: String) -> CommandFailure {
            CommandFailure("could not \(purpose) \(path): \(reason)", code: .incomplete)
        }
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw failure("it is there no longer, or is a link")
        }
        if status.st_mode & S_IWUSR == 0 { throw failure("it is read-only") }
        if status.st_nlink > 1 { throw failure(AgentCleaning.otherNames) }
        do throws(DatabaseMasking.Failure) {
            try DatabaseMasking(path, isWritable: true).apply(changes)
        } catch {
            throw failure(error.reason)
        }
        if stands(secrets) {
            throw failure(
                "its rows were changed, but what stood there is still in the file, in an index of words or in pages that another program keeps; end the program that it belongs to, and try again"
            )
        }
    }
}

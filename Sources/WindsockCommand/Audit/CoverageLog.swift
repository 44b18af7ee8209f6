import Bytes
import Platform
import Reports
import Synchronization
import Verification

/// A file that says of each repository of an audit what has become of it, a line of JSON each, written as it happens.
final class CoverageLog: Sendable {
    /// What has become of something.
    enum Outcome: String, Sendable {
        case read, unchanged
        /// Left out on purpose.
        case passedOver = "passed-over"
        /// Not taken, for what its forge says of it.
        case refused
        case failed
        /// Not there: a wiki that nobody has written.
        case absent
    }

    /// A line.
    struct Entry: Sendable {
        /// As the user named it: `github:acme`; `nil`: it was named itself.
        var source: String?
        /// `repository`, `wiki`, `gist`, `issues` and so on.
        var kind = "repository"
        var name: String
        var address: String?
        var outcome: Outcome
        var reason: String?
        /// How many texts were read; `nil`: that is not counted.
        var count: Int?
        var byteCount: Int?
    }

    private let descriptor: Int32
    private let path: String
    private let failure = Mutex<String?>(nil)

    /// Makes the file, or empties it; for its owner alone.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("could not write the coverage \(path.visible): \(SystemError.reason(of: errno))")
        }
    }

    deinit { close(descriptor) }

    func note(_ entry: Entry) {
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("time", UTCTime.text(UTCTime.now))
            writer.field("source", ifPresent: entry.source)
            writer.field("kind", entry.kind)
            writer.field("name", KeptName.identity(entry.name))
            writer.field("address", ifPresent: entry.address.map { KeptName.shown($0) })
            writer.field("outcome", entry.outcome.rawValue)
            writer.field("reason", ifPresent: entry.reason.map { KeptName.shown($0) })
            if let count = entry.count { writer.field("count", count) }
            if let bytes = entry.byteCount { writer.field("bytes", bytes) }
        }
        writer.endLine()
        var bytes = writer.bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let reason = SystemError.reason(of: errno)
                return failure.withLock { $0 = $0 ?? "could not write the coverage \(path): \(reason)" }
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Why not all of it was written; `nil`: it was.
    var problem: String? { failure.withLock { $0 } }
}

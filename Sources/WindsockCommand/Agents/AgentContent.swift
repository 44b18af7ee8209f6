import Documents
import FoundationEssentials
import Platform

/// What a client's file says.
struct AgentContent {
    /// Of a database the text of its rows, those included that its log has and it has not yet.
    let bytes: [UInt8]
    let isDatabase: Bool

    /// Larger files are named, and not read.
    private static let maximumSize = 1 << 30

    /// - Returns: `nil` for what is there no longer.
    /// - Throws: `CommandFailure` for a file that cannot be read.
    init?(of path: String) throws(CommandFailure) {
        guard let content = try Self.read(path) else { return nil }
        isDatabase = content.withUnsafeBytes { DatabaseReader.isDatabase($0) }
        guard isDatabase else {
            bytes = content
            return
        }
        var text = Self.rows(of: content, path)
        if let log = try Self.read(path + "-wal") { text += Self.rows(of: log, path) }
        bytes = text
    }

    private static func rows(of content: [UInt8], _ path: String) -> [UInt8] {
        var text: [UInt8] = []
        let fault = content.withUnsafeBytes { bytes in
            DatabaseReader(bytes)?.read { piece in
                if case .text(let rows) = piece { text += rows.bytes }
                return true
            }
        }
        if let fault { StandardError.write("windsock: \(path) was not looked at in full: \(fault)\n") }
        return text
    }

    private static func read(_ path: String) throws(CommandFailure) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        guard status.st_size <= maximumSize else {
            throw CommandFailure("could not read \(path): it is larger than 1 GiB", code: .incomplete)
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("could not read \(path): \(errorText(errno))", code: .incomplete)
        }
        return Array(content)
    }
}

import Bytes
internal import Platform

/// Reads objects by way of `git cat-file`, for repositories whose objects are named by another hash than SHA-1.
///
/// Their names are cut to the length that those of SHA-1 have, in ids as in what trees, commits and tags say: 160 bits of
/// SHA-256 are as good as those of SHA-1, and git takes the beginning of a name for the name.
final class ObjectServer {
    /// Why an object could not be read.
    enum Failure: Error {
        case notFound
        case ambiguous
        /// Git ended, or said something else than it should.
        case broken(String)
    }

    private let git: GitCommand
    private var contents: Conversation?
    private var headers: Conversation?

    init(_ git: GitCommand) { self.git = git }

    /// The kind and the size of the object whose name begins with some hex digits.
    func header(of name: String) throws(Failure) -> (id: ObjectID, kind: ObjectKind, size: Int) {
        if headers == nil { headers = try Conversation(git, ["cat-file", "--batch-check"]) }
        guard let headers else { throw .broken("git was not started") }
        return try headers.ask(name)
    }

    /// An object, with the names in it cut.
    func read(_ id: ObjectID) throws(Failure) -> (kind: ObjectKind, content: [UInt8]) {
        if contents == nil { contents = try Conversation(git, ["cat-file", "--batch"]) }
        guard let contents else { throw .broken("git was not started") }
        let (_, kind, size) = try contents.ask(id.description)
        let bytes = try contents.receive(size + 1).dropLast()
        return (kind, ForeignNames.cut(in: Array(bytes), of: kind))
    }

    /// The ids of all objects.
    func ids() throws(GitError) -> [ObjectID] {
        let listing = try git.output(of: [
            "cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)",
        ])
        return listing.split(separator: UInt8(ascii: "\n")).compactMap { ForeignNames.id($0) }
    }
}

/// Questions and answers over one connection, which is both standard streams of the program.
private final class Conversation {
    private let socket: Int32
    private let process: pid_t
    private var pending: [UInt8] = []
    private var position = 0

    init(_ git: GitCommand, _ arguments: [String]) throws(ObjectServer.Failure) {
        var ends: [Int32] = [0, 0]
        let code = makeConnection(&ends)
        guard code == 0 else { throw .broken(SystemError.reason(of: code)) }
        var streams = ChildStreams()
        streams.use(ends[1], as: STDIN_FILENO)
        streams.use(ends[1], as: STDOUT_FILENO)
        streams.open("/dev/null", O_WRONLY, as: STDERR_FILENO)
        defer { close(ends[1]) }
        do throws(SystemError) {
            process = try ChildProcess.start(git.arguments + arguments, git.variables, &streams)
        } catch {
            close(ends[0])
            throw .broken("git could not be run: \(error.reason)")
        }
        socket = ends[0]
    }

    deinit {
        // Git ends with its input.
        close(socket)
        ChildProcess.wait(process)
    }

    /// Sends a name, and reads the line that git answers with: `ID KIND SIZE`.
    func ask(_ name: String) throws(ObjectServer.Failure) -> (id: ObjectID, kind: ObjectKind, size: Int) {
        var question = Array("\(name)\n".utf8)[...]
        while !question.isEmpty {
            let sent = question.withUnsafeBytes { sendQuietly(socket, $0) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { throw .broken("git has ended") }
            question = question.dropFirst(sent)
        }
        let line = try receiveLine()
        let fields = line.split(separator: UInt8(ascii: " "))
        let last = fields.last.map { String(decoding: $0, as: UTF8.self) }
        if last == "missing" { throw .notFound }
        if last == "ambiguous" { throw .ambiguous }
        guard fields.count == 3, let id = ForeignNames.id(fields[0]),
            let kind = ObjectKind(rawValue: String(decoding: fields[1], as: UTF8.self)),
            let size = last.flatMap({ Int($0) })
        else { throw .broken("git answered with \(String(decoding: line.prefix(80), as: UTF8.self))") }
        return (id, kind, size)
    }

    private func receiveLine() throws(ObjectServer.Failure) -> [UInt8] {
        while true {
            if let end = pending[position...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return Array(pending[position..<end])
            }
            try receiveMore()
        }
    }

    func receive(_ count: Int) throws(ObjectServer.Failure) -> [UInt8] {
        while pending.count - position < count { try receiveMore() }
        defer { position += count }
        return Array(pending[position..<(position + count)])
    }

    private func receiveMore() throws(ObjectServer.Failure) {
        if position > 0 {
            pending.removeFirst(position)
            position = 0
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        repeat { count = Platform.read(socket, &buffer, buffer.count) } while count < 0 && errno == EINTR
        guard count > 0 else { throw .broken("git has ended") }
        pending += buffer[..<count]
    }
}

import Bytes
import Platform
import Reports
import Synchronization

/// Messages on standard input and output.
final class RPCConnection: Sendable {
    /// How messages are told apart.
    enum Framing {
        /// A message a line: MCP.
        case lines
        /// Headers that say how long it is: LSP.
        case headers
    }

    /// What was read.
    enum Received {
        case message(JSONNode)
        /// Something that is no message: what is wrong with it.
        case unreadable(RPCFailure)
        /// Nobody will write any more.
        case end
    }

    /// Larger messages are passed over.
    static let maximumSize = 128 << 20

    private let framing: Framing
    private let isWriting = Mutex(false)

    init(_ framing: Framing) { self.framing = framing }

    // MARK: Writing

    /// Writes a message; threads may do so at once.
    func send(_ fill: (inout JSONWriter) -> Void) { write(Self.message(fill)) }

    private static func message(_ fill: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("jsonrpc", "2.0")
            fill(&writer)
        }
        return writer.bytes
    }

    private func write(_ message: [UInt8]) {
        var bytes = message
        switch framing {
        case .lines: bytes.append(.lineFeed)
        case .headers: bytes = Array("Content-Length: \(bytes.count)\r\n\r\n".utf8) + bytes
        }
        // Nobody listens any more: the next read says so.
        isWriting.withLock { _ in _ = OutputFile.write(bytes, to: STDOUT_FILENO) }
    }

    func answer(_ id: RPCMessage.ID, result fill: (inout JSONWriter) -> Void) {
        let answer = Self.message { writer in
            writer.field("id", raw: id.source)
            writer.field("result", object: fill)
        }
        if let whole = batches.withLock({ Self.take(answer, of: id, &$0) }) { write(whole) }
    }

    func answer(_ id: RPCMessage.ID?, _ failure: RPCFailure) {
        let answer = Self.answer(id, failure)
        guard let id else { return write(answer) }
        if let whole = batches.withLock({ Self.take(answer, of: id, &$0) }) { write(whole) }
    }

    private static func answer(_ id: RPCMessage.ID?, _ failure: RPCFailure) -> [UInt8] {
        message { writer in
            if let id { writer.field("id", raw: id.source) } else { writer.null("id") }
            writer.field(
                "error",
                object: {
                    $0.field("code", failure.code)
                    $0.field("message", failure.message)
                })
        }
    }

    func notify(_ method: String, _ fill: (inout JSONWriter) -> Void) {
        send { writer in
            writer.field("method", method)
            writer.field("params", object: fill)
        }
    }

    func request(_ id: String, _ method: String, _ fill: (inout JSONWriter) -> Void = { _ in }) {
        send { writer in
            writer.field("id", id)
            writer.field("method", method)
            writer.field("params", object: fill)
        }
    }

    // MARK: Lists of messages

    /// Requests that came as one message, and are answered by one.
    private struct Batch {
        var waiting: [RPCMessage.ID]
        var answers: [[UInt8]]

        /// All answers, once there are all; nothing where none is due.
        var whole: [UInt8]? {
            guard waiting.isEmpty, !answers.isEmpty else { return nil }
            return [.leftBracket] + Array(answers.joined(separator: [.comma])) + [.rightBracket]
        }
    }

    private let batches = Mutex<[Batch]>([])

    /// Answers of these requests go out together.
    ///
    /// - Parameter failures: Why others of the list are no requests.
    func begin(_ requests: [RPCMessage.ID], failures: [(id: RPCMessage.ID?, failure: RPCFailure)]) {
        let batch = Batch(waiting: requests, answers: failures.map { Self.answer($0.id, $0.failure) })
        if let whole = batch.whole { return write(whole) }
        if !requests.isEmpty { batches.withLock { $0.append(batch) } }
    }

    /// A request that was taken back gets no answer, and is not waited for.
    func withdraw(_ id: RPCMessage.ID) {
        if let whole = batches.withLock({ Self.take(nil, of: id, &$0) }) { write(whole) }
    }

    /// - Returns: What is to be written now.
    private static func take(_ answer: [UInt8]?, of id: RPCMessage.ID, _ batches: inout [Batch]) -> [UInt8]? {
        for number in batches.indices {
            guard let place = batches[number].waiting.firstIndex(of: id) else { continue }
            batches[number].waiting.remove(at: place)
            if let answer { batches[number].answers.append(answer) }
            return batches[number].waiting.isEmpty ? batches.remove(at: number).whole : nil
        }
        return answer
    }

    // MARK: Reading

    /// What was read and not looked at yet. One thread reads.
    private let waiting = Mutex<[UInt8]>([])

    /// Waits for the next message.
    func receive() -> Received {
        let frame: [UInt8]
        do throws(FrameError) {
            guard let next = try framing == .lines ? line() : body() else { return .end }
            frame = next
        } catch {
            switch error {
            case .tooLarge:
                return .unreadable(
                    RPCFailure(code: RPCFailure.invalidRequest, message: "the message is larger than 128 MiB"))
            case .header:
                return .unreadable(RPCFailure(code: RPCFailure.parseError, message: "Content-Length is missing"))
            }
        }
        do throws(JSONProblem) {
            return .message(try JSONDocument(frame).root)
        } catch {
            return .unreadable(RPCFailure(code: RPCFailure.parseError, message: "the message is no JSON: \(error)"))
        }
    }

    private enum FrameError: Error { case tooLarge, header }

    /// - Returns: `nil` at the end.
    private func line() throws(FrameError) -> [UInt8]? {
        var line: [UInt8] = []
        var isTooLarge = false
        while true {
            let found = waiting.withLock { waiting in
                let end = waiting.firstIndex(of: .lineFeed)
                if !isTooLarge { line += waiting[..<(end ?? waiting.count)] }
                waiting.removeSubrange(..<(end.map { $0 + 1 } ?? waiting.count))
                return end != nil
            }
            if line.count > Self.maximumSize { (isTooLarge, line) = (true, []) }
            if found {
                if isTooLarge { throw .tooLarge }
                if line.last == .carriageReturn { line.removeLast() }
                if !line.isEmpty { return line }
                continue
            }
            guard readMore() else { return line.isEmpty || isTooLarge ? nil : line }
        }
    }

    private func body() throws(FrameError) -> [UInt8]? {
        var length: Int?
        while let header = try headerLine() {
            if header.isEmpty {
                guard let length else { throw .header }
                return try bytes(length)
            }
            let parts = String(decoding: header, as: UTF8.self).split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
            length = Int(parts[1].filter { !$0.isWhitespace })
            if let length, length < 0 { throw .header }
        }
        return nil
    }

    private func headerLine() throws(FrameError) -> [UInt8]? {
        while true {
            let found = waiting.withLock { waiting -> [UInt8]? in
                guard let end = waiting.firstIndex(of: .lineFeed) else { return nil }
                var line = Array(waiting[..<end])
                waiting.removeSubrange(...end)
                if line.last == .carriageReturn { line.removeLast() }
                return line
            }
            if let found { return found }
            if waiting.withLock({ $0.count }) > 1 << 16 {
                waiting.withLock { $0 = [] }
                throw .header
            }
            guard readMore() else { return nil }
        }
    }

    private func bytes(_ count: Int) throws(FrameError) -> [UInt8]? {
        var rest = count
        var body: [UInt8] = []
        while true {
            waiting.withLock { waiting in
                let taken = min(rest, waiting.count)
                if count <= Self.maximumSize { body += waiting[..<taken] }
                waiting.removeSubrange(..<taken)
                rest -= taken
            }
            if rest == 0 { break }
            guard readMore() else { return nil }
        }
        if count > Self.maximumSize { throw .tooLarge }
        return body
    }

    /// - Returns: Whether there was anything.
    private func readMore() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Platform.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count > 0 { waiting.withLock { $0 += buffer[..<count] } }
            return count > 0
        }
    }
}

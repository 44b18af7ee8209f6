internal import Bytes

/// Reads a stream of server-sent events, as chat completions come, bit by bit.
struct ChatStream {
    private(set) var content: [UInt8] = []
    /// The server has said that this is all.
    private(set) var isEnded = false
    private(set) var finish: String?
    private(set) var tokens: Int?
    private(set) var asksForTool = false
    /// What came is not what chat completions are, in words.
    private(set) var problem: String?
    /// Of a line that is not whole yet.
    private var rest: [UInt8] = []
    /// Data of an event that is not whole yet, as far as it was no JSON alone.
    private var event: [UInt8] = []

    /// A model that goes on for ever is not listened to.
    static let longestContent = 64 << 10

    /// - Returns: What it adds to the content.
    mutating func add(_ bytes: UnsafeRawBufferPointer) -> ArraySlice<UInt8> {
        let start = content.count
        var lineStart = 0
        for index in bytes.indices where bytes[index] == .lineFeed {
            rest += bytes[lineStart..<index]
            lineStart = index + 1
            take(rest)
            rest.removeAll(keepingCapacity: true)
        }
        rest += bytes[lineStart...]
        return content[start...]
    }

    private mutating func take(_ line: [UInt8]) {
        var line = line[...]
        if line.last == .carriageReturn { line = line.dropLast() }
        guard problem == nil else { return }
        if line.isEmpty, !event.isEmpty {
            problem = "a part of the stream is no JSON"
            return
        }
        guard line.starts(with: "data:".utf8) else { return }
        line = line.dropFirst(5)
        if line.first == .space { line = line.dropFirst() }
        if line.elementsEqual("[DONE]".utf8) {
            isEnded = true
            return
        }
        // Lines of one event belong together; servers that leave out the empty line between events are understood, too.
        event += (event.isEmpty ? [] : [.lineFeed]) + line
        do throws(JSONProblem) {
            let root = try JSONDocument(event).root
            event.removeAll(keepingCapacity: true)
            if root[name: "error"] != nil || root[name: "object"]?.text == "error" {
                problem = "the server broke off with an error"
                return
            }
            let choice = root[name: "choices"]?.elements.first
            take(choice?[name: "delta"] ?? choice?[name: "message"])
            finish = choice?[name: "finish_reason"]?.text ?? finish
            tokens = root[name: "usage"]?[name: "total_tokens"]?.integer ?? tokens
        } catch {
            if event.count > Self.longestContent { problem = "a part of the stream is no JSON" }
        }
    }

    /// Takes what a message has to say.
    mutating func take(_ message: JSONNode?) {
        guard let message else { return }
        if let calls = message[name: "tool_calls"], !calls.elements.isEmpty { asksForTool = true }
        if message[name: "function_call"]?.kind == .object { asksForTool = true }
        switch message[name: "content"] {
        case let text? where text.kind == .string: content += Array((text.text ?? "").utf8)
        // Mistral's models that think send parts, of which those of kind `text` are the answer.
        case let parts? where parts.kind == .array:
            for part in parts.elements where part[name: "type"]?.text == "text" {
                content += Array((part[name: "text"]?.text ?? "").utf8)
            }
        default: break
        }
        if content.count > Self.longestContent { problem = "the answer is longer than it may be" }
    }

    /// Takes an answer that came as a whole, from a server that does not stream.
    mutating func take(whole body: [UInt8]) {
        do throws(JSONProblem) {
            let root = try JSONDocument(body).root
            let choice = root[name: "choices"]?.elements.first
            guard let message = choice?[name: "message"] else {
                problem = "the answer is no chat completion"
                return
            }
            take(message)
            finish = choice?[name: "finish_reason"]?.text ?? finish
            tokens = root[name: "usage"]?[name: "total_tokens"]?.integer
            isEnded = true
        } catch {
            problem = "the answer is no JSON"
        }
    }
}

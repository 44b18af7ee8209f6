internal import Bytes
internal import Platform
internal import Rules
package import Verification

/// Asks a server of language models, one question at a time.
///
/// For one thread.
package final class ModelClient {
    /// Whom to ask, and how.
    package struct Settings: Sendable {
        package var address: ModelAddress
        /// The key; `nil`: the server wants none.
        package var key: SecretBuffer?
        package var network: NetworkSettings
        /// How often a request is made again after "too many requests", and after trouble of the server's.
        package var repetitions = 3
        /// Seconds that all waiting for a server takes, a question.
        package var patience = 90.0

        package init(address: ModelAddress, key: SecretBuffer?, network: NetworkSettings) {
            self.address = address
            self.key = key
            self.network = network
        }
    }

    /// Which finding a question is about, for the audit log.
    package struct Topic: Sendable {
        package var rule: String
        package var fingerprint: String
        package var model: String

        package init(rule: String = "", fingerprint: String = "", model: String = "") {
            self.rule = rule
            self.fingerprint = fingerprint
            self.model = model
        }
    }

    /// What has come of a question.
    package struct Completion: Sendable {
        package var content: [UInt8]
        /// As the server says, or estimated.
        package var tokens: Int
    }

    private var settings: Settings
    private let auditLog: AuditLog?
    private let isInterrupted: () -> Bool
    private var transport: Transport?

    /// Bytes of an answer: what a server wraps around each word of it, too.
    private static let largestAnswer = 4 << 20

    package init(_ settings: Settings, auditLog: AuditLog?, isInterrupted: @escaping () -> Bool) {
        self.settings = settings
        self.settings.network.maximumBody = Self.largestAnswer
        self.auditLog = auditLog
        self.isInterrupted = isInterrupted
    }

    // MARK: Models

    /// The names of the models that can be asked, as the server lists them.
    package func models() throws(ModelFailure) -> [String] {
        let response = try send(.get, "/v1/models", body: nil, Topic()) { _ in true }
        let names = response.body.withBytes { JSONValue(parsing: $0) }.flatMap { value in
            (value["data"]?.elements ?? value["models"]?.elements ?? value.elements)?.compactMap {
                $0["id"]?.text ?? $0["name"]?.text
            }
        }
        guard let names else { throw ModelFailure("what \(host) answered is no list of models", .stranger) }
        if names.isEmpty { throw ModelFailure("\(host) lists no model", .noModels) }
        var seen: Set<String> = []
        return names.filter { Self.isName($0) && seen.insert($0).inserted }
    }

    /// Whether a text can be a model's name: it goes into terminals and files.
    package static func isName(_ text: String) -> Bool {
        (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { UInt8.visibleCharacters.contains($0) }
    }

    // MARK: Chat

    /// Asks a question.
    ///
    /// - Parameter more: Called with what comes, as it comes.
    package func chat(
        _ request: ChatRequest, _ topic: Topic, more: @escaping (ArraySlice<UInt8>) -> Void
    ) throws(ModelFailure) -> Completion {
        let reading = Reading()
        let response: Response
        do throws(ModelFailure) {
            response = try send(.post, "/v1/chat/completions", body: request.body, topic) { bytes in
                let news = reading.stream.add(bytes)
                if !news.isEmpty { more(news) }
                return reading.stream.problem == nil
            }
        } catch {
            // Whoever stops listening has a reason of his own.
            throw reading.stream.problem.map { ModelFailure($0, .broken) } ?? error
        }
        let type = ContentType(response.contentType)
        if reading.stream.content.isEmpty, type == .json, !reading.stream.isEnded {
            reading.stream.take(whole: response.body.withBytes { Array($0) })
            if reading.stream.problem == nil { more(reading.stream.content[...]) }
        } else if type == .html || reading.stream.content.isEmpty && type != .eventStream {
            if !reading.stream.asksForTool {
                throw ModelFailure("what \(host) answered is no chat completion", .stranger)
            }
        }
        return try completion(reading.stream, request)
    }

    /// What the callbacks of a transfer write into.
    private final class Reading {
        var stream = ChatStream()
    }

    private func completion(_ stream: ChatStream, _ request: ChatRequest) throws(ModelFailure) -> Completion {
        if let problem = stream.problem { throw ModelFailure(problem, .broken) }
        if stream.content.isEmpty {
            throw ModelFailure(
                stream.asksForTool
                    ? "the model asks for a tool in the place of an answer, and none is ever called"
                    : "the model has answered nothing", .broken)
        }
        if stream.finish == "length" {
            throw ModelFailure("the answer is cut: it is longer than it may be", .broken)
        }
        if stream.finish == "content_filter" {
            throw ModelFailure("the answer was cut by the provider's content filter", .broken)
        }
        if !stream.isEnded, stream.finish == nil { throw ModelFailure("the answer is cut", .broken) }
        let estimate = request.tokens + TokenBudget.estimate(bytes: stream.content.count)
        return Completion(
            content: stream.content, tokens: max(stream.tokens ?? 0, 0) == 0 ? estimate : stream.tokens ?? 0)
    }

    // MARK: Requests

    private var host: String { settings.address.hostAndPort }

    /// Makes a request, and again where that may help, with lines in the audit log.
    ///
    /// - Parameter receive: Takes the body of an answer that says that all is well, bit by bit; false ends it.
    private func send(
        _ method: HTTPMethod, _ target: String, body: [UInt8]?, _ topic: Topic,
        receive: @escaping (UnsafeRawBufferPointer) -> Bool
    ) throws(ModelFailure) -> Response {
        let request = try rendered(method, target, body)
        let deadline = MonotonicClock.now + settings.patience
        var repetition = 0
        while true {
            let response = try exchange(request, topic, byteCount: body?.count ?? 0, receive: receive)
            guard let help = ModelTroubleshooting(status: response.status) else { return response }
            let delay = response.retryAfter.map(Double.init) ?? Double(1 << repetition)
            let mayHelp = response.status == 429 || response.status >= 500
            guard mayHelp, repetition < settings.repetitions, MonotonicClock.now + delay < deadline else {
                throw failure(response, help)
            }
            repetition += 1
            try wait(delay)
        }
    }

    private func rendered(_ method: HTTPMethod, _ target: String, _ body: [UInt8]?) throws(ModelFailure)
        -> RenderedRequest
    {
        do throws(RequestError) {
            return try RenderedRequest(
                method, settings.address.https.with(target), isPlain: settings.address.isPlain, bearer: settings.key,
                json: body)
        } catch {
            throw ModelFailure("the key cannot be sent: \(error)", .invalidKey, isFinal: true)
        }
    }

    private func failure(_ response: Response, _ help: ModelTroubleshooting) -> ModelFailure {
        var reason = "\(host) refused it (HTTP \(response.status))"
        if let seconds = response.retryAfter { reason += ", and asks to wait \(seconds) seconds" }
        // What holds of one question holds of the next, but for what its own length or words have brought about.
        var isFinal = true
        if case .refused = help { isFinal = false }
        return ModelFailure(reason, help, isFinal: isFinal)
    }

    private func wait(_ seconds: Double) throws(ModelFailure) {
        let end = MonotonicClock.now + seconds
        while MonotonicClock.now < end {
            if isInterrupted() { throw Self.interrupted }
            var step = timespec(tv_sec: 0, tv_nsec: 20_000_000)
            nanosleep(&step, nil)
        }
    }

    private static let interrupted = ModelFailure("it was interrupted", nil, isFinal: true)

    private func exchange(
        _ request: RenderedRequest, _ topic: Topic, byteCount: Int,
        receive: @escaping (UnsafeRawBufferPointer) -> Bool
    ) throws(ModelFailure) -> Response {
        let noted = NotedRequest(
            request, in: auditLog, host: host, rule: topic.rule, fingerprint: topic.fingerprint,
            model: topic.model.isEmpty ? nil : topic.model, byteCount: byteCount > 0 ? byteCount : nil)
        do throws(NotedRequest.Failure) {
            return try noted.send(
                by: openTransport, receive: receive, mayGoOn: { [isInterrupted] in !isInterrupted() })
        } catch {
            switch error {
            case .log(let failure): throw ModelFailure(failure.description, nil, isFinal: true)
            case .transport(let failure):
                if isInterrupted() { throw Self.interrupted }
                throw ModelFailure(failure.reason, .connection, advice: failure.advice, isFinal: !failure.wasSent)
            }
        }
    }

    /// The one transport, which is made for the first request.
    private func openTransport() throws(TransportFailure) -> Transport {
        if let transport { return transport }
        let made = try Transport(settings.network)
        transport = made
        return made
    }
}

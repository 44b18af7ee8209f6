internal import Bytes
internal import Platform
internal import Rules
internal import Verification

/// Asks one forge, one request at a time, and waits where it asks to wait. For one thread.
///
/// The token goes to the forge's own host and nowhere else: no redirect and no address of a next page leads it away.
final class ForgeClient {
    /// An answer that is JSON.
    struct Answer {
        let value: JSONValue
        let response: Response
    }

    /// Where the API is: `https://api.github.com`, with the path that stands before all.
    let base: HTTPSAddress
    let source: ForgeSource
    private let settings: ForgeSettings
    private let session: ForgeSession
    private let log: AuditLog?
    private let meter: RequestMeter
    private let isInterrupted: () -> Bool
    private var transport: Transport?
    /// Whether an application asks for a token, and so has none.
    var speaksAsApplication = false

    /// Redirects that are followed on the same host: a repository that has got another name.
    private static let maximumRedirects = 4
    /// How often a request is made again that the server or the network failed.
    private static let repetitions = 2
    /// Seconds that are waited where a forge limits requests and does not say for how long.
    private static let usualWait = 60.0

    init(
        _ source: ForgeSource, base: HTTPSAddress, session: ForgeSession, settings: ForgeSettings, meter: RequestMeter,
        log: AuditLog?, isInterrupted: @escaping () -> Bool
    ) {
        (self.source, self.base, self.session, self.settings) = (source, base, session, settings)
        (self.meter, self.log, self.isInterrupted) = (meter, log, isInterrupted)
    }

    // MARK: Questions

    /// Asks for JSON.
    ///
    /// - Parameter target: Path and query below the API's own.
    func get(_ target: String) throws(ForgeError) -> Answer { try answer(.get, address(target)) }

    /// Asks at an address that the forge has given.
    func get(at address: HTTPSAddress) throws(ForgeError) -> Answer { try answer(.get, address) }

    func post(_ target: String) throws(ForgeError) -> Answer { try answer(.post, address(target)) }

    func address(_ target: String) throws(ForgeError) -> HTTPSAddress {
        var path = base.target
        while path.hasSuffix("/") { path.removeLast() }
        do throws(HTTPSAddressError) {
            return try HTTPSAddress("https://\(base.hostAndPort)\(path)\(target)")
        } catch {
            throw ForgeError(.badAnswer, "a name in it makes no address")
        }
    }

    /// Fetches a file: what the forge keeps elsewhere is fetched from there without the token.
    func download(_ target: String) throws(ForgeError) -> [UInt8] {
        var address = try address(target)
        for _ in 0...Self.maximumRedirects {
            let isOwn = address.hostAndPort == base.hostAndPort
            let response = try send(.get, address, isKnown: isOwn, maximumBody: settings.maximumDownload)
            if (200..<300).contains(response.status) { return response.body.withBytes { Array($0) } }
            guard (300..<400).contains(response.status), let next = Self.location(response, from: address) else {
                throw failure(response, at: address)
            }
            address = next
        }
        throw ForgeError(.badAnswer, "\(address.hostAndPort) leads from one address to the next without end")
    }

    private func answer(_ method: HTTPMethod, _ first: HTTPSAddress) throws(ForgeError) -> Answer {
        var address = first
        for _ in 0...Self.maximumRedirects {
            let response = try send(method, address, isKnown: true, maximumBody: settings.maximumBody)
            if (300..<400).contains(response.status) {
                guard let next = Self.location(response, from: address), next.hostAndPort == base.hostAndPort else {
                    throw ForgeError(
                        .badAnswer,
                        "\(address.hostAndPort) sends elsewhere (HTTP \(response.status)), where the token is not sent: a login page may stand in between; check the host"
                    )
                }
                address = next
                continue
            }
            guard (200..<300).contains(response.status) else { throw failure(response, at: address) }
            return Answer(value: try Self.json(response, address), response: response)
        }
        throw ForgeError(.badAnswer, "\(address.hostAndPort) leads from one address to the next without end")
    }

    private static func location(_ response: Response, from address: HTTPSAddress) -> HTTPSAddress? {
        response.header("location").flatMap { Self.address($0, from: address) }
    }

    /// What an answer names: an address, or a path on the host that answered; `nil` if it is neither.
    static func address(_ text: String, from address: HTTPSAddress) -> HTTPSAddress? {
        try? HTTPSAddress(text.hasPrefix("/") ? "https://\(address.hostAndPort)\(text)" : text)
    }

    private static func json(_ response: Response, _ address: HTTPSAddress) throws(ForgeError) -> JSONValue {
        if response.status == 203 {
            // Azure DevOps shows who has no valid token the page to sign in.
            throw ForgeError(.unauthorized, "\(address.hostAndPort) does not take the token (HTTP 203)")
        }
        let isJSON = response.contentType.lowercased().contains("json")
        if !isJSON {
            let what = response.contentType.lowercased().contains("html") ? "a web page" : "something else"
            throw ForgeError(
                .badAnswer,
                "\(address.hostAndPort) answered with \(what) in place of JSON (HTTP \(response.status)): no such forge is there, or a login page stands in between"
            )
        }
        guard let value = response.body.withBytes({ JSONValue(parsing: $0) }) else {
            throw ForgeError(.badAnswer, "what \(address.hostAndPort) answered is no whole JSON; ask again later")
        }
        return value
    }

    // MARK: One request, as often as need be

    private func send(
        _ method: HTTPMethod, _ address: HTTPSAddress, isKnown: Bool, maximumBody: Int
    ) throws(ForgeError) -> Response {
        var failures = 0
        var waits = 0
        while true {
            guard !isInterrupted() else { throw ForgeError(.ended, "it was interrupted") }
            guard meter.take() else {
                throw ForgeError(.ended, "the requests to forges are used up; raise --forge-requests")
            }
            let response: Response
            do throws(TransportFailure) {
                response = try exchange(method, address, isKnown: isKnown, maximumBody: maximumBody)
            } catch {
                failures += 1
                if isInterrupted() { throw ForgeError(.ended, "it was interrupted") }
                guard error.mayPass, failures <= Self.repetitions else {
                    throw ForgeError(.noAnswer, error.reason + (error.advice.map { "; \($0)" } ?? ""))
                }
                try wait(Double(failures), for: address)
                continue
            }
            if let seconds = Self.wait(asked: response, after: waits) {
                waits += 1
                try wait(seconds, for: address)
            } else if response.status >= 500, failures < Self.repetitions {
                failures += 1
                try wait(Double(failures), for: address)
            } else {
                return response
            }
        }
    }

    private func exchange(
        _ method: HTTPMethod, _ address: HTTPSAddress, isKnown: Bool, maximumBody: Int
    ) throws(TransportFailure) -> Response {
        let (scheme, secret) = isKnown ? try credentials() : ("", nil)
        let request: RenderedRequest
        do throws(RequestError) {
            request = try RenderedRequest(
                method, address, authorization: scheme, secret: secret, headers: isKnown ? headers : [])
        } catch {
            throw TransportFailure(reason: "the token cannot be sent: \(error)")
        }
        var network = settings.network
        network.maximumBody = maximumBody
        // What is large takes its time; what stands still does not get it.
        network.timeout = 120
        let noted = NotedRequest(request, in: log, host: address.hostAndPort, rule: "", fingerprint: "")
        do throws(NotedRequest.Failure) {
            // One transport an answer's size, of which there are two.
            return try noted.send(
                by: { () throws(TransportFailure) in
                    if maximumBody != settings.maximumBody { return try Transport(network) }
                    if let transport { return transport }
                    let made = try Transport(network)
                    transport = made
                    return made
                }, mayGoOn: { [isInterrupted] in !isInterrupted() })
        } catch {
            switch error {
            case .log(let failure): throw TransportFailure(reason: failure.description)
            case .transport(let failure): throw failure
            }
        }
    }

    private func credentials() throws(TransportFailure) -> (scheme: String, secret: SecretBuffer?) {
        do throws(SigningError) {
            return try session.credentials(asApplication: speaksAsApplication)
        } catch {
            throw TransportFailure(reason: "the application could not log in: \(error.reason)")
        }
    }

    private var headers: [String] {
        switch source.kind {
        case .github: ["Accept: application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"]
        case .gitlab, .gitea, .bitbucket, .azure: ["Accept: application/json"]
        }
    }

    // MARK: Waiting

    /// How long a forge asks to wait: `Retry-After`, or until its limit begins anew; `nil` if it does not.
    ///
    /// - Parameter waits: How often was waited already for this request.
    private static func wait(asked response: Response, after waits: Int) -> Double? {
        let remaining = response.header("x-ratelimit-remaining").flatMap { Int($0) }
        let isLimit: Bool =
            switch response.status {
            case 429: true
            // GitHub's limits, the second one with words alone.
            case 403:
                remaining == 0 || response.retryAfter != nil
                    || response.body.withBytes { $0.containsCaseless(Array("rate limit".utf8)) }
            case 503: response.retryAfter != nil
            default: false
            }
        guard isLimit else { return nil }
        if let seconds = response.retryAfter { return Double(max(1, seconds)) }
        let reset = response.header("x-ratelimit-reset") ?? response.header("ratelimit-reset")
        if let time = reset.flatMap({ Double($0) }), time > 0 {
            // A time of day, or of some forges the seconds until then.
            return max(1, time > 1e9 ? time - UTCTime.now : time)
        }
        return usualWait * Double(1 << min(waits, 4))
    }

    private func wait(_ seconds: Double, for address: HTTPSAddress) throws(ForgeError) {
        guard meter.take(waiting: seconds) else {
            throw ForgeError(
                .rateLimited,
                "\(address.hostAndPort) asks to wait \(Int(seconds.rounded(.up))) s, and there is less time left (--forge-patience); a token has a higher limit"
            )
        }
        let end = MonotonicClock.now + seconds
        while MonotonicClock.now < end {
            if isInterrupted() { throw ForgeError(.ended, "it was interrupted") }
            var step = timespec(tv_sec: 0, tv_nsec: 20_000_000)
            nanosleep(&step, nil)
        }
    }

    // MARK: Refusals

    private func failure(_ response: Response, at address: HTTPSAddress) -> ForgeError {
        let host = address.hostAndPort
        let status = "HTTP \(response.status)"
        switch response.status {
        case 401:
            let what =
                session.isKnown
                ? "\(host) does not take the token of \(session.name) (\(status)): it was revoked, has expired, or is another forge's"
                : "\(host) wants to know who asks (\(status)): set \(source.kind.tokenVariables[0])"
            return ForgeError(.unauthorized, what)
        case 403:
            let more =
                response.header("x-github-sso") == nil
                ? "" : "; the organisation wants it authorised for single sign-on"
            return ForgeError(
                .forbidden,
                "\(host) does not allow it (\(status)): \(session.isKnown ? "the token of \(session.name) lacks a right" : "set \(source.kind.tokenVariables[0])")\(more)"
            )
        case 404:
            let who = session.isKnown ? "or the token of \(session.name) may not see it" : "or it is not public"
            return ForgeError(.notFound, "it is not there (\(status) from \(host)), \(who)")
        case 500...: return ForgeError(.noAnswer, "\(host) has trouble of its own (\(status)); ask again later")
        default: return ForgeError(.badAnswer, "\(host) answered what nobody asked for (\(status))")
        }
    }
}

extension TransportFailure {
    /// Whether the same request may come through a moment later.
    fileprivate var mayPass: Bool { wasSent }
}

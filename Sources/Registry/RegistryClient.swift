internal import Bytes
internal import Images
internal import Platform
internal import Rules
internal import Synchronization
package import Verification

/// Why a registry did not give what it was asked for.
package struct RegistryFailure: Error, Sendable, Hashable {
    /// In words that follow the name of what was asked for, or of the registry.
    package let message: String
    package let advice: String?

    init(_ message: String, advice: String? = nil) {
        self.message = message
        self.advice = advice
    }
}

/// Asks a registry for the parts of one image. https alone, or http to this machine; from any thread.
///
/// https://github.com/opencontainers/distribution-spec/blob/main/spec.md
package final class RegistryClient: Sendable {
    package let reference: RegistryReference
    private let settings: NetworkSettings
    private let login: DockerCredentials.Login?
    private let mayGoOn: @Sendable () -> Bool
    /// What the registry wants to see.
    private let authorization = Mutex<RequestAuthorization>(.none)

    private static let maximumRedirects = 5
    private static let maximumTries = 4
    /// The longest that a registry may ask to wait, in seconds.
    private static let maximumWait = 120
    /// For one blob, in seconds.
    private static let patience = 6 * 3600.0

    /// - Parameters:
    ///   - login: User and password; `nil`: it is asked as anybody.
    ///   - mayGoOn: Asked while it waits; false ends it.
    package init(
        _ reference: RegistryReference, _ settings: NetworkSettings, login: DockerCredentials.Login?,
        mayGoOn: @escaping @Sendable () -> Bool
    ) {
        self.reference = reference
        var settings = settings
        settings.maximumBody = 16 << 20
        self.settings = settings
        self.login = login
        self.mayGoOn = mayGoOn
    }

    /// Where a request goes.
    private struct Place: Equatable {
        var address: HTTPSAddress
        var isPlain: Bool

        func isSameServer(as other: Place) -> Bool {
            address.host == other.address.host && address.port == other.address.port && isPlain == other.isPlain
        }
    }

    /// Asks for something of the repository.
    ///
    /// - Parameters:
    ///   - path: Behind the repository's name: `manifests/latest`, `blobs/sha256:…`.
    ///   - accept: Media types.
    ///   - receive: Takes the content bit by bit; then the answer has none. False ends the request.
    func get(
        _ path: String, accept: String = "*/*", receive: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(RegistryFailure) -> Response {
        let registry = try place("https://\(reference.host)/v2/\(reference.repository)/\(path)", mayBePlain: true)
        var (place, redirects, tries, wasChallenged) = (registry, 0, 0, false)
        while true {
            let isRegistry = place.isSameServer(as: registry)
            let response = try send(
                place, accept, isRegistry ? authorization.withLock { $0 } : .none, receive: receive)
            switch response.status {
            case 200..<300: return response
            case 301, 302, 303, 307, 308:
                redirects += 1
                guard redirects <= Self.maximumRedirects else {
                    throw RegistryFailure("leads from one address to the next without end")
                }
                place = try self.place(redirectedFrom: place, response)
            case 401 where isRegistry && !wasChallenged:
                wasChallenged = true
                try answer(response.header("www-authenticate") ?? "")
            case 429, 500..<600:
                tries += 1
                guard tries < Self.maximumTries else { throw Self.failure(response.status, isRegistry) }
                try wait(response.retryAfter ?? 1 << tries)
            default: throw Self.failure(response.status, isRegistry)
            }
        }
    }

    private static func failure(_ status: Int, _ isRegistry: Bool) -> RegistryFailure {
        let who = isRegistry ? "the registry" : "the server that the registry named"
        return switch status {
        case 401, 403:
            RegistryFailure(
                "\(who) refuses it (HTTP \(status))",
                advice: "check the name, and log in with docker login or podman login")
        case 404: RegistryFailure("\(who) does not have it (HTTP 404)", advice: "check the name and the tag")
        case 429: RegistryFailure("\(who) answers too many requests (HTTP 429)", advice: "log in, or try again later")
        default: RegistryFailure("\(who) answered HTTP \(status)", advice: "try again later")
        }
    }

    private func wait(_ seconds: Int) throws(RegistryFailure) {
        guard seconds <= Self.maximumWait else {
            throw RegistryFailure("the registry asks to wait \(seconds) s", advice: "log in, or try again later")
        }
        for _ in 0..<(max(0, seconds) * 4) {
            guard mayGoOn() else { throw RegistryFailure("the scan was interrupted") }
            usleep(250_000)
        }
    }

    // MARK: Addresses

    private func place(_ text: String, mayBePlain: Bool) throws(RegistryFailure) -> Place {
        do throws(HTTPSAddressError) {
            return Place(address: try HTTPSAddress(text), isPlain: mayBePlain && reference.isLoopback)
        } catch {
            throw RegistryFailure("has an address that \(error)")
        }
    }

    /// Where an answer leads to; whoever is there is not told who asks.
    private func place(redirectedFrom place: Place, _ response: Response) throws(RegistryFailure) -> Place {
        guard let location = response.header("location"), !location.isEmpty else {
            throw RegistryFailure("the registry names no address where it should")
        }
        if location.hasPrefix("/"), !location.hasPrefix("//") {
            var next = place
            next.address.target = location
            return next
        }
        return try self.place(named: location, what: "the registry leads to")
    }

    /// An address that the other side has named: https, or on this machine where the registry is, too.
    private func place(named text: String, what: String) throws(RegistryFailure) -> Place {
        let isPlain = text.lowercased().hasPrefix("http://")
        if isPlain, !reference.isLoopback {
            throw RegistryFailure("\(what) an address without https, which is not asked")
        }
        do throws(HTTPSAddressError) {
            var text = text
            if isPlain {
                text = "https" + text.dropFirst(4)
                // 80 is meant where no port is written.
                let authority = text.dropFirst("https://".count).prefix { $0 != "/" && $0 != "?" }
                if !authority.contains(":") {
                    text = "https://\(authority):80" + text.dropFirst("https://".count + authority.count)
                }
            }
            return Place(address: try HTTPSAddress(text), isPlain: isPlain)
        } catch {
            throw RegistryFailure("\(what) an address that \(error)")
        }
    }

    // MARK: Who asks

    /// Does what a registry wants before it answers.
    private func answer(_ header: String) throws(RegistryFailure) {
        switch RegistryChallenge(header) {
        case nil: throw RegistryFailure("the registry wants to know who asks, and does not say how (HTTP 401)")
        case .basic?:
            guard let login else {
                throw RegistryFailure(
                    "the registry wants user and password (HTTP 401)",
                    advice: "log in with docker login or podman login")
            }
            authorization.withLock { $0 = .basic(login.pair) }
        case .bearer(let realm, let service, let scope)?:
            let token = try token(realm, service, scope)
            authorization.withLock { $0 = .bearer(token) }
        }
    }

    private func token(_ realm: String, _ service: String?, _ scope: String?) throws(RegistryFailure) -> SecretBuffer {
        let text = RegistryChallenge.tokenAddress(
            realm: realm, service: service, scope: scope, repository: reference.repository)
        let place = try place(named: text, what: "the registry sends whoever asks to")
        // A registry is trusted with its own password, and cannot send it to somebody else.
        let isTrusted = Self.isOfOneOwner(place.address.host, String(reference.host.prefix { $0 != ":" }))
        let response = try send(
            place, "application/json", isTrusted ? login.map { .basic($0.pair) } ?? .none : .none, receive: nil)
        guard response.status == 200 else {
            let withheld = isTrusted || login == nil ? "" : "; the password was not sent there, for it is another's"
            throw RegistryFailure(
                "no token is to be had for it at \(place.address.host) (HTTP \(response.status))\(withheld)",
                advice: "check the name, and log in with docker login or podman login")
        }
        let token = response.body.withBytes { bytes -> SecretBuffer? in
            do throws(JSONProblem) {
                let root = try JSONDocument(Array(bytes)).root
                return (root[name: "token"] ?? root[name: "access_token"])?.text.map { SecretBuffer($0.utf8) }
            } catch {
                return nil
            }
        }
        guard let token else { throw RegistryFailure("what \(place.address.host) answered is no token") }
        return token
    }

    /// Whether two hosts are one, or end in the same two names: `auth.docker.io` and `registry-1.docker.io`.
    static func isOfOneOwner(_ first: String, _ second: String) -> Bool {
        if first == second { return true }
        let (left, right) = (first.split(separator: "."), second.split(separator: "."))
        guard left.count >= 2, right.count >= 2, IPAddress(first) == nil, IPAddress(second) == nil else { return false }
        // Under `co.uk` everybody is somebody else.
        let isShort = left.suffix(2).allSatisfy { $0.count <= 3 }
        let count = isShort ? 3 : 2
        return left.count >= count && right.count >= count && left.suffix(count) == right.suffix(count)
    }

    // MARK: Requests

    private func send(
        _ place: Place, _ accept: String, _ authorization: RequestAuthorization,
        receive: ((UnsafeRawBufferPointer) -> Bool)?
    ) throws(RegistryFailure) -> Response {
        let request: RenderedRequest
        do throws(RequestError) {
            request = try RenderedRequest(
                getting: place.address, isPlain: place.isPlain, accept: accept, authorization)
        } catch {
            throw RegistryFailure("the password or token for it cannot be sent: \(error)")
        }
        do throws(TransportFailure) {
            return try Transport(settings).send(
                request, patience: Self.patience, receive: receive, keepsBody: receive == nil, maySend: { true },
                mayGoOn: mayGoOn)
        } catch {
            throw RegistryFailure(error.reason, advice: error.advice)
        }
    }
}

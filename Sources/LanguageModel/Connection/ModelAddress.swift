internal import Bytes
package import Rules

/// Where a language model is asked: https, or http on this machine alone.
package struct ModelAddress: Sendable, Hashable, CustomStringConvertible {
    /// Host, port and path; of http, too, whose port is always written.
    package let https: HTTPSAddress
    /// Without TLS, which is for the loopback address alone.
    package let isPlain: Bool

    /// Mistral's own.
    package static let standard = "https://api.mistral.ai"

    /// - Throws: `ModelAddressError` that says what the address lacks.
    package init(_ text: String) throws(ModelAddressError) {
        isPlain = text.prefix(7).lowercased() == "http://"
        do throws(HTTPSAddressError) {
            https = try HTTPSAddress(isPlain ? Self.withPort(text.dropFirst(7)) : text)
        } catch {
            throw ModelAddressError(
                reason: error == .notHTTPS ? "must begin with https://, or on this machine with http://" : "\(error)")
        }
        if isPlain, !Self.isLoopback(https.host) {
            throw ModelAddressError(
                reason:
                    "is http and not of this machine (localhost, 127.0.0.1, [::1]): anybody in between could read it")
        }
        if https.target.contains(where: { "?{}".contains($0) }) {
            throw ModelAddressError(reason: "must have no query and no { }")
        }
    }

    /// The same without its scheme, with its port.
    private static func withPort(_ rest: Substring) -> String {
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = rest[..<end]
        let hasPort = authority.last != "]" && authority.contains(":")
        return "https://\(authority)\(hasPort ? "" : ":80")\(rest[end...])"
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || host.hasPrefix("127.") && host.utf8.allSatisfy { $0.isDigit || $0 == .period }
    }

    /// Whether it is one of Mistral's own hosts, where the key of `MISTRAL_API_KEY` belongs.
    package var isMistral: Bool { !isPlain && ["api.mistral.ai", "codestral.mistral.ai"].contains(https.host) }

    /// For messages: `localhost:11434`.
    package var hostAndPort: String { https.hostAndPort }

    package var description: String {
        isPlain ? "http" + https.description.dropFirst(5) : https.description
    }
}

/// Why a text is no address that a model may be asked at; follows the address.
package struct ModelAddressError: Error, Sendable, CustomStringConvertible {
    let reason: String

    package var description: String { reason }
}

package import Rules

/// Where something is sent: https, or http on this machine alone.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// Host, port, path and query; of http, too, whose port is always written.
    package let https: HTTPSAddress
    /// Without TLS, which is for the loopback address alone.
    package let isPlain: Bool

    /// Why a text is none; follows the name of what should have been one, and holds nothing of it.
    package struct Objection: Error, Sendable, Hashable, CustomStringConvertible {
        package let description: String
    }

    /// - Throws: `Objection` that says what the address lacks.
    package init(_ text: String) throws(Objection) {
        isPlain = text.prefix(7).lowercased() == "http://"
        do throws(HTTPSAddressError) {
            https = try HTTPSAddress(isPlain ? Self.withPort(text.dropFirst(7)) : text)
        } catch {
            throw Objection(
                description: error == .notHTTPS
                    ? "must begin with https://, or on this machine with http://" : "\(error)")
        }
        if isPlain, !Self.isLoopback(https.host) {
            throw Objection(
                description:
                    "is http and not of this machine (localhost, 127.0.0.1, [::1]): anybody in between could read it")
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
            || host.hasPrefix("127.") && host.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2e }
    }

    package var description: String {
        isPlain ? "http" + https.description.dropFirst(5) : https.description
    }
}

package import Rules
internal import Verification

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
        let address: WebAddress
        do throws(WebAddress.Objection) {
            address = try WebAddress(text)
        } catch {
            throw ModelAddressError(reason: error.description)
        }
        if address.https.target.contains(where: { "?{}".contains($0) }) {
            throw ModelAddressError(reason: "must have no query and no { }")
        }
        (https, isPlain) = (address.https, address.isPlain)
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

package import Verification

/// How forges are asked.
package struct ForgeSettings: Sendable {
    package var network: NetworkSettings
    /// Requests to all forges together.
    package var maximumRequests = 100_000
    /// Seconds of waiting for rate limits, all together.
    package var patience = 900.0
    /// Pages of one list: a chain that is longer has no end.
    package var maximumPages = 2000
    /// Bytes of one answer.
    package var maximumBody = 32 << 20
    /// Bytes of one file that is fetched: an artifact, a log.
    package var maximumDownload = 64 << 20

    package init(network: NetworkSettings) { self.network = network }
}

/// What an application of GitHub logs in with.
package struct ForgeApplication: Sendable {
    /// The app's id, or its client id.
    package var id: String
    /// Its private key (PEM).
    package var key: SecretBuffer

    package init(id: String, key: SecretBuffer) {
        self.id = id
        self.key = key
    }
}

/// Who asks.
package enum ForgeCredential: Sendable {
    /// Nobody in particular: what is public is seen.
    case none
    /// A token, and the variable that it comes from.
    case token(SecretBuffer, variable: String)
    case application(ForgeApplication)
}

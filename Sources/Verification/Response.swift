/// What a server answered, with every form of the key in it masked.
package final class Response: Sendable {
    package let status: Int
    /// The Content-Type header's value; empty for none.
    package let contentType: String
    /// Seconds that the server asks to wait; `nil` if it does not say.
    package let retryAfter: Int?
    package let body: SecretBuffer
    /// Those headers that were asked for, by their names in lower case; of several of one name the first.
    package let headers: [String: String]
    /// Seconds from the moment the request was sent to the end of the answer.
    package let duration: Double

    init(
        status: Int, contentType: String, retryAfter: Int?, body: SecretBuffer, duration: Double,
        headers: [String: String] = [:]
    ) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
        self.duration = duration
        self.headers = headers
    }
}

/// Why there is no answer.
package struct TransportFailure: Error, Sendable, Hashable {
    /// One sentence without a full stop; nothing in it comes from the other side.
    package var reason: String
    package var advice: String?
    /// Whether the request may have left this machine.
    package var wasSent = false
}

/// What a server answered, with every form of the key in it masked.
package final class Response: Sendable {
    package let status: Int
    /// The Content-Type header's value; empty for none.
    package let contentType: String
    /// Seconds that the server asks to wait; `nil` if it does not say.
    package let retryAfter: Int?
    package let body: SecretBuffer
    /// The lines of the header.
    private let header: SecretBuffer
    /// Seconds from the moment the request was sent to the end of the answer.
    package let duration: Double

    init(
        status: Int, contentType: String, retryAfter: Int?, header: SecretBuffer = SecretBuffer(), body: SecretBuffer,
        duration: Double
    ) {
        self.header = header
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
        self.duration = duration
    }

    /// The value of a header, of several of one name joined with commas; `nil` without one.
    ///
    /// - Parameter name: Case is ignored.
    package func header(_ name: String) -> String? {
        let text = header.withBytes { String(decoding: $0, as: UTF8.self) }
        let lines = text.split(whereSeparator: \.isNewline)
        // A proxy's answer, and one that only says to go on, come before the one that counts.
        let start = lines.lastIndex { $0.hasPrefix("HTTP/") } ?? 0
        let values = lines[start...].compactMap { line -> String? in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                return nil
            }
            var value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            while let last = value.last, last == " " || last == "\t" { value.removeLast() }
            return String(value)
        }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}

/// Why there is no answer.
package struct TransportFailure: Error, Sendable, Hashable {
    /// One sentence without a full stop; nothing in it comes from the other side.
    package var reason: String
    package var advice: String?
    /// Whether the request may have left this machine.
    package var wasSent = false

    package init(reason: String, advice: String? = nil, wasSent: Bool = false) {
        self.reason = reason
        self.advice = advice
        self.wasSent = wasSent
    }
}

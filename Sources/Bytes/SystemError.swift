internal import Platform

/// Something that the operating system refused: what was attempted, on what, and its reason.
package struct SystemError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's error number (`errno`).
    package var code: Int32
    /// What was attempted, as it follows "could not": `open`, `list the folder`.
    package var attempt: String
    /// The path or stream that it was attempted on; empty where the message names it already.
    package var subject: String

    /// - Parameter code: The error number, taken before anything else is called.
    package init(_ code: Int32, attempt: String, subject: String = "") {
        self.code = code
        self.attempt = attempt
        self.subject = subject
    }

    /// The system's words for the error number: `Permission denied`.
    package var reason: String { Self.reason(of: code) }

    /// `could not open /etc/shadow: Permission denied`.
    package var description: String {
        "could not \(attempt)\(subject.isEmpty ? "" : " " + subject): \(reason)"
    }

    /// The system's words for an error number (`strerror`).
    package static func reason(of code: Int32) -> String { String(cString: strerror(code)) }
}

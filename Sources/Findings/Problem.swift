/// Something that should have been read and could not be: the scan is incomplete.
public struct Problem: Sendable, Hashable {
    /// What could not be read: a path, an object, a reference.
    public var subject: String
    /// What was attempted and what went wrong.
    public var message: String
    /// What a person can do about it, if anything.
    public var advice: String?
    /// Whether it stays as long as the repository is what it is: an object is missing, and no other try would find it.
    package var isLasting = false

    /// A problem.
    public init(subject: String, message: String, advice: String? = nil) {
        self.subject = subject
        self.message = message
        self.advice = advice
    }
}

extension Problem {
    /// A text that was asked for and is too large to be read.
    ///
    /// - Parameter maximumSize: In bytes.
    package static func tooLarge(_ subject: String, maximumSize: Int) -> Problem {
        Problem(
            subject: subject, message: "is larger than \(maximumSize) bytes and was not scanned",
            advice: "raise --max-file-size")
    }
}

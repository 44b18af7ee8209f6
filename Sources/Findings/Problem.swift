/// Something that should have been read and could not be: the scan is incomplete.
public struct Problem: Sendable, Hashable {
    /// What could not be read: a path, an object, a reference.
    public var subject: String
    /// What was attempted and what went wrong.
    public var message: String
    /// What a person can do about it, if anything.
    public var advice: String?
    /// Whether it stays as long as the repository and the settings are what they are: an object is missing or damaged, an archive
    /// has a password, and no other try would change that.
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
            advice: "raise --max-file-size"
        ).lasting()
    }

    /// The same, which follows from what is scanned and from the settings alone.
    package func lasting(_ isLasting: Bool = true) -> Problem {
        var copy = self
        copy.isLasting = isLasting
        return copy
    }
}

public import Findings

/// What the scan of one text gave: what was found, and what could not be searched.
///
/// No findings alone does not mean that there is no secret: ask ``isClean``, which takes in whether all of it was searched.
public struct ScanReport: Sendable {
    /// One a secret, the gravest first; each with all places in the text where it stands.
    public var findings: [Finding]
    /// What of the text was not searched, and why: a pattern that was given up, a gzip file that holds more than the limit.
    public var problems: [Problem]
    /// Whether the content is no text; then nothing of it was searched.
    public var isBinary: Bool
    /// Secrets that a comment in the text allows, and that are therefore not reported.
    public var allowedInline: Set<Fingerprint>

    /// Whether the text was searched from end to end.
    public var isComplete: Bool { problems.isEmpty && !isBinary }

    /// Whether the text was searched from end to end, and nothing was found.
    public var isClean: Bool { findings.isEmpty && isComplete }

    /// What a text without a path is called in ``findings`` and ``problems``.
    public static let unnamed = "text"

    init(findings: [Finding], problems: [Problem], isBinary: Bool, allowedInline: Set<Fingerprint>) {
        self.findings = findings
        self.problems = problems
        self.isBinary = isBinary
        self.allowedInline = allowedInline
    }
}

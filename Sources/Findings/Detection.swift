public import Rules

/// A secret in a blob, before it is known where the blob stands and what else holds the secret.
public struct Detection: Sendable {
    /// Index in `ScanEngine.rules`.
    public var ruleIndex: Int
    public var secret: Secret
    public var confidence: Confidence
    public var region: Occurrence.Region
    /// GitHub's line hash; empty if it was not asked for.
    public var lineHash: String
    public var snippet: String
    /// Decoders that were undone, outermost first.
    public var decoders: [String]
    /// A directive in the text says that it is no leak.
    public var isSuppressedInline: Bool

    package init(
        ruleIndex: Int, secret: Secret, confidence: Confidence, region: Occurrence.Region, lineHash: String,
        snippet: String, decoders: [String], isSuppressedInline: Bool
    ) {
        self.ruleIndex = ruleIndex
        self.secret = secret
        self.confidence = confidence
        self.region = region
        self.lineHash = lineHash
        self.snippet = snippet
        self.decoders = decoders
        self.isSuppressedInline = isSuppressedInline
    }
}

public import Rules

/// A secret in a blob that somebody's settings let pass.
package struct SilencedDetection: Sendable, Hashable {
    /// Index in `ScanEngine.rules`.
    package var ruleIndex: Int
    package var secret: Secret
    package var confidence: Confidence
    package var region: Occurrence.Region
    /// The file whose words it is, as reports name it.
    package var file: String
    /// What the allow-list is called.
    package var list: String?
    /// What the file says.
    package var reason: Suppression
    /// What another rule, which says less of it, reports in its place; `nil`: nothing is reported there.
    package var standing: Secret?

    package init(
        ruleIndex: Int, secret: Secret, confidence: Confidence, region: Occurrence.Region, file: String, list: String?,
        reason: Suppression, standing: Secret?
    ) {
        self.ruleIndex = ruleIndex
        self.secret = secret
        self.confidence = confidence
        self.region = region
        self.file = file
        self.list = list
        self.reason = reason
        self.standing = standing
    }
}

/// A secret in a blob, before it is known where the blob stands and what else holds the secret.
public struct Detection: Sendable {
    /// Index in `ScanEngine.rules`.
    public var ruleIndex: Int
    /// What was found, decoded.
    public var secret: Secret
    /// How sure it is that this is a secret of the rule's kind.
    public var confidence: Confidence
    /// The member of a container that it stands in, each container's name in front of its member's; empty: it stands in the blob
    /// itself.
    package var members: [String] = []
    /// Where it stands in the blob, or in the member, encoded as it is there.
    public var region: Occurrence.Region
    /// GitHub's line hash; empty if it was not asked for.
    public var lineHash: String
    /// The line with every secret in it redacted, shortened around the secret, without line end.
    public var snippet: String
    /// Decoders that were undone, outermost first.
    public var decoders: [String]
    /// Where it stands in what `region` stands for, as `Occurrence.decodedRegion`.
    public var decodedRegion: Occurrence.Region?
    /// Whose it probably is, by the name that it is assigned to, where the rule names no provider.
    public var provider: String?
    /// What stands beside it and has to do with it.
    package var beside = Beside()
    /// A directive in the text says that it is no leak.
    public var isSuppressedInline: Bool
    /// The directive ends some day.
    package var isSuppressedForNow: Bool
    /// Until when a directive has said so that is over; `nil`: none has.
    package var allowedUntil: CalendarDay?
    /// Why, in the directive's words; empty: it does not say.
    package var suppressionReason = ""

    /// What stands beside a secret.
    package struct Beside: Sendable {
        /// What it opens.
        package var opens: [Opened] = []
        /// What stands around the secret, itself included, where its provider is asked with another value that stands there;
        /// `nil` everywhere else.
        package var text: Secret?
    }

    package init(
        ruleIndex: Int, secret: Secret, confidence: Confidence, region: Occurrence.Region, lineHash: String,
        snippet: String, decoders: [String], decodedRegion: Occurrence.Region? = nil,
        provider: String? = nil, isSuppressedInline: Bool, isSuppressedForNow: Bool = false
    ) {
        self.ruleIndex = ruleIndex
        self.secret = secret
        self.confidence = confidence
        self.region = region
        self.lineHash = lineHash
        self.snippet = snippet
        self.decoders = decoders
        self.decodedRegion = decodedRegion
        self.provider = provider
        self.isSuppressedInline = isSuppressedInline
        self.isSuppressedForNow = isSuppressedForNow
    }
}

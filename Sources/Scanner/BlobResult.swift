public import Findings

/// What one blob gave.
public struct BlobResult: Sendable {
    /// A part of a rule's work that was given up, so that the blob was not fully searched.
    public struct Skipped: Sendable, Hashable {
        /// The rule whose work it was.
        public var ruleID: String
        /// 1-based line where the region begins.
        public var line: Int
        /// Which limit was hit, in words.
        public var reason: String
    }

    /// In order of place; no two overlap.
    public var detections: [Detection]
    /// What was given up; where there is anything, the blob was not searched in full.
    public var skipped: [Skipped]
    /// What of the blob was left out, in words that follow its name; `nil` if nothing was.
    public var unread: String?
    /// The blob is no text and was not searched.
    public var isBinary: Bool
    /// What became of each match, in order of place, without a path; empty unless it was asked for.
    package var explanations: [Explanation] = []
    /// For rules that keywords set off and whose pattern matched nowhere, by index in `ScanEngine.rules`: how often each
    /// of the keywords stands here. Empty unless it was asked for.
    package var unmatched: [Int: [String: Int]] = [:]

    /// What somebody's settings let pass, where nothing else of it is reported.
    package var silenced: [SilencedDetection] = []
    /// What is wrong with comments of ours; empty unless it was asked for.
    package var complaints: [CommentComplaint] = []

    /// What a blob gave; nothing, unless it is said.
    public init(detections: [Detection] = [], skipped: [Skipped] = [], isBinary: Bool = false) {
        self.detections = detections
        self.skipped = skipped
        self.isBinary = isBinary
    }

    /// Whether all of the blob was searched and nothing was found. A binary blob, which is not searched, is not clean.
    ///
    /// Nor is one of which settings let something pass: it is counted each time.
    public var isClean: Bool {
        !isBinary && detections.isEmpty && skipped.isEmpty && unread == nil && silenced.isEmpty
    }
}

public import Findings

/// What one blob gave.
public struct BlobResult: Sendable {
    /// A part of a rule's work that was given up, so that the blob was not fully searched.
    public struct Skipped: Sendable, Hashable {
        public var ruleID: String
        /// 1-based line where the region begins.
        public var line: Int
        public var reason: String
    }

    /// In order of place; no two overlap.
    public var detections: [Detection]
    public var skipped: [Skipped]
    /// What of the blob was left out, in words that follow its name; `nil` if nothing was.
    public var unread: String?
    /// The blob is no text and was not searched.
    public var isBinary: Bool
    /// What became of each match, in order of place, without a path; empty unless it was asked for.
    public var explanations: [Explanation] = []
    /// For rules that keywords set off and whose pattern matched nowhere, by index in `ScanEngine.rules`: how often each
    /// of the keywords stands here. Empty unless it was asked for.
    public var unmatched: [Int: [String: Int]] = [:]

    public init(detections: [Detection] = [], skipped: [Skipped] = [], isBinary: Bool = false) {
        self.detections = detections
        self.skipped = skipped
        self.isBinary = isBinary
    }

    /// Whether there is nothing to tell of the blob.
    public var isClean: Bool { detections.isEmpty && skipped.isEmpty && unread == nil }
}

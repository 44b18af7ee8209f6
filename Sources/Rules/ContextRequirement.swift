/// What must stand around a value that has no prefix of its own.
public struct ContextRequirement: Sendable, Hashable {
    /// Literals, ASCII case ignored, one of which must stand near the value.
    public var words: [String]
    /// How many lines above and below count as near.
    public var lines: Int
    /// Literals that, anywhere in the file or its path, are enough for an assigned value.
    public var file: [String]
    /// PCRE2 patterns; a file whose path matches one is context enough.
    public var paths: [String]
    /// The name the value is assigned to must hold one of these or one of `words`. Empty: no demand.
    public var assigned: [String]
    /// Confidence where the word stands on another line only. `nil`: one step under the rule's.
    public var nearby: Confidence?

    /// What must stand around a value. Without words, names and paths no value is good enough.
    public init(
        words: [String], lines: Int = 2, file: [String] = [], paths: [String] = [], assigned: [String] = [],
        nearby: Confidence? = nil
    ) {
        self.words = words
        self.lines = lines
        self.file = file
        self.paths = paths
        self.assigned = assigned
        self.nearby = nearby
    }
}

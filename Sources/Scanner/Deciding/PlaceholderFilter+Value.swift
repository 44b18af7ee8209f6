/// What `PlaceholderFilter` says of a value that no rule has matched.
package enum Placeholders {
    /// Whether a value stands for a secret and is none: a placeholder, a reference, a run.
    package static func contains(_ value: [UInt8]) -> Bool {
        value.withUnsafeBytes { PlaceholderFilter.judge($0, CharacterStatistics($0)) != nil }
    }
}

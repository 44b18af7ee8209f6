import Findings

/// Decides that a value stands for a secret and is none.
enum PlaceholderFilter {
    /// Reason to drop a value, or `nil`.
    ///
    /// - Parameters:
    ///   - value: The secret as matched.
    ///   - statistics: Of the same bytes.
    static func judge(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> DropReason? {
        let words = words.groups(in: value)
        if words & 1 != 0 || isReference(value) { return .reference }
        if words & 2 != 0 { return .placeholder }
        if PublishedSamples.contains(value) { return .publishedSample }
        if words & 4 != 0 && value.count < 100 || isRun(value, statistics) { return .sequence }
        return nil
    }

    private static let words = WordGroups([references, markers, keyboardRows])

    /// Words that no random string holds by chance (a given five-letter word: less than once in a million keys) and
    /// that people write where the key goes.
    private static let markers: [StaticString] = [
        "example", "placeholder", "changeme", "change_me", "change-me", "replace", "redacted", "dummy", "sample",
        "insert", "xxxxx", "your_", "your-", "yourapi", "yourkey", "yoursecret", "yourtoken", "youraccess", "yourown",
        "my_api_key", "my-api-key", "api_key_here", "apikeyhere", "keyhere", "key_here", "key-here", "tokenhere",
        "token_here", "goeshere", "goes_here", "goes-here", "secrethere", "secret_here", "putyour", "put_your",
        "enteryour", "addyour", "pasteyour", "fakekey", "fake_", "fake-", "notreal", "not_real", "not-a-real",
        "notareal", "invalid",
        "undefined", "00000000", "todo_", "fixme", "mock_", "mock-", "mockkey", "test_key", "testkey", "test-key",
        "foobar", "lorem",
        "deadbeef", "abc123abc", "asdfasdf", "s3cr3t", "...", "***", "<", ">", "removed", "censored", "masked",
        "hidden_", "elided",
    ]

    private static func isReference(_ value: UnsafeRawBufferPointer) -> Bool {
        guard let first = value.first else { return true }
        return first == 0x24 /* $ */ || first == 0x7b /* { */ || first == 0x25 /* % */ && value.last == 0x25
    }

    private static let references: [StaticString] = [
        "${", "{{", "#{", "$(", "process.env", "os.environ", "os.getenv", "getenv(", "secrets.", "vault:", "op://",
        "secretsmanager", "keyvault", "import.meta", "system.getenv", "env[",
    ]

    private static func isRun(_ value: UnsafeRawBufferPointer, _ statistics: CharacterStatistics) -> Bool {
        let count = value.count
        if count >= 12 && statistics.distinct <= 4 { return true }
        if count >= 24 && statistics.distinct <= 6 { return true }
        if statistics.longestRun >= (count >= 16 ? 7 : 6) && count < 100 { return true }
        if statistics.longestInterleavedRun >= 6 && count < 100 { return true }
        return isPeriodic(value)
    }

    private static let keyboardRows: [StaticString] = [
        "qwertyu", "asdfghj", "zxcvbnm", "poiuytr", "lkjhgfd", "qazwsxe", "1q2w3e4", "qweasdz", "1qaz2ws", "2wsx3ed",
        "zaq12ws", "q1w2e3r",
    ]

    /// Whether the value is a shorter text written twice or more.
    private static func isPeriodic(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 12, value.count < 200 else { return false }
        return (1...value.count / 2).contains { period in
            (period..<value.count).allSatisfy { value[$0] == value[$0 - period] }
        }
    }
}

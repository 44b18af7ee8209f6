import Bytes

/// A match that is to be decided, and what it consists of.
struct Candidate {
    let text: UnsafeRawBufferPointer
    /// What the whole pattern matched.
    let whole: Range<Int>
    /// What the secret is; lies in `whole`.
    let secret: Range<Int>
    /// Of the secret.
    let statistics: CharacterStatistics

    init(whole: Range<Int>, secret: Range<Int>, in text: UnsafeRawBufferPointer) {
        self.text = text
        self.whole = whole
        self.secret = secret
        statistics = CharacterStatistics(text.slice(secret))
    }

    /// A value that stands alone.
    init(_ value: UnsafeRawBufferPointer) { self.init(whole: 0..<value.count, secret: 0..<value.count, in: value) }

    /// The secret's bytes.
    var value: UnsafeRawBufferPointer { text.slice(secret) }
}

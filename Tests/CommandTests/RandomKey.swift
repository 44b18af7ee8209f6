/// Keys that no one ever had: the same in every run, different for each seed.
struct RandomKey: CustomStringConvertible {
    var description: String

    /// A Mistral key's shape: letters of both cases and digits.
    init(_ seed: UInt64, length: Int = 32) {
        self.init(seed, length: length, alphabet: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    }

    /// What the write-up documents beyond it: lower case and digits, of any length. At least one is a digit: without,
    /// it is taken for a word.
    init(lowercase seed: UInt64, length: Int) {
        self.init(seed, length: length, alphabet: "abcdefghijklmnopqrstuvwxyz0123456789")
        if !description.contains(where: \.isNumber) { description = description.dropLast() + "7" }
    }

    private init(_ seed: UInt64, length: Int, alphabet: String) {
        var generator = SplitMix(state: seed)
        let characters = Array(alphabet)
        description = String((0..<length).map { _ in characters.randomElement(using: &generator) ?? "0" })
    }

    /// As `line`, without its end.
    var assignment: String { "MISTRAL_API_KEY=\(description)" }

    /// A line of an env file.
    var line: String { "MISTRAL_API_KEY=\(description)\n" }
}

/// https://prng.di.unimi.it/splitmix64.c: the standard library has no generator that takes a seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

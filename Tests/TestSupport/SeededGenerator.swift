/// Random numbers that are the same in every run, so that a failure can be repeated (SplitMix64).
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// A generator that begins anew with each seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension SeededGenerator {
    /// A string of so many characters of an alphabet: keys for tests are made here, never taken from anywhere.
    public mutating func text(_ count: Int, of alphabet: String) -> String {
        let characters = Array(alphabet)
        return String((0..<count).map { _ in characters[Int.random(in: 0..<characters.count, using: &self)] })
    }

    /// The shape of a key: letters of both cases and digits, at least one of each.
    public mutating func key(_ count: Int = 32) -> String {
        while true {
            let key = text(count, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
            if key.contains(where: \.isUppercase), key.contains(where: \.isLowercase), key.contains(where: \.isNumber) {
                return key
            }
        }
    }

    /// Bytes out of a few, so that runs and overlaps are common.
    public mutating func bytes(_ count: Int, of alphabet: String) -> [UInt8] {
        let bytes = Array(alphabet.utf8)
        return (0..<count).map { _ in bytes[Int.random(in: 0..<bytes.count, using: &self)] }
    }
}

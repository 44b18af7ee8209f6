import TestSupport
import Testing

@testable import Findings

struct SecretStrengthTests {
    private func bits(_ value: String) -> Int { SecretStrength.bits(Array(value.utf8)) }

    /// Passwords of the kind that every policy asks for, of 8 to 14 characters: a word, a year, a sign.
    @Test func wordsWithYearsAreWeak() {
        var generator = SeededGenerator(seed: 21)
        let words = [
            "Summer", "Winter", "Spring", "Autumn", "Welcome", "London", "Berlin", "Madrid", "Dragon", "Monkey",
            "Falcon",
            "Password", "Company", "Secret", "Football", "Marina", "Sophie", "Schmidt", "Garten", "Bonjour",
        ]
        for _ in 0..<300 {
            let word = words.randomElement(using: &generator) ?? ""
            let separator = ["", "-", "_", ".", "#", "@"].randomElement(using: &generator) ?? ""
            let year = Int.random(in: 1950...2030, using: &generator)
            let end = ["", "!", "?", "$", "!!", "#1"].randomElement(using: &generator) ?? ""
            let password = "\(word)\(separator)\(year)\(end)"
            #expect(bits(password) < SecretStrength.enough, "\(password)")
            #expect(Secret(bytes: Array(password.utf8)).isWeak)
        }
    }

    @Test func randomValuesAreNot() {
        var generator = SeededGenerator(seed: 22)
        let base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for (alphabet, count) in [(base62, 20), (base62, 32), ("0123456789abcdef", 32), (base62 + "+/", 40)] {
            var weak = 0
            for _ in 0..<300 where Secret(bytes: Array(generator.text(count, of: alphabet).utf8)).isWeak { weak += 1 }
            #expect(weak <= 9, "\(weak) of 300 with \(count) characters")
        }
        #expect(bits("1f4a9c07be38d265") == 64)
    }

    /// Each is at most what somebody would need who knows how it was made.
    @Test(arguments: [
        ("", 0), ("a", 5), ("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", 16), ("abcabcabcabcabcabcabc", 22),
        ("qwertyuiop", 12), ("zaq12wsxcde3", 40), ("20240115", 16), ("15012024", 16), ("1234567890123456", 24),
        ("P@ssw0rd", 20), ("tr0ub4dor&3", 40), ("admin:admin", 13), ("hunter2hunter2hunter2", 26),
        ("Summer2024Summer2024", 30), ("YWRtaW46YWRtaW4=", 13),
    ])
    func patternsAreCheap(value: String, most: Int) { #expect(bits(value) <= most, "\(bits(value))") }

    @Test func lettersAreCountedByHowManyThereCanBe() {
        #expect(Bits(log2: 1).whole == 0)
        #expect(Bits(log2: 8) == Bits(whole: 3))
        // log2(62) = 5.954, log2(10) = 3.322
        #expect((0..<100).reduce(Bits.none) { bits, _ in bits + Bits(log2: 62) }.whole == 595)
        #expect((0..<100).reduce(Bits.none) { bits, _ in bits + Bits(log2: 10) }.whole == 332)
        for count in 2..<5000 {
            // 2^whole <= count < 2^(whole + 1)
            let whole = Bits(log2: count).whole
            #expect(1 << whole <= count && count < 1 << (whole + 1))
            #expect(Bits(log2: count) >= Bits(log2: count - 1))
        }
    }
}

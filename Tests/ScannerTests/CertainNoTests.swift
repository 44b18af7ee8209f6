import Findings
import Rules
import TestSupport
import Testing

@testable import Scanner

struct CertainNoTests {
    // MARK: Word-likeness

    private func score(_ text: String) -> Double { text.withBytes { WordLikeness.score($0) } }

    @Test func randomKeysAreNoWords() {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<3000 {
            let key = generator.key()
            #expect(score(key) < CertainNo.scoreOfWords, "\(key)")
        }
    }

    @Test(arguments: [
        "MistralAIEmbeddingModelProperties", "getUserAuthenticationToken", "some_long_configuration_name_here",
        "thisIsNotASecretAtAll",
        "application/json-content-type", "AbstractSingletonProxyFactoryBean", "please-change-this-password-soon",
        "internationalizationSettings",
    ])
    func identifiersAreWords(text: String) { #expect(score(text) > CertainNo.scoreOfWords) }

    @Test func whatHasNoLettersScoresNothing() {
        #expect(score("") == 0)
        #expect(score("--==//") == 0)
    }

    // MARK: Statistics

    @Test(arguments: [
        ("", 0.0), ("aaaa", 0), ("abab", 1), ("abcd", 2), ("abcdefgh", 3), ("aab", 0.918_295_834_054_489_6),
    ])
    func entropyIsShannons(text: String, bits: Double) {
        #expect(abs(text.withBytes { CharacterStatistics.entropy(of: $0) } - bits) < 1e-12)
    }

    @Test func charactersAreCountedByKind() {
        let statistics = "aB3-fF\u{e9}".withBytes { CharacterStatistics($0) }
        #expect(statistics.count == 8)
        #expect([statistics.lowercase, statistics.uppercase, statistics.digits, statistics.others] == [2, 2, 1, 3])
        #expect(statistics.hexDigits == 5)
        #expect(statistics.distinct == 8)
        #expect(statistics.letters == 4)
        #expect("00ffAA".withBytes { CharacterStatistics($0).isHex })
        #expect(!"00ffAg".withBytes { CharacterStatistics($0).isHex })
    }

    @Test(arguments: [
        ("aaaa", 4), ("abcdx", 4), ("xdcba", 4), ("AbCd", 4), ("7890123", 7), ("21098", 5), ("acegik", 1), ("", 1),
        ("aabbc", 2),
    ])
    func runsAreOfOneByteOrOfNeighbours(text: String, length: Int) {
        #expect(length == 1 || text.withBytes { CharacterStatistics.holdsRun(of: length, in: $0) })
        #expect(!text.withBytes { CharacterStatistics.holdsRun(of: length + 1, in: $0) })
    }

    @Test func interleavedRunsAreSeen() {
        #expect("a1b2c3d4e5f6".withBytes { CharacterStatistics.holdsRun(of: 6, in: $0, step: 2) })
        #expect("x1b2c3d4e5f6".withBytes { CharacterStatistics.holdsRun(of: 6, in: $0, step: 2) })
        #expect(!"x1b2c3d4e5f7".withBytes { CharacterStatistics.holdsRun(of: 6, in: $0, step: 2) })
    }

    // MARK: Placeholders

    private func drop(_ value: String) -> DropReason? {
        value.withBytes { value in
            var unread = Trace(isKept: false)
            return CertainNo.standIn(value, CharacterStatistics(value), &unread)
        }
    }

    @Test(arguments: [
        "your_api_key_goes_here_1234567890", "YOUR-TOKEN-q7Rw2ZxK9mTb4LsV", "xxxxxxxxq7Rw2ZxK9mTb4LsVy8Hd3Nc",
        "q7Rw2ZxEXAMPLE4LsVy8Hd3NcPf6Gj1U",
        "<q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1Ua>", "changeme", "fake_q7Rw2ZxK9mTb4LsV", "q7Rw2ZxK...4LsVy8Hd",
        "q7Rw2ZxK****4LsVy8Hd", "REDACTED",
    ])
    func placeholdersAreDropped(value: String) { #expect(drop(value) == .placeholder) }

    @Test(arguments: [
        "$MISTRAL_API_KEY", "${KEY}", "{{ secrets_key }}", "%API_KEY%", "process.env.KEY", "os.environ['KEY']",
        "op://vault/item", "#{key}", "$(cat key)", "",
    ])
    func referencesAreDropped(value: String) { #expect(drop(value) == .reference) }

    @Test(arguments: [
        "abcdefghijklmnopqrstuvwxyz123456", "ABCDEFGHq7Rw2ZxK9mTb4LsVy8Hd3NcP", "12345678901234567890123456789012",
        "qwertyuiopasdfghjklzxcvbnm123456",
        "q7Rw2ZxKq7Rw2ZxKq7Rw2ZxKq7Rw2ZxK", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6",
        "ababababababab", "q7Rw1111111a9mTb4LsVy8Hd3NcPf6Gj",
    ])
    func runsAndRepeatsAreDropped(value: String) { #expect(drop(value) == .sequence) }

    @Test func randomKeysAreKept() {
        var generator = SeededGenerator(seed: 32)
        for _ in 0..<3000 {
            let key = generator.key()
            #expect(drop(key) == nil, "\(key)")
        }
    }

    // MARK: What a rule asks for

    private func judge(_ value: String, _ rule: Rule) -> DropReason? {
        value.withBytes { value in
            var unread = Trace(isKept: false)
            return CertainNo.judge(Candidate(value), rule, &unread)
        }
    }

    @Test func countsOfARuleAreLowerBounds() {
        let rule = Rule(id: "r", minimumDigits: 2, minimumUppercase: 1, minimumLowercase: 3)
        #expect(judge("abcX12", rule) == nil)
        for value in ["abcX1", "abc12", "abX12"] { #expect(judge(value, rule) == .characterClasses) }
    }

    @Test func entropyMustBeExceeded() {
        #expect(judge("abcd", Rule(id: "r", entropy: 2)) == .entropy)
        #expect(judge("abcd", Rule(id: "r", entropy: 1.99)) == nil)
    }

    @Test func onlyRulesWithoutAPrefixDropWords() {
        let words = "getUserAuthenticationToken"
        #expect(judge(words, Rule(id: "r")) == nil)
        #expect(judge(words, Rule(id: "r", strength: .generic)) == .words)
        #expect(judge(words, Rule(id: "r", context: ContextRequirement(words: ["a"]))) == .words)
    }

    @Test(arguments: [
        ("ASIAANDPACIFICREGION", DropReason.words), ("AKIAPACIFICECONOMICS", .words), ("ASIANDEVELOPMENTBANK", .words),
        ("AKIAQZVKXWJTYGHNBRMD", nil), ("AKIAQZVKX2JTYGHN3RMD", nil),
    ])
    func capitalsBehindAPrefixOfAWS(value: String, reason: DropReason?) {
        #expect(judge(value, Rule(id: "r", validator: .awsAccessKeyID)) == reason)
    }

    @Test(arguments: [
        ("sk_live_fakepaykeyshown12abcdef9", DropReason.words), ("sk_live_thisisonlyatestofthekey", .words),
        ("sk_live_q8zt2lmxv9kbr4swdyh3jpn6", nil), ("sk_live_Q8Zt2LmXv9KbR4sWdYh3JpN6", nil),
        ("sk_live_9b1e27c40d5f83a6e2b7094c1d8fa365", nil), ("thisisonlyatestofthekeytoo", nil),
    ])
    func wordsBehindARulesOwnPrefix(value: String, reason: DropReason?) {
        #expect(judge(value, Rule(id: "r", keywords: ["sk_live_"])) == reason)
    }

    @Test func namesInCodeAreWords() {
        let rule = Rule(id: "r", context: ContextRequirement(words: ["a"]))
        for name in ["setShowLlmApiKey", "handleSaveProviderToken"] { #expect(judge(name, rule) == .words, "\(name)") }
        for value in ["qZtLmXvKbRsWdYhJ", "q8Zt2LmXv9KbR4sW"] { #expect(judge(value, rule) == nil, "\(value)") }
    }

    @Test func longValuesAreNotTakenForPlaceholders() {
        let document = String(repeating: "AAAA", count: 129)
        #expect(judge(document, Rule(id: "r")) == nil)
        #expect(judge(String(document.prefix(512)), Rule(id: "r")) == .sequence)
    }
}

import TestSupport
import Testing

@testable import Scanner

/// Names of providers are found in ASCII text byte by byte as they are character by character.
struct ProviderNamesTests {
    private let names = ProviderNames(rules: BuiltinEngine.shared.rules)

    @Test(arguments: [
        ("const openai = new Client", true), ("STRIPE_KEY", true), ("my client", false), ("github", false),
        ("GITHUB_TOKEN", true), ("github token of", false), ("together", true), ("newopenaiclient", true), ("", false),
        ("…openai…", true), ("é", false),
    ])
    func providersAreNamedInCode(text: String, isNamed: Bool) {
        #expect(text.withBytes { names.namesForeign($0, own: []) } == isNamed)
    }

    @Test func ownNamesAreNotForeign() {
        #expect("openai".withBytes { !names.namesForeign($0, own: [Array("openai".utf8)]) })
    }

    @Test func bytesAreReadAsCharactersAre() {
        var generator = SeededGenerator(seed: 3)
        let words = [
            "openai", "stripe", "github", "token", "api", "key", "together", "data", "mistral", "x", "Anthropic", "AWS",
            "secret", "12", "twilio", "datadog",
        ]
        let separators = [" ", "_", "-", ".", "", "\r\n", "\"", "(", "\u{0}"]
        var named = 0
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...30, using: &generator) {
                // Mostly nothing that names anybody, so that all of a text is looked at.
                text +=
                    Int.random(in: 0..<12, using: &generator) == 0
                    ? words.randomElement(using: &generator) ?? ""
                    : generator.text(Int.random(in: 0...7, using: &generator), of: "abcXYZ019 ")
                text += separators.randomElement(using: &generator) ?? ""
            }
            text.withBytes { bytes in
                let expected = names.namesAny(bytes)
                if expected { named += 1 }
                #expect(names.namesAnyInASCII(bytes) == expected, "\(text)")
            }
        }
        #expect((300...2900).contains(named))
    }
}

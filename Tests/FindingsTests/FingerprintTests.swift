import TestSupport
import Testing

@testable import Findings

struct FingerprintTests {
    private let secret = Secret(bytes: Array("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE".utf8))

    /// Baselines in people's repositories depend on this value: it must never change.
    @Test func theFormIsFixed() {
        // printf 'mistral-api-key\0q7Rw…' | sha256sum | cut -c-32
        #expect(
            Fingerprint(ruleID: "mistral-api-key", secret: secret).description == "v1:d28eb03bc46bf62500d48db077d5ffaf")
    }

    @Test func ruleAndSecretAloneMakeIt() {
        let other = Secret(bytes: Array("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaF".utf8))
        let fingerprint = Fingerprint(ruleID: "a-key", secret: secret)
        #expect(fingerprint == Fingerprint(ruleID: "a-key", secret: Secret(bytes: secret.bytes)))
        #expect(fingerprint != Fingerprint(ruleID: "b-key", secret: secret))
        #expect(fingerprint != Fingerprint(ruleID: "a-key", secret: other))
        // The NUL between them keeps `ab` + `c` from `a` + `bc`.
        #expect(
            Fingerprint(ruleID: "ab", secret: Secret(bytes: [0x63]))
                != Fingerprint(ruleID: "a", secret: Secret(bytes: [0x62, 0x63])))
    }

    @Test func manyAreDistinctAndReadBack() throws {
        var generator = SeededGenerator(seed: 5)
        let all = (0..<500).map { _ in
            Fingerprint(ruleID: "r", secret: Secret(bytes: Array(generator.key().utf8)))
        }
        #expect(Set(all).count == all.count)
        for fingerprint in all { #expect(Fingerprint(fingerprint.description) == fingerprint) }
        #expect(all.sorted().map(\.description) == all.map(\.description).sorted())
    }

    @Test(arguments: [
        "", "v1:", "v2:00000000000000000000000000000000", "v1:0000000000000000000000000000000",
        "v1:000000000000000000000000000000000", "v1:0000000000000000000000000000000G",
        "v1:ABCDEF00000000000000000000000000",
        "00000000000000000000000000000000000", "v1:0000000000000000000000000000000é",
        " v1:00000000000000000000000000000000",
    ])
    func anythingElseIsNoFingerprint(text: String) { #expect(Fingerprint(text) == nil) }
}

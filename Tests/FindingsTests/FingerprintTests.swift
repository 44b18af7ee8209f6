import Rules
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

    @Test func theFormOfAWeakSecretIsFixed() {
        // python3 -c "import hashlib; print(hashlib.scrypt(b'Summer-2024!', salt=b'acme-key', n=4096, r=8, p=1, dklen=16).hex())"
        #expect(
            Fingerprint(ruleID: "acme-key", secret: Secret(bytes: Array("Summer-2024!".utf8))).description
                == "v2:a3f319a80fc7200d4f21147589052199")
    }

    @Test func theFormWithAKeyIsFixed() throws {
        // k = hmac(key, b'windsock fingerprints'); hmac(k, b'acme-key\0Summer-2024!')
        let key = try FingerprintKey("kV8z-3mQx7Rt2Wb9Ls4Yc6Nf1Hd5Gp0J")
        let rule = Rule(id: "acme-key")
        let weak = SecretIdentity(rule: rule, secret: Secret(bytes: Array("Summer-2024!".utf8)), key: key)
        #expect(weak.fingerprint.description == "v3:bc79e47042797e32af8723dea4541e2f")
        #expect(key.check == "f2b62a17")
        #expect(SecretIdentity(rule: rule, secret: secret, key: key).fingerprint.version == .keyed)
    }

    @Test func ruleAndSecretAloneMakeIt() {
        let other = Secret(bytes: Array("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaF".utf8))
        let fingerprint = Fingerprint(ruleID: "a-key", secret: secret)
        #expect(fingerprint == Fingerprint(ruleID: "a-key", secret: Secret(bytes: secret.bytes)))
        #expect(fingerprint != Fingerprint(ruleID: "b-key", secret: secret))
        #expect(fingerprint != Fingerprint(ruleID: "a-key", secret: other))
        // The NUL between them keeps `ab` + `c` from `a` + `bc`.
        #expect(Fingerprint.plain("ab", [0x63]) != Fingerprint.plain("a", [0x62, 0x63]))
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
        "", "v1:", "v0:00000000000000000000000000000000", "v4:00000000000000000000000000000000",
        "v1:0000000000000000000000000000000",
        "v1:000000000000000000000000000000000", "v1:0000000000000000000000000000000G",
        "v1:ABCDEF00000000000000000000000000",
        "00000000000000000000000000000000000", "v1:0000000000000000000000000000000é",
        " v1:00000000000000000000000000000000",
    ])
    func anythingElseIsNoFingerprint(text: String) { #expect(Fingerprint(text) == nil) }
}

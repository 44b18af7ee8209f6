import Rules
import Testing

@testable import Findings

/// What is known of a secret, whatever it was called when somebody accepted it.
struct SecretIdentityTests {
    private let provider = Rule(id: "acme-key", provider: "Acme", formerly: ["acme-token"])
    private let generic = Rule(id: "generic-secret", strength: .generic, formerly: ["old-password"])
    private let strong = Secret(bytes: Array("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE".utf8))
    private let weak = Secret(bytes: Array("Summer-2024!".utf8))
    private let keyText = "kV8z-3mQx7Rt2Wb9Ls4Yc6Nf1Hd5Gp0J"

    private func isKnown(_ identity: SecretIdentity, by fingerprint: Fingerprint) -> Bool {
        Baseline(entries: [.init(fingerprint: fingerprint, ruleID: "any")]).knows(identity)
    }

    @Test func whatIsWeakIsStretched() {
        #expect(
            SecretIdentity(rule: provider, secret: strong).fingerprint == Fingerprint.plain("acme-key", strong.bytes))
        let identity = SecretIdentity(rule: provider, secret: weak)
        #expect(identity.fingerprint == Fingerprint.stretched("acme-key", weak.bytes))
        #expect(identity.isStretched)
        // A path is no secret.
        let path = SecretIdentity(rule: provider, secret: Secret(visible: "a/.env"))
        #expect(path.fingerprint == Fingerprint.plain("acme-key", Array("a/.env".utf8)))
    }

    @Test func fingerprintsThatAreMadeTogetherAreThoseOfEach() {
        let secrets = (0..<6).map { Secret(bytes: Array("Summer-202\($0)!".utf8)) }
        let identities = secrets.map { SecretIdentity(rule: provider, secret: $0) }
        SecretIdentity.stretch(identities)
        for (identity, secret) in zip(identities, secrets) {
            #expect(identity.fingerprint == Fingerprint.stretched("acme-key", secret.bytes))
        }
    }

    @Test func allGenericRulesHaveOneIdentity() {
        let other = Rule(id: "acme-thing", strength: .generic)
        for rule in [generic, other] {
            #expect(
                SecretIdentity(rule: rule, secret: strong).fingerprint
                    == Fingerprint.plain("generic-secret", strong.bytes))
        }
        let own = Rule(id: "acme-generic", provider: "Acme", strength: .generic)
        #expect(
            SecretIdentity(rule: own, secret: strong).fingerprint == Fingerprint.plain("acme-generic", strong.bytes))
    }

    @Test(arguments: [true, false]) func aBetterRuleMakesNoOldSecretNew(isWeak: Bool) {
        let secret = isWeak ? weak : strong
        let found = SecretIdentity(rule: provider, secret: secret)
        #expect(isKnown(found, by: found.fingerprint))
        #expect(found.genericFingerprint != found.fingerprint)
        #expect(isKnown(found, by: SecretIdentity(rule: generic, secret: secret).fingerprint))
        for name in ["acme-key", "acme-token", "generic-api-key", "generic-secret-assignment", "generic-secret"] {
            #expect(isKnown(found, by: Fingerprint.plain(name, secret.bytes)), "\(name)")
        }
        #expect(!isKnown(found, by: Fingerprint.plain("rival-key", secret.bytes)))
        #expect(!isKnown(found, by: Fingerprint.plain("old-password", secret.bytes)), "a name of another rule")
        #expect(isKnown(SecretIdentity(rule: generic, secret: secret), by: .plain("old-password", secret.bytes)))
        #expect(!isKnown(found, by: SecretIdentity(rule: provider, secret: Secret(bytes: [0x61])).fingerprint))
    }

    @Test func theValueCountsAndOldLiteralsAreKnown() {
        let escaped = Secret(bytes: Array(#"q7Rw2ZxK9mTb\"4LsVy8Hd3Nc\u0050f6Gj1UaE"#.utf8))
        let plain = Secret(bytes: Array("q7Rw2ZxK9mTb\"4LsVy8Hd3NcPf6Gj1UaE".utf8))
        let found = SecretIdentity(rule: provider, secret: escaped)
        #expect(found.fingerprint == SecretIdentity(rule: provider, secret: plain).fingerprint)
        #expect(isKnown(found, by: Fingerprint.plain("acme-key", escaped.bytes)), "as earlier versions hashed it")
    }

    @Test func toKnowASecretIsNotToAcceptAHabit() {
        let habit = SecretIdentity(rule: Rule(id: "hygiene-old"), secret: strong, isHabit: true)
        #expect(!isKnown(habit, by: Fingerprint.plain("generic-secret", strong.bytes)))
        #expect(isKnown(habit, by: habit.fingerprint))
    }

    @Test(arguments: [true, false]) func withAKeyNothingElseIsTold(isWeak: Bool) throws {
        let secret = isWeak ? weak : strong
        let key = try FingerprintKey(keyText)
        let found = SecretIdentity(rule: provider, secret: secret, key: key)
        #expect(found.fingerprint.version == .keyed)
        #expect(isKnown(found, by: found.fingerprint))
        #expect(isKnown(found, by: SecretIdentity(rule: generic, secret: secret, key: key).fingerprint))
        // What was accepted before there was a key stays accepted.
        #expect(isKnown(found, by: SecretIdentity(rule: provider, secret: secret).fingerprint))
        let other = try FingerprintKey(String(keyText.reversed()))
        #expect(!isKnown(SecretIdentity(rule: provider, secret: secret, key: other), by: found.fingerprint))
        #expect(!isKnown(SecretIdentity(rule: provider, secret: secret), by: found.fingerprint))
    }

    @Test(arguments: [
        "x", "Summer-2024!", "correct-horse-battery-staple", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
    func aKeyThatCanBeGuessedIsNone(text: String) {
        let error = #expect(throws: WeakFingerprintKey.self) { try FingerprintKey(text) }
        #expect(error?.description.contains("WINDSOCK_FINGERPRINT_KEY") == true)
        #expect(error?.description.contains(text) == false || text == "x")
    }

    @Test func aKeyFromAFileHasALineEnd() throws {
        #expect(try FingerprintKey(keyText + "\n") == FingerprintKey(keyText))
    }
}

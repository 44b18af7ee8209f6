import Rules
import Testing

@testable import Findings

struct BaselineChangesTests {
    private let rule = Rule(id: "acme-key", provider: "Acme")
    private let strong = ["q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE", "Zt5Yh8Wn2Qk7Xc4Vb9Mp3Lr6Jf1Gd0Sa"]
    private let weak = "Summer-2024!"

    private func finding(_ secret: String, _ rule: Rule? = nil, key: FingerprintKey? = nil) -> Finding {
        let rule = rule ?? self.rule
        let secret = Secret(bytes: Array(secret.utf8))
        return Finding(
            rule: rule, severity: .high, confidence: .high, secret: secret,
            identity: SecretIdentity(rule: rule, secret: secret, key: key), occurrences: [])
    }

    private func entry(_ name: String, _ secret: String, _ reason: String = "") -> Baseline.Entry {
        .init(fingerprint: .plain(name, Array(secret.utf8)), ruleID: name, reason: reason)
    }

    @Test func whatWasNotFoundIsPruned() {
        var baseline = Baseline(entries: [entry("acme-key", strong[0], "why"), entry("acme-key", strong[1])])
        #expect(baseline.prune(keeping: [finding(strong[0]), finding(weak)]) == 1)
        #expect(baseline.entries == [entry("acme-key", strong[0], "why")])
        #expect(baseline.knows(finding(strong[0]).identity))
        #expect(!baseline.knows(finding(strong[1]).identity))
        #expect(baseline.prune(keeping: [finding(strong[0])]) == 0)
    }

    @Test func aPlainHashOfAWeakValueIsReplaced() {
        let old = entry("acme-key", weak, "why")
        for prunes in [true, false] {
            var baseline = Baseline(entries: [old])
            #expect(baseline.knows(finding(weak).identity))
            if prunes {
                #expect(baseline.prune(keeping: [finding(weak)]) == 0)
            } else {
                #expect(baseline.accept(finding(weak), reason: "new") == false)
            }
            #expect(baseline.entries.map(\.fingerprint.version) == [.stretched])
            #expect(baseline.entries.map(\.reason) == ["why"])
            #expect(!baseline.text.contains(old.fingerprint.description))
            #expect(baseline.guessableCount == 1)
        }
    }

    @Test func entriesOfOneValueBecomeOne() {
        let generic = Rule(id: "generic-secret", strength: .generic, formerly: ["old-a", "old-b"])
        var baseline = Baseline(entries: [entry("old-a", strong[0]), entry("old-b", strong[0], "why")])
        #expect(baseline.accept(finding(strong[0], generic), reason: "") == false)
        #expect(baseline.entries == [entry("generic-secret", strong[0], "why")])
        #expect(baseline.accept(finding(strong[1], generic), reason: "r") == true)
        #expect(baseline.entries.count == 2)
    }

    @Test func aKeyIsCheckedBeforeAnythingIsCompared() throws {
        let key = try FingerprintKey("kV8z-3mQx7Rt2Wb9Ls4Yc6Nf1Hd5Gp0J")
        let other = try FingerprintKey("Jp5Gd1Hf6Nc4Ys9Lb2Wt7Rx3mQz8Vk0x")
        var baseline = Baseline(entries: [entry("acme-key", strong[0])])
        try baseline.check(nil)
        try baseline.check(key)
        #expect(baseline.accept(finding(strong[0], key: key), reason: "") == false)
        #expect(baseline.accept(finding(weak, key: key), reason: "") == true)
        baseline.use(key)
        #expect(baseline.text.contains("# key \(key.check)\n"))
        #expect(baseline.entries.allSatisfy { $0.fingerprint.version == .keyed })
        #expect(baseline.guessableCount == 0)
        let read = try Baseline(text: baseline.text, file: "b")
        #expect(read == baseline)
        try read.check(key)
        #expect(throws: BaselineKeyMismatch(hasKey: false)) { try read.check(nil) }
        #expect(throws: BaselineKeyMismatch(hasKey: true)) { try read.check(other) }
        // Somebody's own comment is none.
        try Baseline(text: "# key people know about this\n" + baseline.text, file: "b").check(key)
    }
}

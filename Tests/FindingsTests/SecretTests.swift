import Testing

@testable import Findings

struct SecretTests {
    @Test(arguments: [
        ("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE", "q7Rw…1UaE"), ("q7Rw2ZxK9mTb4LsVy8Hd3Ncx", "q7Rw…3Ncx"),
        ("q7Rw2ZxK9mTb4LsVy8Hd3Nc", "q7…Nc"), ("q7Rw2ZxK9mTb4LsV", "q7…sV"), ("q7Rw2ZxK9mTb4Lx", "q…x"),
        ("q7Rw2ZxK9mTb", "q…b"), ("q7Rw2ZxK9mT", "…"), ("q7Rw2Zx", "…"), ("a", "…"), ("", "…"),
    ])
    func theShorterTheSecretTheLessIsShown(secret: String, redacted: String) {
        #expect(Secret(bytes: Array(secret.utf8)).redacted == redacted)
    }

    /// Not even how long they are.
    @Test(arguments: [
        "Summer-2024!", "Sommerregen2023!?", "correct-horse-battery-staple", "Passw0rd!Passw0rd!", "1qaz2wsx3edc4rfv",
        "abcdefghijklmnopqrstuvwxyz", "QWERTYUIOPASDFGHJKL", "00000000000000000000000000", "2024-01-15-2024-01-16",
        "postgres://admin:Summer2024!@db.acme.example:5432/production", "U3VtbWVyLTIwMjQh", "53756d6d65722d3230323421",
        "svc-sync:Winter2025!!", "Summer%2D2024%21", #"\u0053\u0075\u006d\u006d\u0065\u0072-2024"#,
    ])
    func whatPeopleMakeUpShowsNothing(secret: String) {
        #expect(Secret(bytes: Array(secret.utf8)).redacted == "…")
    }

    @Test(arguments: [
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEAq7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj\n-----END RSA PRIVATE KEY-----",
            "----…"
        ),
        ("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gjü", "q7R…"), ("pässwörd-is-long", "…"), ("ab\ncdefgh", "…"),
        ("\u{1b}[31mq7Rw2ZxK9mTb4LsVy8Hd", "…"), ("a b", "…"),
    ])
    func whatCannotBeCutCleanlyShowsItsBeginningOnly(secret: String, redacted: String) {
        #expect(Secret(bytes: Array(secret.utf8)).redacted == redacted)
    }

    @Test func printingShowsNoSecret() {
        let secret = Secret(bytes: Array("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE".utf8))
        var dumped = ""
        dump(["key": secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
            #expect(text.contains("q7Rw…1UaE"))
            #expect(!text.contains("2ZxK"))
            #expect(!text.contains("113, 55"), "the bytes are shown as numbers")
        }
        #expect(secret.revealed == "q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE")
    }

    @Test func bytesThatAreNotUTF8AreRepairedOnlyWhenShown() {
        let secret = Secret(bytes: [0xff, 0x61])
        #expect(secret.revealed == "\u{fffd}a")
        #expect(secret.bytes == [0xff, 0x61])
    }
}

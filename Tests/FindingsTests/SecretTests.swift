import Testing

@testable import Findings

struct SecretTests {
    @Test(arguments: [
        ("q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE", "q7Rw…1UaE"), ("abcdefghijklmnopqrstuvwx", "abcd…uvwx"),
        ("abcdefghijklmnopqrstuvw", "ab…vw"), ("abcdefghijklmnop", "ab…op"), ("abcdefghijklmno", "a…o"),
        ("abcdefgh", "a…h"),
        ("abcdefg", "…"), ("a", "…"), ("", "…"),
    ])
    func theShorterTheSecretTheLessIsShown(secret: String, redacted: String) {
        #expect(Secret(bytes: Array(secret.utf8)).redacted == redacted)
    }

    @Test(arguments: [
        ("-----BEGIN RSA PRIVATE KEY-----\nabcdefghijklmnopqrstuvwxyz\n-----END RSA PRIVATE KEY-----", "----…"),
        ("pässword-is-very-long-indeed-and-longer", "p…"), ("ab\ncdefgh", "a…"),
        ("\u{1b}[31mabcdefghijklmnopqrstuvw", "…"),
        ("three words and more words", "thr…"), ("a b", "…"),
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

import Bytes
import TestSupport
import Testing

@testable import Scanner

/// What is encrypted or a digest, by its form and by its name; and what only looks so.
struct CiphertextTests {
    private static let hex = "9b1e27c40d5f83a6e2b7094c1d8fa365"
    private static let base64 = "q8Zt2LmXv9KbR4sWdYh3JpN6uF1aEc7GT5oHiCzQlVxMyBnDjSwPeUkRgAf0"

    private static let sealed = [
        "ENC[AES256_GCM,data:\(base64),iv:x,tag:y,type:str]", "ENC(\(base64))", "enc[PKCS7,\(base64)]",
        "vault:v1:\(base64)",
        "{cipher}\(base64)", "AQICAH\(base64)", "AQECAH\(base64)", "AQIAAAA\(base64)",
        "AQAAANCMnd8BFdERjHoAwE\(base64)",
        "01000000d08c9ddf0115d1118c7a00c04fc297eb01000000\(hex)",
        "01000000D08C9DDF0115D1118C7A00C04FC297EB01000000\(hex)",
        "U2FsdGVkX1\(base64)", "gAAAAABl\(base64)\(base64)", "AgB\(base64)\(base64)\(base64)\(base64)\(base64)",
        "eyJhbGciOiJkaXIifQ..\(base64).\(base64).q8Zt2LmXv9Kb",
        "\(base64)\(base64)--q8Zt2LmXv9KbR4sW--q8Zt2LmXv9KbR4sWdYh3Jp==",
        "-----BEGIN PGP MESSAGE-----", "-----BEGIN AGE ENCRYPTED FILE-----", "$2b$12$\(base64)",
        "$6$saltsalt$\(base64)",
        "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$\(base64)", "$1$abcdefgh$q8Zt2LmXv9KbR4sWdYh3Jp", "$P$B\(base64)",
        "$y$j9T$abcdefgh$\(base64)", "pbkdf2_sha256$260000$salt$\(base64)", "pbkdf2:sha256:1000$x$\(hex)",
        "scrypt:32768:8:1$x$\(hex)", "{SSHA}\(base64)", "{MD5}q8Zt2LmXv9KbR4sW==", "{bcrypt}$2a$10$\(base64)",
        "SCRAM-SHA-256$4096:\(base64)", "md5\(hex)", "*401549935D49A54E5EC549C4A7CB2AE33834AAD0",
    ]

    @Test(arguments: sealed)
    func formsAreKnown(value: String) { #expect(value.withBytes { Ciphertext.isOne($0) }) }

    @Test(arguments: [
        hex, base64, "$ecretPassw0rd!With$igns", "md5\(hex.dropLast())", "{noop}correct-horse-battery", "AQICA", "ENC",
        "*Star4Password*", "eyJhbGciOiJIUzI1NiJ9.\(base64).\(base64)", "-----BEGIN PRIVATE KEY-----", "gAAAAA\(hex)",
        "vault-password-1", "$2b", "encode(this)", "",
    ])
    func secretsAreNone(value: String) { #expect(value.withBytes { !Ciphertext.isOne($0) }) }

    @Test func schemesMayStandBefore() {
        for (text, isBehind) in [
            ("userPassword: {SSHA}abc", true), ("p: {noop}abc", false), ("abc", false), ("}abc", false),
        ] {
            let end = text.utf8.count
            for start in [end - 3, end - 4] where start >= 0 {
                #expect(text.withBytes { Ciphertext.isBehindScheme(start..<end, in: $0) } == isBehind, "\(text)")
            }
        }
    }

    /// - Parameter text: A name between « and », and what stands before it.
    private func isNamed(_ text: String, _ value: String) -> Bool {
        let parts = text.split(separator: "«", omittingEmptySubsequences: false)
        let before = String(parts[0])
        let name = parts[1].dropLast()
        return (before + name).withBytes { bytes in
            value.withBytes { Ciphertext.isNamed(before.utf8.count..<bytes.count, for: $0, in: bytes) }
        }
    }

    @Test(arguments: [
        "checksum/«secret»", "«checksum/db-password»", "hash/«secret»", "«digest/api-key»", "«password_hash»",
        "«secretSha256»",
        "«tokenFingerprint»", "«encryptedPassword»", "«encrypted_secret»", "«hashedToken»", "«cipher-aes-db-password»",
        "«api-key-md5»", "«gpg_key»", "\"«user.signingkey»",
    ])
    func namesSayIt(name: String) { #expect(isNamed(name, Self.hex)) }

    @Test(arguments: [
        "«hash_secret»", "«HASH_SALT_KEY»", "«encryption_key»", "«cipher_key»", "«cipherSecret»", "«password»",
        "«unhashed»",
        "«shared_secret»", "«digest_auth_password»", "a «api_key»",
    ])
    func otherNamesDoNot(name: String) { #expect(!isNamed(name, Self.hex)) }

    @Test func aPasswordUnderTheNameOfADigestIsStillOne() {
        #expect(!isNamed("«password_md5»", "correct horse!"))
    }

    @Test(arguments: [
        ("UPDATE \"users\" SET \"«password»\" = '", true), ("INSERT INTO u («password») VALUES ('", true),
        ("[[\"id\", 3], [\"«password»\", \"", true), ("DB_«PASSWORD»=", false), ("update the «password»: ", false),
    ])
    func digestsInStatements(before: String, isStored: Bool) throws {
        let text = before.replacing("«", with: "").replacing("»", with: "") + Self.hex
        let start = try #require(before.range(of: "«")).lowerBound
        let name = before.utf8.distance(from: before.startIndex, to: start)
        let value = text.utf8.count - Self.hex.utf8.count..<text.utf8.count
        #expect(text.withBytes { Ciphertext.isStored(name..<name + 8, value, in: $0) } == isStored)
    }
}

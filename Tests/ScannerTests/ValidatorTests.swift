import Bytes
import Findings
import Foundation
import Rules
import TestSupport
import Testing

@testable import Scanner

struct ValidatorTests {
    private func verdict(_ validator: Validator, _ value: String) -> StructureVerdict {
        value.withBytes { value in
            var unread = Trace(isKept: false)
            return validator.judge(Candidate(value), KeyReader(), &unread)
        }
    }

    private static let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    private func checksum(_ text: String) -> UInt32 { text.withBytes { CRC32.checksum($0) } }

    private func digits(_ number: UInt32, _ alphabet: StaticString, _ count: Int) -> String {
        String(decoding: CRC32.digits(number, of: alphabet, count: count), as: UTF8.self)
    }

    // MARK: Checksums

    /// The check value that every catalogue of CRCs gives, and that of nothing.
    @Test func theChecksumIsThatOfGzip() {
        #expect(checksum("123456789") == 0xcbf4_3926)
        #expect(checksum("") == 0)
    }

    @Test(arguments: [(UInt32(0), "000000"), (61, "00000z"), (62, "000010"), (.max, "4gfFC3")])
    func numbersAreWrittenInBase62(number: UInt32, text: String) {
        #expect(digits(number, Base62Checksum.alphabet, 6) == text)
    }

    @Test(arguments: [("ghp_", 30), ("gho_", 30), ("ghr_", 70), ("npm_", 30)])
    func tokensWithTheirChecksumAreConfirmed(prefix: String, length: Int) {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let body = generator.text(length, of: Self.letters)
            let end = digits(checksum(body), Base62Checksum.alphabet, 6)
            #expect(verdict(.base62CRC32, prefix + body + end) == .confirmed)
            #expect(verdict(.base62CRC32, prefix + String(body.reversed()) + end) == .unconfirmed)
        }
    }

    @Test func anotherFormOfThePrefixHasNoChecksum() {
        #expect(verdict(.base62CRC32, "ghs_1_eyJh.eyJp.c2ln") == .notApplicable)
        #expect(verdict(.base62CRC32, "ghp_abc") == .notApplicable)
    }

    @Test func routableTokensOfGitLabAreConfirmed() {
        var generator = SeededGenerator(seed: 4)
        for length in 27..<60 {
            let covered =
                "glpat-" + generator.text(length, of: Self.letters + "-_") + ".01."
                + digits(
                    UInt32(length), GitLabChecksum.alphabet, 2)
            let token = covered + digits(checksum(covered), GitLabChecksum.alphabet, 7)
            #expect(verdict(.gitlabRoutable, token) == .confirmed)
            #expect(verdict(.gitlabRoutable, token.replacingOccurrences(of: ".01.", with: ".02.")) == .unconfirmed)
        }
        #expect(verdict(.gitlabRoutable, "glpat-" + generator.text(20, of: Self.letters)) == .notApplicable)
    }

    @Test func grafanasTokensAreConfirmed() {
        var generator = SeededGenerator(seed: 5)
        let covered = "glsa_" + generator.text(32, of: Self.letters)
        let number = checksum(covered).byteSwapped
        let end = digits(number, "0123456789abcdef", 8)
        #expect(verdict(.grafanaCRC32, covered + "_" + end) == .confirmed)
        #expect(verdict(.grafanaCRC32, covered + "_" + end.uppercased()) == .confirmed)
        #expect(verdict(.grafanaCRC32, covered + "_" + digits(number ^ 1, "0123456789abcdef", 8)) == .unconfirmed)
    }

    /// AWS' own example id and account of its documentation are no pair, so that the account is made and encoded here.
    @Test(arguments: [(UInt64(123_456_789_012), true), (0, true), (999_999_999_999, true), (1_000_000_000_000, false)])
    func idsOfAccessKeysNameAnAccount(account: UInt64, isOne: Bool) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        // One bit that is always set in today's ids, the account, and chance.
        let bits = (UInt64(1) << 40 | account) << 4 | 0b1011
        let start = (0..<9).map { alphabet[Int(bits >> (40 - 5 * UInt64($0)) & 31)] }
        #expect(verdict(.awsAccessKeyID, "AKIA" + String(start) + "QZ2X7LM") == (isOne ? .confirmed : .unconfirmed))
    }

    @Test func idsOfOldNameNone() {
        #expect(verdict(.awsAccessKeyID, "AKIAIQ7Z2X7LMNB3YXCV") == .notApplicable)
    }

    // MARK: Structures

    private func base64(_ text: String) -> String {
        Data(text.utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
    }

    @Test(arguments: [
        (#"{"alg":"HS256","typ":"JWT"}"#, #"{"sub":"7"}"#, StructureVerdict.confirmed),
        (#"{"typ":"JWT"}"#, #"{"sub":"7"}"#, .unconfirmed),
        (#"{"alg":"HS256"}"#, "no object", .unconfirmed),
        (#"{"alg":"HS256""#, #"{"sub":"7"}"#, .unconfirmed),
    ])
    func partsOfAJSONWebTokenAreObjects(header: String, payload: String, wanted: StructureVerdict) {
        #expect(verdict(.jsonWebToken, "\(base64(header)).\(base64(payload)).c2lnbmF0dXJl") == wanted)
    }

    private func pem(_ label: String, _ body: String, separator: String = "\n", isClosed: Bool = true) -> String {
        let lines = stride(from: 0, to: body.count, by: 64).map { String(body.dropFirst($0).prefix(64)) }
        let end = isClosed ? ["-----END \(label)-----"] : []
        return (["-----BEGIN \(label)-----"] + lines + end).joined(separator: separator)
    }

    /// A DER sequence of so many random bytes.
    private func sequence(_ count: Int, stating stated: Int? = nil) -> String {
        var generator = SeededGenerator(seed: UInt64(count))
        let stated = stated ?? count
        let head: [UInt8] =
            stated < 128 ? [0x30, UInt8(stated)] : [0x30, 0x82, UInt8(stated >> 8), UInt8(stated & 255)]
        return Data(head + (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }).base64EncodedString()
    }

    @Test(arguments: ["\n", "\\n", "\r\n    ", "\\n\" +\n  \"", "\",\n\""])
    func aKeyOfTheLengthThatItStatesIsConfirmed(separator: String) {
        #expect(verdict(.privateKey, pem("RSA PRIVATE KEY", sequence(1190), separator: separator)) == .confirmed)
        #expect(verdict(.privateKey, pem("PRIVATE KEY", sequence(46), separator: separator)) == .confirmed)
    }

    @Test func aKeyThatStatesAnotherLengthIsNot() {
        #expect(verdict(.privateKey, pem("PRIVATE KEY", sequence(600, stating: 1214))) == .unconfirmed)
        var generator = SeededGenerator(seed: 9)
        let noise = generator.text(1600, of: Self.letters)
        #expect(verdict(.privateKey, pem("PRIVATE KEY", "A" + noise)) == .unconfirmed)
    }

    @Test func aKeyWithDotsForTheRestIsNone() {
        let stump = sequence(60, stating: 1214)
        #expect(verdict(.privateKey, pem("PRIVATE KEY", stump, isClosed: false)) == .refuted(.structure))
        #expect(verdict(.privateKey, pem("PRIVATE KEY", stump)) == .unconfirmed)
    }

    @Test func openSSHsKeysAreReadToTheirEnd() {
        let string = { (bytes: [UInt8]) in (0..<4).map { UInt8(bytes.count >> (24 - 8 * $0) & 255) } + bytes }
        let none = string(Array("none".utf8))
        let whole = Array("openssh-key-v1\0".utf8) + none + none + string([]) + [0, 0, 0, 1]
        let key = whole + string([UInt8](repeating: 7, count: 51)) + string([UInt8](repeating: 9, count: 136))
        let text = Data(key).base64EncodedString()
        #expect(verdict(.privateKey, pem("OPENSSH PRIVATE KEY", text)) == .confirmed)
        #expect(verdict(.encryptedPrivateKey, pem("OPENSSH PRIVATE KEY", text)) == .refuted(.structure))
        #expect(verdict(.privateKey, pem("OPENSSH PRIVATE KEY", String(text.dropLast(40)))) == .unconfirmed)
        #expect(verdict(.privateKey, pem("OPENSSH PRIVATE KEY", sequence(300, stating: 900))) == .unconfirmed)
    }

    @Test(arguments: [
        ("svc-sync:0gwZQs2fjZt-aSN1", StructureVerdict.notApplicable), ("apikey7Yq2Lw9Zr4Xk1Vb6:", .notApplicable),
        ("user:password", .refuted(.password)), ("mockUser:mockPassword", .refuted(.password)),
        ("gitea:gitea", .refuted(.password)), ("me:Ab1", .refuted(.password)), ("asdfgh:1234", .refuted(.password)),
        ("just some words", .refuted(.structure)), ("\u{1}\u{2}binary:thing", .refuted(.structure)),
        ("0gwZQs2fjZtaSN1x8Kq3Vb6Nm4Lp7Rd2Ty", .notApplicable),
    ])
    func basicCredentialsAreDecoded(credentials: String, wanted: StructureVerdict) {
        #expect(verdict(.basicCredentials, Data(credentials.utf8).base64EncodedString()) == wanted)
    }
}

import Testing

@testable import Bytes

struct ScryptTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    private func hex(_ bytes: [UInt8]) -> String { bytes.withUnsafeBytes(\.hexadecimal) }

    /// RFC 4231, test cases 1, 2 and 6: a short key, a shorter one, one longer than a block.
    @Test(arguments: [
        (
            Array(repeating: UInt8(0x0b), count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            Array(repeating: UInt8(0xaa), count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func codesAreThoseOfTheStandard(key: [UInt8], message: String, code: String) {
        #expect(hex(HMAC.code(key: key, bytes(message))) == code)
        #expect(hex(HMAC.code(key: key, bytes(String(message.prefix(3))), bytes(String(message.dropFirst(3))))) == code)
    }

    /// RFC 7914, section 12: the first three vectors.
    @Test func hashesAreThoseOfTheStandard() {
        #expect(
            hex(Scrypt.hash([], salt: [], cost: 16, blockSize: 1, parallelism: 1, count: 64))
                == "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")
        #expect(
            hex(
                Scrypt.hash(
                    bytes("password"), salt: bytes("NaCl"), cost: 1024, blockSize: 8, parallelism: 16, count: 64))
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640")
        #expect(
            hex(
                Scrypt.hash(
                    bytes("pleaseletmein"), salt: bytes("SodiumChloride"), cost: 16384, blockSize: 8, parallelism: 1,
                    count: 64))
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887")
    }

    /// However many are made at once, each is what it is alone.
    @Test(arguments: 0...9) func severalAreWhatEachIsAlone(count: Int) {
        let secrets = (0..<count).map { (secret: bytes("secret \($0)"), salt: bytes("salt \($0 / 2)")) }
        let alone = secrets.map { Scrypt.hash($0.secret, salt: $0.salt, cost: 64, count: 16) }
        #expect(Scrypt.hashes(secrets, cost: 64, count: 16) == alone)
        #expect(Set(alone).count == count)
    }

    @Test func theHashOfCommonUse() {
        // python3 -c "import hashlib; print(hashlib.scrypt(b'a', salt=b'b', n=2048, r=8, p=1, dklen=16).hex())"
        #expect(
            hex(Scrypt.hash(bytes("a"), salt: bytes("b"), cost: 2048, count: 16)) == "38953c9283267c9b9a609f4c0cdbf344")
    }
}

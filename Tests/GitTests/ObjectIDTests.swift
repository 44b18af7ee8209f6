import Bytes
import Testing

@testable import Git

@Suite struct ObjectIDTests {
    private let hex = "0123456789abcdef0123456789abcdef01234567"

    @Test func hexDigitsSurviveTheRoundTrip() throws {
        #expect(try #require(ObjectID(hex: hex)).description == hex)
        #expect(try #require(ObjectID(hex: hex.uppercased())).description == hex)
    }

    @Test(arguments: [
        "", "0123", "g123456789abcdef0123456789abcdef01234567", "0123456789abcdef0123456789abcdef012345678",
    ])
    func anythingElseIsNoID(_ text: String) {
        #expect(ObjectID(hex: text) == nil)
    }

    @Test(arguments: 0..<40) func everyByteIsADigitOrNone(_ position: Int) {
        for byte in UInt8.min...UInt8.max {
            var digits = Array(hex.utf8)
            digits[position] = byte
            let isDigit = Character(UnicodeScalar(byte)).isHexDigit && byte < 0x80
            let text = String(decoding: digits, as: UTF8.self).lowercased()
            #expect(digits.withUnsafeBytes { ObjectID(hexDigits: $0)?.description } == (isDigit ? text : nil))
        }
    }

    @Test func idsAreOrderedAsTheirHexDigits() throws {
        let ids = try (0..<40).map { position in
            var digits = Array(repeating: Character("7"), count: 40)
            digits[position] = "8"
            return try #require(ObjectID(hex: String(digits)))
        }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test func bytesAreTheDigits() throws {
        let id = try #require(ObjectID(hex: hex))
        #expect(id.bytes.count == 20)
        #expect(id.bytes.prefix(3) == [0x01, 0x23, 0x45])
        #expect(id.bytes.withUnsafeBytes { ObjectID(bytes: $0) } == id)
        #expect([UInt8](repeating: 0, count: 19).withUnsafeBytes { ObjectID(bytes: $0) } == nil)
        #expect(ObjectID.zero.description == String(repeating: "0", count: 40))
    }

    @Test func theLibraryGetsTheSameID() throws {
        let id = try #require(ObjectID(hex: hex))
        #expect(ObjectID(id.libraryValue) == id)
    }
}

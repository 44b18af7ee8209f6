import Bytes
import TestSupport
import Testing

@testable import Scanner

struct BlockAndAddressTests {
    private static let base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    private func holds(_ text: String, _ value: String) throws -> Bool {
        let start = try #require(text.range(of: value)).lowerBound
        let offset = text.utf8.distance(from: text.startIndex, to: start)
        let range = offset..<offset + value.utf8.count
        return text.withBytes { CertainNo.isOfBlock(Candidate(whole: range, secret: range, in: $0)) }
    }

    @Test func aPieceOfALongBlockIsNone() throws {
        var generator = SeededGenerator(seed: 12)
        let key = generator.key(43)
        let before = generator.text(150, of: Self.base64)
        let behind = generator.text(150, of: Self.base64)
        #expect(try holds("src=\"\(before)+\(key)/\(behind)\"", key))
        #expect(try !holds("src=\"\(before)\" key=\"\(key)\" \"\(behind)\"", key))
        #expect(try !holds("url=/\(behind.prefix(60))/\(key)/x", key))
    }

    @Test(arguments: ["", "  ", "\t"])
    func aLineOfAWrappedBlockIsNone(indentation: String) throws {
        var generator = SeededGenerator(seed: 13)
        let key = generator.key(32)
        let others = (0..<4).map { _ in "+" + generator.text(31, of: Self.base64) }
        let block = ([others[0], others[1], key, others[2], others[3]]).map { indentation + $0 + "\n" }.joined()
        #expect(try holds("Mistral's logo:\n" + block, key))
    }

    @Test func keysInAListAreNoBlock() throws {
        var generator = SeededGenerator(seed: 14)
        let keys = (0..<6).map { _ in generator.key(32) }
        #expect(try !holds(keys.joined(separator: "\n"), keys[3]))
        #expect(try !holds("key:\n\(keys[0])\n", keys[0]))
    }

    private func names(_ text: String, _ value: String) throws -> Bool {
        let start = try #require(text.range(of: value)).lowerBound
        let offset = text.utf8.distance(from: text.startIndex, to: start)
        let range = offset..<offset + value.utf8.count
        return text.withBytes { CertainNo.isOfAddress(Candidate(whole: range, secret: range, in: $0)) }
    }

    private static let uuid = "5f0c1d2e-8a4b-4c6d-9e7f-0a1b2c3d4e5f"
    private static let token = "q8Zt2LmXv9KbR4sWdYh3JpN6uF1aEc7G"
    private static let digest = "82461ababcb5cce8ee5bb3a3650207073266f404"

    @Test(arguments: [
        ("url(/img/logo.\(digest).png)", digest), ("<script src=app-\(digest).js>", digest),
        ("see https://app.example.org/org/me/project/\(uuid)?x=1", uuid),
        ("![](http://h.example/badge/\(digest))", digest),
        ("-e git+https://h.example/a/b.git@\(digest)#egg=b", digest),
        ("r \"https://h.example/p-1.3.tgz#\(digest)\"", digest),
        ("<script src='https://cdn.example.org/assets/\(digest)/sdk.js'>", digest),
        ("<script src=//cdn.example.org/v/\(token)/sdk.js>", token),
        ("https://www.example.org/boards/\(uuid)", uuid), ("GET /v1/items/\(uuid)/parts HTTP/1.1", uuid),
        ("image = \"/uploads/\(token)\"", token), ("uploads/\(digest)/small", digest),
        ("https://example.org/tx/\(token)?key=1", token),
    ])
    func partsOfAddressesNameThings(text: String, value: String) throws { #expect(try names(text, value)) }

    @Test(arguments: [
        ("KEY=\(uuid)", uuid), ("key is \(digest). Keep it", digest), ("https://h.example/?key=\(digest)", digest),
        ("path/\(digest)", digest),
        ("user@\(digest)", digest), ("https://\(token)@h.example/v1", token),
        ("https://h.example/?a=1&key=\(token)", token),
        ("a / \(token)", token), ("https://user:\(token)@h.example/", token), ("s/x/\(token)", token),
        ("https://h.example/v1 /\(digest)", digest),
    ])
    func otherPlacesDoNot(text: String, value: String) throws { #expect(try !names(text, value)) }
}

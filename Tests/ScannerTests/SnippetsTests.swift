import TestSupport
import Testing

@testable import Scanner

struct SnippetsTests {
    private let key = "q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE"

    /// The snippet around the marked secret; other secrets are given by their text.
    private func snippet(_ marked: String, others: [String] = []) -> String {
        let text = MarkedText(marked)
        let whole = String(decoding: text.bytes, as: UTF8.self)
        let ranges = others.map { other -> Range<Int> in
            let start = whole.utf8.distance(from: whole.startIndex, to: whole.range(of: other)!.lowerBound)
            return start..<start + other.utf8.count
        }
        return text.bytes.withUnsafeBytes {
            Snippets($0, secrets: ranges + [text.value], around: [text.value], names: .common).snippet(
                around: text.value)
        }
    }

    @Test func theLineIsShownWithTheSecretRedacted() {
        #expect(snippet("before\nKEY = \"«\(key)»\" # why\nafter") == "KEY = \"q7Rw…1UaE\" # why")
        #expect(snippet("KEY=«\(key)»") == "KEY=q7Rw…1UaE")
        #expect(snippet("KEY=«\(key)»\r\nnext") == "KEY=q7Rw…1UaE")
        #expect(snippet("«\(key)»\n") == "q7Rw…1UaE")
    }

    @Test func longLinesAreCutAroundTheSecret() {
        let filler = String(repeating: "é", count: 100)
        let shown = snippet("\(filler)«\(key)»\(filler)\n")
        #expect(shown.hasPrefix("…é") && shown.hasSuffix("é…"))
        #expect(shown.contains("q7Rw…1UaE"))
        #expect(!shown.unicodeScalars.contains("\u{fffd}"), "a character was cut in two")
        #expect(shown.count < 80)
    }

    @Test func everyOtherSecretOfTheLineIsRedactedToo() {
        let other = "Zt5Yh8Wn2Qk7Xc4Vb9Mp3Lr6Jf1Gd0Sa"
        #expect(snippet("a=«\(key)» b=\(other)", others: [other]) == "a=q7Rw…1UaE b=Zt5Y…d0Sa")
        #expect(snippet("b=\(other) a=«\(key)»", others: [other]) == "b=Zt5Y…d0Sa a=q7Rw…1UaE")
        // One that is cut by the snippet's end still shows no more than its own redacted form.
        let far = String(repeating: "-", count: 50)
        #expect(snippet("a=«\(key)»\(far)\(other)", others: [other]).hasSuffix("-Zt5Y…d0Sa…"))
    }

    @Test func ofAWeakSecretNothingIsShownAsItIsOrEncoded() {
        for password in ["Summer-2024!", "U3VtbWVyLTIwMjQh", "Summer%2D2024%21", "hunter2"] {
            #expect(snippet("password: «\(password)» # x") == "password: … # x")
            #expect(snippet("a: «\(key)», b: \(password);", others: [password]) == "a: q7Rw…1UaE, b: …;")
        }
        // What is decoded in a way that the text does not show.
        let text = MarkedText("k: «q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE»")
        let shown = text.bytes.withUnsafeBytes { bytes in
            Snippets(bytes, secrets: [text.value], around: [text.value], names: .common, showsNothing: { _ in true })
                .snippet(
                    around: text.value)
        }
        #expect(shown == "k: …")
    }

    @Test func secretsThatOverlapShowNothingOfEachOther() {
        let marked = "x «\(key)»continued y"
        let parts = [key.dropFirst(10) + "continued", key.prefix(26), key.dropFirst(4).prefix(24)].map { String($0) }
        for others in [[parts[0]], [parts[1]], [parts[2]], parts, parts.reversed()] {
            let shown = snippet(marked, others: others)
            for start in 4..<25 {
                let middle = key.dropFirst(start).prefix(4)
                #expect(!shown.contains(middle), "\(middle) of the middle is shown: \(shown)")
            }
        }
    }

    @Test func aSecretOverSeveralLinesShowsItsFirstLineOnly() {
        let shown = snippet("key: «-----BEGIN KEY-----\n\(key)\n-----END KEY-----»\nmore")
        #expect(shown == "key: ----…")
    }

    @Test func noRandomLineShowsTheMiddleOfASecret() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<200 {
            let keys = (0..<4).map { _ in generator.key() }
            let gaps = (0..<5).map { _ in
                generator.text(Int.random(in: 1...50, using: &generator), of: " =\"';é🔑,\n")
            }
            let text = "\(gaps[0])«\(keys[0])»\(gaps[1])\(keys[1])\(gaps[2])\(keys[2])\(gaps[3])\(keys[3])\(gaps[4])"
            let shown = snippet(text, others: Array(keys[1...]))
            for key in keys { #expect(!shown.contains(key.dropFirst(4).prefix(24).prefix(5))) }
        }
    }
}

import Bytes
import Foundation
import TestSupport
import Testing

@testable import Scanner

/// What is encoded in a text is visited, layer by layer.
struct TextWalkTests {
    private struct Visit: Equatable {
        var text: String
        var decoders: [String]
        /// What the whole text stands for in the text that the walk began with.
        var original: Range<Int>
    }

    private struct Recorder: TextVisitor {
        let mayHideInEscapes: Bool
        var visits: [Visit] = []

        mutating func visit(_ text: UnsafeRawBufferPointer, in layers: DecodedLayers) {
            visits.append(
                Visit(
                    text: String(decoding: text, as: UTF8.self), decoders: layers.decoders,
                    original: layers.original(of: 0..<text.count)))
        }

        func encodings(in text: UnsafeRawBufferPointer) -> Encodings {
            Encodings(runs: EncodedRuns(text), holdsKeyword: mayHideInEscapes, marks: [])
        }
    }

    private func visits(_ text: String, escapes: Bool = false) -> [Visit] {
        text.withBytes { bytes in
            var recorder = Recorder(mayHideInEscapes: escapes)
            TextWalk.visitDecoded(in: bytes, recorder.encodings(in: bytes), by: &recorder)
            return recorder.visits
        }
    }

    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test func aTextIsVisitedBeforeWhatIsEncodedInIt() {
        let inner = "words that are long enough"
        let middle = base64(inner)
        let outer = base64(middle)
        let whole = 0..<outer.utf8.count
        #expect(
            visits(outer) == [
                Visit(text: middle, decoders: ["base64"], original: whole),
                Visit(text: inner, decoders: ["base64", "base64"], original: whole),
            ])
    }

    @Test func placesAreThoseInTheTextThatTheWalkBeganWith() {
        let encoded = base64("words that are long enough")
        let text = "name = \(encoded)\n"
        #expect(
            visits(text) == [
                Visit(
                    text: "name = words that are long enough", decoders: ["base64"],
                    original: 0..<7 + encoded.utf8.count)
            ])
    }

    @Test func belowThreeLayersNothingIsVisited() {
        let text = (1...5).reduce("some words to begin with") { text, _ in base64(text) }
        #expect(visits(text).map(\.decoders.count) == [1, 2, 3])
    }

    @Test func escapesAreUndoneOnlyWhereTheyMayHideSomething() {
        let text = #"key=\nabcdefghijklmnop"#
        #expect(visits(text).isEmpty)
        #expect(visits(text, escapes: true).map(\.decoders) == [["escapes"]])
        #expect(visits(text, escapes: true).first?.text.hasPrefix("key=\nabcdefghijklmnop") == true)
    }
}

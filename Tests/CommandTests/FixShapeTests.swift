import Foundation
import TestSupport
import Testing

/// `windsock fix --write` on every way in which a key stands in files of many kinds: what it changes is clean, still parses, and
/// the rest says why it stays.
@Suite struct FixShapeTests {
    /// What is known to stay, by kind: the number of its shapes.
    private static let staying = [
        "go": 1, "java": 1, "csharp": 1, "php": 1, "rust": 1, "swift": 1, "cpp": 1, "kubernetes": 2, "c": 3,
        "groovy": 1,
    ]

    @Test(arguments: FixShapes.all) func whatIsReplacedIsCleanAndParses(shapes: FixShapes) throws {
        let folder = TemporaryDirectory()
        let key = RandomKey(23).description
        for (number, text) in shapes.texts.enumerated() {
            folder.write("\(number)/\(shapes.path)", text.replacing("%K", with: key))
        }
        let outcome = Windsock.run(
            ["fix", "--write", "."], in: folder, environment: ["XDG_STATE_HOME": folder("state")])
        #expect(!outcome.reveals(key))
        let left = outcome.output.split(separator: "\n").filter { $0.contains(": left: ") }
        #expect(left.count == Self.staying[shapes.testDescription] ?? 0, "\(left)")
        #expect(outcome.status == (left.isEmpty ? 0 : 1), "\(outcome.output) \(outcome.errors)")
        #expect(!outcome.output.contains("finds it still"))
        for number in shapes.texts.indices {
            let name = "\(number)/\(shapes.path)"
            let text = String(decoding: folder.read(name), as: UTF8.self)
            let stays = left.contains { $0.hasPrefix("\(name):") }
            #expect(text.contains(key) == stays, "\(name): \(text)")
            if let problem = LanguageParser.problem(shapes.testDescription, folder(name)) {
                Issue.record("\(name): \(problem)\n\(text)")
            }
        }
    }

    @Test func hundredsAreReplaced() {
        let all = FixShapes.all.reduce(0) { $0 + $1.texts.count }
        #expect(all >= 200)
        #expect(Double(all - Self.staying.values.reduce(0, +)) / Double(all) >= 0.9)
    }
}

import Foundation
import Rules
import TestSupport
import Testing

@testable import Scanner

/// Hostile and generated files must cost no more than their length. What would be quadratic does not end on these
/// texts, so that the counts alone are asserted.
struct LinearTimeTests {
    private static let size = 20 << 20

    private func scanner(_ rules: String) throws -> BlobScanner {
        var options = BlobScanner.Options()
        options.computesLineHashes = false
        return BlobScanner(engine: try ScanEngine(toml: rules), options: options)
    }

    private func filled(with unit: String, count: Int = size) -> [UInt8] {
        let unit = Array(unit.utf8)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer[index] = unit[index % unit.count] }
            initialized = count
        }
    }

    private func detections(_ text: [UInt8], _ scanner: BlobScanner) -> BlobResult {
        text.withUnsafeBytes { scanner.scan($0, path: "") }
    }

    @Test func aKeywordEverywhereEnds() throws {
        let rule = "[[rules]]\nid='a-key'\nregex='key=([0-9]{8})'\nkeywords=['key=']\n"
        let result = detections(filled(with: "key=") + Array("48091726".utf8), try scanner(rule))
        #expect(result.detections.map(\.secret.revealed) == ["48091726"])
        #expect(result.skipped.isEmpty)
    }

    @Test func secretsAllOverOneEndlessLineEnd() throws {
        // No bound on the length: the window is the line.
        let rule = "[[rules]]\nid='a-key'\nregex='key=[ ]*([0-9]{8})'\nkeywords=['key=']\n"
        var text = filled(with: ". ")
        let step = 20_000
        for start in stride(from: 0, to: text.count - step, by: step) {
            text.replaceSubrange(start..<start + 12, with: Array("key=48091726".utf8))
        }
        let found = detections(text, try scanner(rule)).detections
        #expect(found.count == (text.count - 1) / step)
        #expect(found.map(\.region.startLine).allSatisfy { $0 == 1 })
        #expect(found.map(\.region.startColumn) == found.indices.map { $0 * step + 5 })
        #expect(found.allSatisfy { $0.snippet.utf8.count < 200 })
    }

    @Test func manySecretsInOneFileEnd() throws {
        let rule = "[[rules]]\nid='a-key'\nregex='key=([0-9]{8})'\nkeywords=['key=']\n"
        let found = detections(
            filled(with: "key=48091726 # windsock:allow b-key\n", count: 36 * 20_000), try scanner(rule)
        ).detections
        #expect(found.count == 20_000)
        #expect(found.last?.region == .init(startLine: 20_000, startColumn: 5, endLine: 20_000, endColumn: 13))
        #expect(!found.contains { $0.isSuppressedInline })
    }

    @Test func aPasswordOnEachLineEnds() {
        let line = "password = \"Zq8Zq8Zq8Zq8Zq8\"\n"
        let text = filled(with: line, count: line.utf8.count * 20_000)
        #expect(detections(text, BlobScanner(engine: BuiltinEngine.shared)).detections.count == 20_000)
    }

    @Test func hitsInOrderMakeNoMoreWindowsThanFitIntoTheText() {
        let (before, behind) = (40, 41)
        for step in [1, 4, 80, 81, 82, 200] {
            var list = WindowList()
            let length = 400_000
            for offset in stride(from: 0, to: length, by: step) {
                list.insert(max(0, offset - before)..<min(length, offset + behind))
            }
            #expect(list.ranges.count == (step <= 81 ? 1 : (length + step - 1) / step), "step \(step)")
        }
    }

    @Test func lateHitsMakeNoMoreWindowsEither() {
        var generator = SeededGenerator(seed: 8)
        var list = WindowList()
        for offset in 0..<200_000 {
            let late = max(0, offset - Int.random(in: 0..<255, using: &generator))
            list.insert(late..<late + 10)
        }
        #expect(list.ranges.count <= 200_000 / 11)
        #expect(zip(list.ranges, list.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }

    @Test func escapesAllOverAreBoundedByTheirBudget() throws {
        let rule = "[[rules]]\nid='a-key'\nregex='key=([0-9]{8})'\nkeywords=['key=']\n"
        let text = filled(with: #"key=\nabcdefghijklmnop "#, count: 1 << 20)
        let decoded = text.withUnsafeBytes { EscapeDecoder.decode($0, .usual, budget: 1 << 16) }
        #expect(decoded.bytes.count <= 1 << 17)
        #expect(detections(text, try scanner(rule)).detections.isEmpty)
    }

    // MARK: Work

    private func work(_ text: [UInt8]) -> MatchingWork {
        var options = BlobScanner.Options()
        options.computesLineHashes = false
        let scanner = BlobScanner(engine: BuiltinEngine.shared, options: options)
        _ = detections(text, scanner)
        return scanner.work.reduce(into: MatchingWork()) { $0 += $1 }
    }

    /// Twice the text takes about twice the work, where quadratic work would be four times as much; and a byte no more
    /// than a constant. Counted, not timed, and with all rules. `Scripts/bench-matcher --hostile 100` does it with 100 MB.
    @Test(arguments: HostileText.all) func workGrowsNoFasterThanTheText(text: HostileText) {
        let size = 1 << 15
        let once = work(text.bytes(size))
        let twice = work(text.bytes(2 * size))
        #expect(twice.bytes <= 3 * once.bytes, "bytes searched")
        #expect(twice.calls <= 3 * once.calls, "calls of PCRE2")
        #expect(twice.candidates <= 3 * once.candidates, "matches judged")
        #expect(twice.bytes <= 2 * size * 400, "bytes searched")
        #expect(twice.calls <= 2 * size * 4, "calls of PCRE2")
    }

    /// All secrets of an encoded value stand where that stands: its line is not read once for each.
    @Test func theLineOfAnEncodedValueIsReadOnce() {
        let line = Array("password = \"Zq8Zq8Zq8Zq8Zq8\"\n".utf8)
        let content = (0..<1000).flatMap { _ in line }
        let text = Array("x = \"\(Data(content).base64EncodedString())\"\n".utf8)
        let scanner = BlobScanner(engine: BuiltinEngine.shared)
        #expect(detections(text, scanner).detections.count == 1000)
        #expect(scanner.placingBytes < 8 * text.count)
    }

    /// So many findings, all different, on one line without an end.
    private func findingsOnOneLine(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: 11)
        return (0..<count).flatMap { _ in
            Array("'mistral_api_key':'\(generator.key())','region':'eu-west','retries':3,".utf8)
        }
    }

    /// What is done for each finding of an endless line (looking around it, placing it, asking for comments) must not be
    /// done with the whole line. Counted, not timed.
    @Test func twiceTheFindingsOnOneLineAreTwiceTheWork() {
        let count = 400
        // The same again: other random values would hold keywords of other rules.
        let once = findingsOnOneLine(count)
        let twice = once + once
        var counted: [(found: Int, matching: MatchingWork, placing: Int)] = []
        for text in [once, twice] {
            let scanner = BlobScanner(engine: BuiltinEngine.shared)
            let found = detections(text, scanner).detections.count { $0.confidence == .high }
            let matching = scanner.work.reduce(into: MatchingWork()) { $0 += $1 }
            counted.append((found, matching, scanner.placingBytes))
        }
        // A random value may lack what a rule asks for.
        #expect(counted[0].found > count * 9 / 10)
        #expect(counted[1].found > count * 18 / 10)
        let (first, second) = (counted[0], counted[1])
        // Near the ends of the line there is less to look at.
        let slack = 1 << 18
        #expect(second.matching.calls <= 2 * first.matching.calls + 16, "calls of PCRE2")
        #expect(second.matching.bytes <= 2 * first.matching.bytes + slack / 16, "bytes searched")
        #expect(second.matching.candidates <= 2 * first.matching.candidates + 16, "matches judged")
        #expect(second.placing <= 2 * first.placing + slack, "bytes read to place findings")
        #expect(second.matching.bytes <= 8 * twice.count, "bytes searched, for each of the text")
    }

    @Test func placesOnOneLineAreCountedOnce() {
        let text = filled(with: "key=48091726, ", count: 1 << 14)
        text.withUnsafeBytes { bytes in
            var index = LineIndex(bytes)
            for start in stride(from: 4, to: text.count - 14, by: 14) { _ = index.region(of: start..<start + 8) }
            #expect(index.bytesRead <= 2 * text.count)
        }
    }

    /// Pairs of comments that turn a linter off and on again, and parts of credentials: as many as findings.
    @Test func manyBlocksAndManyCredentialsOfTwoPartsEnd() throws {
        let rules = """
            [[rules]]
            id = 'acme-id'
            provider = 'Acme'
            regex = 'id=([0-9]{8})'
            keywords = ['id=']
            [[rules]]
            id = 'acme-pair'
            provider = 'Acme'
            regex = 'id=[0-9]{8} key=([0-9]{8})'
            keywords = ['id=']
            holdsParts = true
            """
        let unit = "// secretlint-disable\nid=48091726 key=48091726\n// secretlint-enable\nid=48091726 -\n"
        let count = 6_000
        let found = detections(filled(with: unit, count: unit.utf8.count * count), try scanner(rules)).detections
        // The id beside a key is reported with it, and is on a line that is turned off.
        #expect(found.count == 2 * count)
        #expect(found.count { $0.isSuppressedInline } == count)
        #expect(found.count { $0.ruleIndex == 1 } == count)
    }
}

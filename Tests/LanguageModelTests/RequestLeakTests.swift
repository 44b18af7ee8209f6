import BuiltinRules
import Findings
import Foundation
import Remediation
import Rules
import Scanner
import TestSupport
import Testing

@testable import LanguageModel

/// No secret is sent: of no rule's example, written in no way. `make check-advise` makes 10,000 requests; a usual run some
/// hundreds.
@Suite struct RequestLeakTests {
    /// How many requests are made.
    private static let wanted =
        ProcessInfo.processInfo.environment["WINDSOCK_ADVISE_REQUESTS"].flatMap { Int($0) } ?? 300

    /// All rule files for a whole check; else some of them, for to read all takes a debug build a minute.
    private static let rules = Result {
        let step = wanted > 2000 ? 1 : 40
        return try stride(from: 0, to: RuleFolder.names.count, by: step).flatMap {
            try RuleFolder.file(RuleFolder.names[$0]).rules
        }
    }

    @Test func noRequestHoldsASecret() throws {
        let engine = ScanEngine(.builtin)
        let maker = ExcerptMaker(engines: [engine])
        var options = BlobScanner.Options()
        options.computesLineHashes = false
        let scanner = BlobScanner(engine: engine, options: options)
        var keys = SeededGenerator(seed: 23)
        let examples = try Self.rules.get().flatMap { rule in
            rule.examples.filter { !$0.isNegative && $0.secret != nil }.map { (rule, $0) }
        }
        #expect(!examples.isEmpty)
        var (count, withLines) = (0, 0)
        var leaks: [String: Int] = [:]
        var number = 0
        while count < Self.wanted, number < Self.wanted * 4 {
            let (rule, example) = examples[number % examples.count]
            // Another writing each time an example comes round, and neighbours are written in several.
            let writings = RequestSample.Writing.allCases
            let writing = writings[(number + number / examples.count * 7) % writings.count]
            number += 1
            let carrier = keys.key(32)
            guard let sample = RequestSample(rule, example, writing, carrier: carrier) else { continue }
            for (request, hasLines) in requests(about: sample, scanner, engine, maker) {
                count += 1
                if hasLines { withLines += 1 }
                let reader = RequestReader(request.body)
                if let how = reader.leak(of: carrier) {
                    leaks["the key beside \(sample.ruleID), \(writing): \(how)", default: 0] += 1
                }
                if let how = reader.leak(of: sample.secret) {
                    leaks["\(sample.ruleID), \(writing): \(how)", default: 0] += 1
                }
            }
        }
        print("\(count) requests of \(number) files, \(withLines) with lines; \(leaks.count) leak")
        #expect(count >= Self.wanted)
        #expect(withLines * 10 >= count * 8)
        #expect(leaks.isEmpty, "\(leaks.count):\n\(leaks.keys.sorted().prefix(400).joined(separator: "\n"))")
    }

    /// A reader that finds nothing would prove nothing.
    @Test func aSecretThatIsSentIsSeen() throws {
        let rule = Rule(id: "x")
        let secret = "q7Rw2Zxk9Mtb4Lsv"
        let example = Rule.Example(text: "k = '\(secret)'", secret: secret)
        let subject = AdviceSubject(
            rule: rule, severity: "high", confidence: "high", fingerprint: "", redacted: "", places: [], exposure: "")
        for writing in RequestSample.Writing.allCases
        where !writing.rawValue.hasPrefix("utf16") || writing == .utf16Base64 {
            let sample = try #require(RequestSample(rule, example, writing, carrier: "carrier"))
            let lines = String(decoding: sample.bytes, as: UTF8.self).split(separator: "\n").enumerated().map {
                Excerpt.Line(number: $0 + 1, shown: String($1), original: Array($1.utf8))
            }
            let request = AdviceRequest.request(.advice, model: "m", about: subject, Excerpt(lines: lines))
            #expect(RequestReader(request.body).leak(of: secret) != nil, "\(writing)")
        }
    }

    /// One for each finding of the file.
    private func requests(
        about sample: RequestSample, _ scanner: BlobScanner, _ engine: ScanEngine, _ maker: ExcerptMaker
    ) -> [(ChatRequest, Bool)] {
        let text = EncodedText(sample.bytes)?.text
        let found = (text ?? sample.bytes).withUnsafeBytes { scanner.scan($0, path: sample.path) }.detections
        return found.filter { !$0.secret.isVisible }.prefix(3).map { detection in
            let rule = engine.rules[detection.ruleIndex]
            let subject = AdviceSubject(
                rule: rule, severity: rule.severity.rawValue, confidence: detection.confidence.rawValue,
                fingerprint: "", redacted: "",
                places: [.init(path: sample.path, line: detection.region.startLine, isFile: true)],
                exposure: AdviceSubject.unknownExposure)
            let excerpt =
                text.map {
                    maker.excerpt(of: $0, path: sample.path, around: detection.region, secret: detection.secret)
                } ?? Excerpt()
            return (AdviceRequest.request(.advice, model: "m", about: subject, excerpt), !excerpt.lines.isEmpty)
        }
    }
}

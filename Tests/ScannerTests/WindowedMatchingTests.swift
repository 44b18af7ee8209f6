import PCRE2
import Rules
import TestSupport
import Testing

@testable import Scanner

/// Patterns run in windows around keywords must find what they find in the whole text.
struct WindowedMatchingTests {
    private struct Claim: Hashable, CustomStringConvertible {
        var rule: String
        var secret: Range<Int>
        var confidence: Confidence

        var description: String { "\(rule) \(secret) \(confidence)" }
    }

    private let engine = BuiltinEngine.shared

    /// The texts of all examples of all rules.
    private static let examples: [String] = RuleFolder.names.flatMap { name in
        let rules = try? RuleFile(text: RuleFolder.text(name), file: name).rules
        return (rules ?? []).flatMap(\.examples).map(\.text)
    }

    private func windowed(_ text: UnsafeRawBufferPointer, path: String, _ matcher: TextMatcher) -> Set<Claim> {
        matcher.match(text, path: path)
        return Set(
            matcher.matches.map {
                Claim(rule: engine.rules[$0.rule].id, secret: $0.secret, confidence: $0.confidence)
            })
    }

    /// Every rule that something sets off, from the first byte to the last.
    private func reference(_ text: UnsafeRawBufferPointer, path: String, _ matcher: Matcher) throws -> Set<Claim> {
        var setOff = Set(engine.untriggered)
        var named: Set<Int> = []
        let buffer = engine.prefilter.makeHitBuffer()
        defer { buffer.deallocate() }
        engine.prefilter.forEachHit(in: text, buffer: buffer) { _, keyword in
            for trigger in engine.triggers[keyword] {
                setOff.insert(trigger.rule)
                if trigger.isFileWord { named.insert(trigger.rule) }
            }
        }
        var claims: Set<Claim> = []
        for index in setOff {
            let rule = engine.compiledRule(index)
            guard let pattern = rule.pattern?.pattern() else { continue }
            if let wanted = rule.path, try !Optional(path).matches([wanted], matcher: matcher) { continue }
            let pathMatches = try rule.context.map { try Optional(path).matches($0.paths, matcher: matcher) } ?? false
            let surroundings = ContextJudge.Surroundings(
                text: text, path: path, holdsFileWord: named.contains(index), pathMatches: pathMatches)
            var start = 0
            while start <= text.count, let whole = try matcher.firstMatch(of: pattern, in: text, from: start) {
                let group = rule.rule.secretGroup ?? matcher.firstParticipatingGroup()
                let secret = matcher.range(ofGroup: group) ?? whole
                start = max(whole.lowerBound + 1, secret.upperBound)
                guard !secret.isEmpty,
                    let confidence = try confidence(rule, whole, secret, surroundings, matcher)
                else { continue }
                claims.insert(Claim(rule: rule.rule.id, secret: secret, confidence: confidence))
            }
        }
        return claims
    }

    private func confidence(
        _ rule: CompiledRule, _ whole: Range<Int>, _ secret: Range<Int>, _ surroundings: ContextJudge.Surroundings,
        _ matcher: Matcher
    ) throws -> Confidence? {
        let value = surroundings.text.slice(secret)
        guard ValueFilter.judge(value, CharacterStatistics(value), rule.rule) == nil else { return nil }
        var confidence = rule.rule.confidence
        switch rule.context?.judge(secret, in: surroundings, providers: engine.providers) {
        case nil, .direct: break
        case .nearby: confidence = rule.rule.context?.nearby ?? confidence.lowered
        case .dropped: return nil
        }
        let subject = CompiledAllowlist.Subject(
            text: surroundings.text, match: whole, secret: secret, path: surroundings.path, commit: nil)
        return try rule.allowlists.contains { try $0.allows(subject, matcher: matcher) } ? nil : confidence
    }

    @Test(arguments: [1, 2, 3, 4]) func windowsFindWhatTheWholeTextHolds(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let textMatcher = TextMatcher(engine: engine)
        let matcher = Matcher()
        var found = 0
        for _ in 0..<25 {
            let parts = (0..<Int.random(in: 1...25, using: &generator)).compactMap { _ in
                Self.examples.randomElement(using: &generator)
            }
            let separator = ["\n", "\n\n", " ", "\r\n", "\n# filler\n\n"].randomElement(using: &generator) ?? ""
            let text = Array(parts.joined(separator: separator).utf8)
            try text.withUnsafeBytes { (bytes) throws in
                let expected = try reference(bytes, path: "file.txt", matcher)
                let actual = windowed(bytes, path: "file.txt", textMatcher)
                found += expected.count
                for claim in expected.symmetricDifference(actual) {
                    let kind = expected.contains(claim) ? "missed in windows" : "found in windows only"
                    Issue.record("\(kind): \(claim): \(String(decoding: text[claim.secret], as: UTF8.self))")
                }
            }
        }
        #expect(found > 100)
    }
}

import BuiltinRules
import PCRE2
import Rules
import TestSupport
import Testing

@testable import Scanner

struct RuleShadowingTests {
    private func shadows(_ rules: String) throws -> [RuleChecker.Shadow] {
        let engine = try ScanEngine(toml: rules)
        let checker = RuleChecker(engine: engine)
        return engine.rules.compactMap { checker.shadow(of: $0) }
    }

    private func rule(_ id: String, _ regex: String, more: String = "", examples: [String] = []) -> String {
        "[[rules]]\nid='\(id)'\nregex='\(regex)'\nkeywords=['acme_']\n\(more)\n"
            + examples.map { "[[rules.examples]]\ntext='\($0)'\n" }.joined()
    }

    private let examples = ["acme_q7rw2zxk", "x acme_9mtb4lsv"]

    @Test func aRuleThatLosesAllItsExamplesIsShadowed() throws {
        let found = try shadows(
            rule("acme-a", "acme_[a-z0-9]{8}", more: "provider='Acme'")
                + rule("acme-b", "acme_([a-z0-9]{8})", examples: examples))
        #expect(found == [.init(ruleID: "acme-b", by: ["acme-a"], exampleCount: 2)])
        #expect(found[0].description == "rule acme-b is shadowed: acme-a claims each of its 2 positive examples")
    }

    @Test func aRuleThatKeepsOneIsNot() throws {
        #expect(
            try shadows(
                rule("acme-a", "acme_q[a-z0-9]{7}", more: "provider='Acme'")
                    + rule("acme-b", "acme_([a-z0-9]{8})", examples: examples)
            ).isEmpty)
    }

    @Test func anExampleThatNobodyFindsIsAnotherComplaint() throws {
        #expect(try shadows(rule("acme-b", "acme_[A-Z]{8}", examples: examples)).isEmpty)
    }

    @Test func twinsAreNamedWithoutExamples() throws {
        let found = try shadows(rule("acme-a", "acme_[a-z]{8}") + rule("acme-b", "acme_[a-z]{8}"))
        #expect(found == [.init(ruleID: "acme-b", by: ["acme-a"], exampleCount: 0)])
        #expect(
            try shadows(rule("acme-a", "acme_[a-z]{8}") + rule("acme-b", "acme_[a-z]{8}", more: "path='x'")).isEmpty)
    }
}

struct SlowPatternTests {
    /// Backtracking from one place, counted by PCRE2 itself: the same on every machine, however busy.
    private static let stepLimit: UInt32 = 20_000

    private func isGivenUp(_ regex: String, keywords: [String]) throws -> Bool {
        let limits = Matcher.Limits(match: Self.stepLimit, depth: .max, heap: .max)
        let matcher = Matcher(limits: limits)
        let pattern = try Pattern(regex, jit: false)
        let texts = CheckTexts(keywords: keywords)
        for text in texts.all() {
            do {
                _ = try text.bytes.withUnsafeBytes { try matcher.firstMatch(of: pattern, in: $0) }
            } catch {
                return true
            }
        }
        return false
    }

    @Test(arguments: ["acme(?:[a-z]+)+;", "acme(?:[a-z]|[a-z0-9])*;", "acme.*[0-9a-z].*[0-9a-z].*[0-9a-z].*;;"])
    func theTextsAreHardForPatternsThatBacktrack(regex: String) throws {
        #expect(try isGivenUp(regex, keywords: ["acme"]))
    }

    @Test(arguments: ["acme[a-z0-9]{20,200}\\b", "(?i)acme[_-]?key\\s{0,5}[:=]\\s{0,5}[\"']?([a-z0-9]{32})\\b"])
    func theyAreNotForOthers(regex: String) throws {
        #expect(try !isGivenUp(regex, keywords: ["acme"]))
    }

    @Test func noBuiltinPatternBacktracksWithoutEnd() throws {
        for rule in RuleSet.builtin.rules {
            guard let regex = rule.regex else { continue }
            #expect(try !isGivenUp(regex, keywords: rule.triggers), "\(rule.id)")
        }
    }

    @Test func everyRulesWindowsOpenInTheTexts() {
        for rule in RuleSet.builtin.rules where rule.regex != nil {
            let texts = CheckTexts(keywords: rule.triggers)
            let windows = RuleWindows(rule)
            let opened = texts.all().contains { text in
                text.bytes.withUnsafeBytes { !windows.opened(in: $0).isEmpty }
            }
            #expect(opened, "\(rule.id) is not tried anywhere")
        }
    }

    @Test func aTimingNamesTheRuleAndTheText() throws {
        let rule = Rule(id: "acme-key", regex: "acme[a-z]{8}", keywords: ["acme"])
        let timing = try #require(try PatternTimer().time(rule))
        #expect(timing.ruleID == "acme-key")
        #expect(timing.microsecondsPerKilobyte > 0)
        #expect(!timing.text.isEmpty)
        #expect(try PatternTimer().time(Rule(id: "path", path: "x")) == nil)
    }
}

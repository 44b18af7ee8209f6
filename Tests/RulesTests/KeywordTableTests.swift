import BuiltinRules
import TestSupport
import Testing

@testable import Rules

/// Prepared keywords say what those that are worked out say.
struct KeywordTableTests {
    /// What a keyword does, by the id of the rule.
    private struct Effect: Hashable {
        var keyword: [UInt8]
        var isExact: Bool
        var rule: String
        var flags: [Bool]
    }

    private func effects(_ table: KeywordTable, _ rules: [Rule]) -> Set<Effect> {
        var result: Set<Effect> = []
        var start = 0
        for keyword in table.lengths.indices {
            let end = start + table.lengths[keyword]
            for trigger in table.triggers[keyword] {
                result.insert(
                    Effect(
                        keyword: Array(table.bytes[start..<end]), isExact: table.isExact[keyword],
                        rule: rules[trigger.rule].id,
                        flags: [trigger.isFileWord, trigger.opensWholeText, trigger.countsInPaths]))
            }
            start = end
        }
        #expect(start == table.bytes.count)
        return result
    }

    private func expectSame(_ set: RuleSet, isPrepared: Bool) {
        let (prepared, fresh) = (set.keywordTable, KeywordTable(set.rules))
        #expect(prepared.reaches == fresh.reaches)
        #expect(effects(prepared, set.rules) == effects(fresh, set.rules))
        // Worked out, keywords stand in the order in which rules have them; prepared, those of added rules come last.
        if !isPrepared { #expect(prepared.bytes == fresh.bytes) }
    }

    @Test func theBuiltInOnesAreTheirOwn() {
        let set = RuleSet.builtin
        #expect(set.keywordTable.bytes == KeywordTable(set.rules).bytes)
        expectSame(set, isPrepared: true)
    }

    @Test func rulesThatAreLeftOutSetNothingOff() {
        var set = RuleSet.builtin
        var number = 0
        set.keep { _ in
            number += 1
            return number % 5 != 0
        }
        expectSame(set, isPrepared: true)
    }

    @Test func fewOfTheRulesAreWorkedOut() {
        var set = RuleSet.builtin
        set.keep { $0.id.hasPrefix("a") }
        expectSame(set, isPrepared: false)
        set.keep { _ in false }
        expectSame(set, isPrepared: false)
    }

    @Test func addedChangedAndReplacedRulesAreAsTheyAreNow() throws {
        var set = RuleSet.builtin
        try set.add([
            Rule(id: "aaa-first", regex: "zq[0-9]{20}", keywords: ["zqzqzq"]),
            Rule(
                id: "zzz-last", regex: "x[0-9]{20}", context: ContextRequirement(words: ["zqwort"], file: ["zqdatei"])),
            Rule(id: "mmm-always", regex: "[0-9]{30}"),
            Rule(id: "mmm-path", path: "secret"),
        ])
        set.addSecretNames(["losung"])
        set.change([try #require(set.rules.first { $0.regex != nil && !$0.keywords.isEmpty }).id]) {
            $0.keywords = ["anotherword"]
        }
        let replaced = try #require(set.rules.last { $0.regex != nil && $0.id != "zzz-last" })
        try set.merge(
            RuleFile(
                text: "[[rules]]\nid = \"\(replaced.id)\"\nregex = '''replaced[0-9]{9}'''\nkeywords = [\"replaced\"]\n",
                file: "own.toml"))
        expectSame(set, isPrepared: true)
    }

    @Test func rulesWithoutPreparationHaveTheirs() throws {
        expectSame(try RuleSet(rules: Array(RuleSet.builtin.rules.prefix(50))), isPrepared: false)
    }
}

import Rules
import Testing

struct RuleSetTests {
    private func file(_ text: String) throws -> RuleFile { try RuleFile(text: text, file: "team.toml") }

    @Test func rulesAreSortedByID() throws {
        let set = try RuleSet(rules: ["b", "c", "a"].map { Rule(id: $0, regex: "x") })
        #expect(set.rules.map(\.id) == ["a", "b", "c"])
        #expect(set.rule("b")?.id == "b")
        #expect(set.rule("d") == nil)
    }

    @Test func aFormerIDMeansTheRuleUnlessAnotherHasIt() throws {
        var set = try RuleSet(rules: [
            Rule(id: "new", regex: "x", formerly: ["old", "older"]), Rule(id: "other", regex: "x"),
        ])
        #expect(set.rules.first(called: "old")?.id == "new")
        #expect(set.ids(called: ["older", "other", "none"]) == ["new", "other"])
        try set.add([Rule(id: "old", regex: "x")])
        #expect(set.rules.first(called: "old")?.id == "old")
        #expect(set.ids(called: ["old"]) == ["old"])
        #expect(try file("[[rules]]\nid='b'\nregex='x'\nformerly=['a', 'c']").rules.first?.formerly == ["a", "c"])
    }

    @Test func whoAllowsARuleAllowsItsOtherForms() throws {
        let set = try RuleSet(rules: [
            Rule(id: "key", regex: "x", formerly: ["token"]), Rule(id: "key-old", regex: "y", variantOf: "key"),
            Rule(id: "key-file", regex: "z"),
        ])
        #expect(set.ids(allowedBy: ["key"]) == ["key", "key-old"])
        #expect(set.ids(allowedBy: ["token"]) == ["key", "key-old"])
        #expect(set.ids(allowedBy: ["key-old"]) == ["key-old"])
        #expect(set.ids(called: ["key"]) == ["key"])
        let read = try file("[[rules]]\nid='b'\nregex='x'\nvariantOf='a'").rules.first
        #expect(read?.namesForAllowing == ["b", "a"])
    }

    @Test func twoRulesWithOneIDAreAnError() throws {
        let error = try #require(throws: RuleFileError.self) {
            try RuleSet(rules: ["twice", "once", "twice"].map { Rule(id: $0, regex: "x") })
        }
        #expect(error.reason.contains("twice"))
    }

    @Test func aMergedRuleReplacesTheOneWithItsID() throws {
        var set = try RuleSet(
            rules: [Rule(id: "a", description: "old", regex: "x"), Rule(id: "c", regex: "y")],
            allowlists: [Allowlist(paths: ["one"])])
        try set.merge(
            file("[[rules]]\nid='a'\nregex='new'\n[[rules]]\nid='b'\nregex='z'\n[[allowlists]]\npaths=['two']"))
        #expect(set.rules.map(\.id) == ["a", "b", "c"])
        #expect(set.rules.map(\.regex) == ["new", "z", "y"])
        #expect(set.rule("a")?.description == "")
        #expect(set.allowlists.map(\.paths) == [["one"], ["two"]])
    }

    @Test func aFileThatNamesARuleTwiceCannotBeMerged() throws {
        var set = try RuleSet(rules: [Rule(id: "a", regex: "x")])
        let file = try file("[[rules]]\nid='b'\nregex='x'\n[[rules]]\nid='b'\nregex='y'")
        #expect(throws: RuleFileError.self) { try set.merge(file) }
        #expect(set.rules.map(\.id) == ["a"])
    }

    @Test func onlyWhatIsKeptStays() throws {
        var set = try RuleSet(rules: ["a", "b", "c"].map { Rule(id: $0, regex: "x") })
        set.keep { $0.id != "b" }
        #expect(set.rules.map(\.id) == ["a", "c"])
    }
}

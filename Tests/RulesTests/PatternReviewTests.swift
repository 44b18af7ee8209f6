import BuiltinRules
import Rules
import Testing

struct PatternReviewTests {
    private func objections(_ regex: String, group: Int? = nil) throws -> [String] {
        let number = group.map { "\nsecretGroup=\($0)" } ?? ""
        let rule = try RuleFile(text: "[[rules]]\nid='a'\nprovider='A'\nregex='''\(regex)'''\(number)", file: "a")
            .rules[0]
        return PatternReview.objections(to: rule)
    }

    @Test(arguments: ["(?:a|aa)+$", "x(?:[a-z]+)+y", "(?:[a-z]|[a-z0-9])*;", "(?:(?:ab|ac){2,}|x)*"])
    func repetitionThatCanMatchInSeveralWaysIsNamed(regex: String) throws {
        #expect(try objections(regex).contains { $0.contains("in more than one way") })
    }

    @Test(arguments: ["(?:a|b)+$", "x(?:[a-z]+;)+y", "(?:a|aa){1,9}", "[a-z]+[0-9]*", "(?:ab|[0-9])+"])
    func otherRepetitionIsNot(regex: String) throws { #expect(try objections(regex).isEmpty) }

    @Test(arguments: ["acme_(live|test)_[a-z0-9]{32}", #"\((?:a)[(](sk|pk)_[a-z]{20}"#])
    func aFirstGroupThatIsNoSecretIsNamed(regex: String) throws {
        #expect(try objections(regex).contains { $0.contains("for the secret, which is") })
        #expect(try objections(regex, group: 1).isEmpty)
    }

    @Test(arguments: ["(acme_[a-z0-9]{32})", "acme_(?:live|test)_[a-z0-9]{32}", "acme_([a-z]+)", "(abc)"])
    func othersAreNot(regex: String) throws { #expect(try objections(regex).isEmpty) }

    @Test func noBuiltinRuleIsObjectedTo() {
        for rule in RuleSet.builtin.rules {
            #expect(PatternReview.objections(to: rule).isEmpty, "\(rule.id)")
        }
    }
}

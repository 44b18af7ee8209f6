import Testing

@testable import Rules

struct RuleFieldsTests {
    @Test func eachNameStandsOnce() {
        let names = RuleFieldTable.rule.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.count > 30)
    }

    @Test func aFileWithAnyFieldThatGitleaksDoesNotHaveIsOurs() throws {
        #expect(
            RuleFile.ownFields.isSuperset(of: [
                "provider", "severity", "context", "near", "verify", "validator", "token", "found", "silent",
                "strength",
            ]))
        let own: Set = [
            "id", "description", "regex", "secretGroup", "entropy", "path", "keywords", "tags", "allowlists",
            "allowlist",
        ]
        #expect(RuleFile.ownFields.isDisjoint(with: own.union(["skipReport", "required"])))
        #expect(
            RuleFile.ownFields.union(own).isSuperset(
                of: RuleFieldTable.rule.map(\.name).filter { $0 != "skipReport" && $0 != "required" }))
    }

    @Test func aRuleThatOnlySaysWhomToAskIsNotTranslated() throws {
        let verify =
            "[rules.verify]\nurl='https://a.example/{{secret}}'\nanswers=[{status=[204], bare=true, verdict='live'}]"
        #expect(try RuleFile(text: "[[rules]]\nid='a'\nregex='a$'\n\(verify)", file: "a.toml").rules[0].regex == "a$")
        #expect(try RuleFile(text: "[[rules]]\nid='a'\nregex='a$'", file: "a.toml").rules[0].regex == #"a\z"#)
    }

    @Test(arguments: [
        ("keyword", "keywords"), ("servity", "severity"), ("Provider", "provider"), ("minDigit", "minDigits"),
        ("sceretGroup", "secretGroup"),
    ])
    func aMisspeltFieldIsSuggested(written: String, meant: String) throws {
        let error = try #require(throws: RuleFileError.self) {
            try RuleFile(text: "[[rules]]\nid='a'\nregex='a'\n\(written)=1", file: "a.toml")
        }
        #expect(error.reason == "rule a has the unknown field \"\(written)\": did you mean \"\(meant)\"?")
    }

    @Test func nothingLikeItIsNotSuggested() {
        #expect(NearestWord.to("zebra", in: ["provider", "path"]) == nil)
        #expect(NearestWord.to("ab", in: ["ba"]) == "ba")
        #expect(NearestWord.to("", in: ["a"]) == "a")
        #expect(NearestWord.to("a", in: [String]()) == nil)
    }

    @Test func theDocumentationHasEveryField() {
        for field in RuleFieldTable.rule { #expect(RuleFieldTable.markdown.contains("| `\(field.name)` |")) }
        for name in ["lines", "regexTarget", "notAfter", "alternatives"] {
            #expect(RuleFieldTable.markdown.contains("| `\(name)` |"))
        }
    }
}

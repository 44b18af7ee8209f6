import Foundation
import TestSupport
import Testing

/// `windsock rules` and its subcommands, as somebody uses them who writes a rule.
struct RulesCommandTests {
    private func check(_ files: [String: String], _ arguments: String...) -> Command.Outcome {
        Windsock.run(["rules", "check", "--slow-limit", "10000"] + arguments, in: RepositoryBuilder().write(files))
    }

    private let rule = "[[rules]]\nid='acme-key'\nregex='acme_[a-z0-9]{32}'\nkeywords=['acme_']\n"

    @Test func whatIsNamedAndIsNotThereIsComplainedOf() {
        let extend = "[extend]\npath='nowhere.toml'\ndisabledRules=['mistral-api-kye']\n"
        let list = "[[allowlists]]\ndescription='ours'\ntargetRules=['acme-kye']\nregexes=['abc']\n"
        let outcome = check(["r.toml": extend + list + rule], "r.toml")
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("r.toml: extend.path names nowhere.toml, and there is no such file"))
        #expect(outcome.output.contains("mistral-api-kye, which there is not: did you mean mistral-api-key?"))
        #expect(outcome.output.contains("targetRules of the allow-list \"ours\" names the rule acme-kye"))
        #expect(outcome.output.contains("did you mean acme-key?"))
        #expect(outcome.output.contains("1 rule compiles; 0 examples, 3 complaints"))
    }

    @Test func patternsThatNeverEndAndGroupsThatAreNoSecretAreComplainedOf() {
        let slow = "[[rules]]\nid='a'\nregex='(?:a|aa)+$'\nkeywords=['aaaa']\n"
        let group = "[[rules]]\nid='b'\nregex='acme_(live|test)_[a-z0-9]{32}'\nkeywords=['acme_']\n"
        let outcome = check(["r.toml": slow + group], "r.toml")
        #expect(
            outcome.output.contains("rule a repeats without a bound what can match the same text in more than one way"))
        #expect(
            outcome.output.contains(
                "rule b takes its first group, (live|test), for the secret, which is 4 bytes at most"))
        #expect(outcome.output.contains("2 rules compile; 0 examples, 2 complaints"))
    }

    @Test func aFolderIsCheckedWithWhatItSharesAndItsExamples() {
        let shared = "[lists.tests]\nregexes=['^acme_test']\n[steps]\n[kinds]\n"
        let more = "use=['tests']\nprovider='Acme'\n"
        let examples = "=== a.env\nKEY=«acme_\(RandomKey(lowercase: 32, length: 32))»\n=== !b\nnothing\n"
        let wrong = "=== a.env\nKEY=«acme_short»\n"
        let files = [
            "rules/shared.toml": shared, "rules/acme/rule.toml": rule + more,
            "rules/acme/examples/acme-key.txt": examples,
        ]
        let outcome = check(files, "rules")
        #expect(outcome.output.contains("1 rule compiles; 2 examples, 0 complaints"), "\(outcome)")
        let failing = check(
            files.merging(["rules/acme/examples/acme-key/more.txt": wrong]) { $1 }, "rules/acme/rule.toml")
        #expect(failing.output.contains("acme-key/more.txt:1: is not found"), "\(failing)")
        #expect(failing.output.contains("`windsock rules test FILE TEXT` shows what keeps a text from being found"))
        let misspelt = check(["rules/shared.toml": shared, "rules/acme.toml": rule + "use=['test']\n"], "rules")
        #expect(misspelt.errors.contains("did you mean \"tests\"?"))
    }

    @Test func aNewRulePassesTheCheckAndIsNotWrittenOver() throws {
        let folder = TemporaryDirectory()
        let new = [
            "rules", "new", "--provider", "Quuxmail", "--sample", "quux_\(RandomKey(lowercase: 30, length: 30))Z0",
        ]
        #expect(Windsock.run(new, in: folder).status == 0)
        #expect(Windsock.run(["rules", "check", "--slow-limit", "10000", "quuxmail.toml"], in: folder).status == 0)
        let again = Windsock.run(new, in: folder)
        #expect(again.status == 2)
        #expect(again.errors.contains("quuxmail.toml is there already"))
        let key = "quux_\(RandomKey(lowercase: 30, length: 30))Z0"
        #expect(Windsock.run(["rules", "test", "quuxmail.toml", "KEY=\(key)"], in: folder).status == 0)
        let input = Windsock.run(["rules", "test", "quuxmail.toml", "-"], in: folder, input: "KEY=nothing\n")
        #expect(input.status == 1)
        #expect(input.output.contains("not found by quuxmail.toml"))
    }

    @Test func whatIsMissingIsNamedWhereNobodyCanBeAsked() throws {
        let folder = TemporaryDirectory()
        #expect(Windsock.run(["rules", "new"], in: folder).errors.contains("--provider is missing"))
        let noForm = Windsock.run(["rules", "new", "--provider", "Acme"], in: folder)
        #expect(noForm.errors.contains("--sample is missing"))
        let known = Windsock.run(
            ["rules", "new", "--provider", "Giphy", "--prefix", "g_", "--alphabet", "hex", "--length", "32"], in: folder
        )
        #expect(known.errors.contains("there is a built-in rule giphy-api-key; --id gives this one another id"))
    }

    @Test func theSchemaIsJSON() throws {
        let output = Windsock.run(["rules", "schema"], in: "/").output
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(schema["type"] as? String == "object")
    }
}

import TestSupport
import Testing

/// `windsock rules new`: what its options mean, what it refuses, and that what it writes holds.
struct RulesNewTests {
    private static let key = "\(RandomKey(lowercase: 30, length: 30))Z0"

    private func new(_ arguments: [String], in folder: TemporaryDirectory = TemporaryDirectory()) -> Command.Outcome {
        Windsock.run(["rules", "new", "--provider"] + arguments, in: folder)
    }

    @Test(arguments: [
        (["Quux", "--sample", "aB3x_\(key)"], "the sample does not show where its prefix ends"),
        (["Quux", "--sample", "quux_\(key)-\(key)"], "the sample does not show where its prefix ends"),
        (["Quux", "--prefix", "q_", "--sample", "quux_\(key)"], "the sample does not begin with \"q_\""),
        (
            ["Quux", "--length", "40", "--sample", "quux_\(key)"],
            "has 32 characters behind its prefix, and --length says 40"
        ),
        (["Quux", "--length", "33-40", "--sample", "quux_\(key)"], "and --length says 33-40"),
        (["Quux", "--alphabet", "hex", "--sample", "quux_\(key)"], "that the alphabet hex does not hold"),
        (["Quux", "--sample", "quux key"], "the sample must be one token"),
        (["Quux", "--sample", "quux_short"], "a token has 8 at least"),
        (["Quux", "--alphabet", "nonsense", "--length", "32"], "the alphabet \"nonsense\" is no alphabet's name"),
        (["Quux", "--alphabet", "base63", "--length", "32"], "did you mean base62?"),
        (["Quux", "--alphabet", "uuid", "--length", "36"], "a UUID has one length"),
        (
            ["Quux", "--alphabet", "hex", "--length", "0"],
            "a number from 8 to 4096, or a range like 32-40 or 20-, not \"0\""
        ),
        (["Quux", "--alphabet", "hex", "--length", "40-32"], "not \"40-32\""),
        (["Quux", "--alphabet", "hex", "--length", "long"], "not \"long\""),
        (["Quux", "--prefix", "q «", "--alphabet", "hex", "--length", "32"], "--prefix must be visible ASCII"),
        (["Quux", "--id", "Bad Id", "--alphabet", "hex", "--length", "32"], "hyphens between them: bad-id"),
        (["Quux", "--name", "MY KEY", "--alphabet", "hex", "--length", "32"], "--name must be a variable's name"),
        (["Quux", "--name", "1KEY", "--alphabet", "hex", "--length", "32"], "--name must be a variable's name"),
        (["Quux", "--name", "MY_KEY", "--alphabet", "hex", "--length", "32"], "MY_KEY does not hold \"quux\""),
        (["Яндекс", "--alphabet", "hex", "--length", "32"], "--id says one"),
        (["!", "--alphabet", "hex"], "a letter or a digit"),
    ])
    func whatMeansNothingOrContradictsItselfIsRefused(arguments: [String], reason: String) {
        let outcome = new(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(!outcome.errors.contains(Self.key))
    }

    @Test(arguments: [
        (["Quux", "--sample", "sk_live_\(key)"], "quux.toml", "sk_live_ and 32 characters of base62"),
        (
            ["Quux", "--prefix", "quux_", "--alphabet", "base62", "--length", "32-40"], "quux.toml",
            "32 to 40 characters"
        ),
        (["Société Ünal", "--alphabet", "base62", "--length", "20-"], "societe-unal.toml", "20 or more characters"),
        (["Яндекс", "--id", "yandex-auth-token", "--alphabet", "uuid"], "yandex.toml", "a UUID"),
        (
            ["O'Quux \"Q\" \\ ''' «x»\n.", "--prefix", "q'\"\\_", "--alphabet", "base62", "--length", "30"],
            "o-quux-q-x.toml", "30"
        ),
        (["9 Quux", "--alphabet", "A-Z0-9", "--length", "24"], "9-quux.toml", "24 characters of A-Z0-9"),
        (["Quux", "--prefix", "q_", "--alphabet", "base62", "--length", "30"], "quux.toml", "q_ and 30 characters"),
        (["Quux", "--prefix", "", "--sample", "aB3x_\(key)"], "quux.toml", "37 characters of base64url"),
    ])
    func whatIsWrittenHolds(arguments: [String], file: String, form: String) {
        let folder = TemporaryDirectory()
        let outcome = new(arguments, in: folder)
        #expect(outcome.output.contains("\(file) has the rule"), "\(outcome)")
        #expect(outcome.output.contains(form), "\(outcome)")
        let checked = Windsock.run(["rules", "check", "--slow-limit", "10000", file], in: folder)
        #expect(checked.output.contains("10 examples, 0 complaints"), "\(checked)")
    }
}

/// What `rules check` says of rules that can be read and do not do what they seem to.
struct RuleComplaintTests {
    private static let fields = "regex='acme_([a-z0-9]{32})'\nkeywords=['acme_']\n"

    private func check(_ text: String) -> String {
        let outcome = Windsock.run(
            ["rules", "check", "--slow-limit", "10000", "r.toml"], in: RepositoryBuilder().write(["r.toml": text]))
        return outcome.output + outcome.errors
    }

    @Test(arguments: [
        (fields + "secretGroup=3", "names group 3 as secretGroup, and its pattern has one group"),
        (fields + "entropy=99", "nothing would be found"), (fields + "entropy=-1", "which every secret has"),
        ("token={ of='hex', length=32 }\nnear=['acme']\nentropy=4.2", "demands an entropy above 4.2"),
        (fields + "minDigits=40", "demands 40 digits and letters of a match of 37 bytes at most"),
        ("token={ of='hex', length=32 }", "looks for a token without a prefix wherever it stands"),
        (fields + "kind='key'\nrevoke=' '", "has an empty \"revoke\""),
        (fields + "kind='kye'", "has no steps: did you mean \"key\"?"),
        (fields + "allowlists=[{ description='ours' }]", "has the allow-list \"ours\" without a criterion"),
        (fields + "allowlists=[{ stopwords=['x'], targetRules=['acme'] }]", "which is for this rule alone"),
        (fields + "silent=['a «b» c']", "marks a secret in silent 1"),
        ("regex='acme_(?:aa|(?:b|bb)+)c'\nkeywords=['acme_']", "in more than one way, (?:b|bb)+: bound it"),
        ("regex='acme_(b'", "missing closing parenthesis at byte 7 of the pattern, behind acme_(b"),
    ])
    func isNamedWithFileAndRule(fields: String, complaint: String) {
        let output = check("# rules\n[[rules]]\nid='acme-key'\n\(fields)\n")
        #expect(output.contains(complaint), "\(output)")
        #expect(output.contains("r.toml:2: rule acme-key"), "\(output)")
    }

    @Test func anAllowlistOutsideOfRulesNeedsACriterion() {
        let list = "[[allowlists]]\ndescription='ours'\n"
        #expect(check(list).contains("r.toml: the allow-list \"ours\" has no criterion and allows nothing"))
    }

    @Test func aRuleInPlaceOfABuiltInOneIsSaidAndNoComplaint() {
        let output = check("[[rules]]\nid='mistral-api-key'\n\(Self.fields)\n")
        #expect(output.contains("r.toml:1: note: rule mistral-api-key replaces the built-in rule of that id"))
        #expect(output.contains("0 complaints"))
    }

    @Test func whatStandsBehindANULIsNotLost() {
        #expect(
            check("[[rules]]\nid='a'\n\(Self.fields)\u{0}").contains("r.toml:5: not valid TOML: there is a NUL byte"))
    }

    @Test func anErrorWithinATableHasOneComma() {
        let verify = "[rules.verify]\nurl='https://a.example/{{secret}}'\nanswers=[{status=[200]}]\n"
        #expect(
            check("[[rules]]\nid='a'\n\(Self.fields)\(verify)").contains("rule a, verify, answers 1, has no verdict"))
    }

    @Test func aStepOfARuleWithoutAProviderReads() {
        let folder = RepositoryBuilder().write(["r.toml": "[[rules]]\nid='a'\n\(Self.fields)kind='key'\n"])
        let output = Windsock.run(["rules", "show", "a", "--rules", "r.toml"], in: folder).output
        #expect(output.contains("the provider's activity"))
    }

    @Test func aConfigurationBesideAnotherProgramsFileLoads() {
        let folder = RepositoryBuilder().write([
            "shared.toml": "port = 1\n",
            "c.toml": "[[rules]]\nid='a'\n\(Self.fields)kind='key'\nuse=['digest-names']\n",
            "a.env": "A=1\n",
        ])
        #expect(Windsock.run(["scan", "--config", "c.toml", "a.env"], in: folder).status == 0)
    }
}

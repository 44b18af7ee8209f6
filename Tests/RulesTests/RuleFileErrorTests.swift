import Rules
import Testing

struct RuleFileErrorTests {
    /// A file whose second rule begins on line 5 and has these fields.
    private func error(of fields: String) throws -> RuleFileError {
        let text = "[[rules]]\nid = 'good'\nregex = 'a'\n\n[[rules]]\n\(fields)\n"
        return try #require(throws: RuleFileError.self) { try RuleFile(text: text, file: "team.toml") }
    }

    @Test(arguments: [
        ("regex='a'", "has no id"), ("id=''\nregex='a'", "has no id"), ("id='r'", "has neither a regex nor a path"),
        ("id='r'\nregex='a'\nkeyword=['x']", "unknown field \"keyword\""),
        ("id='r'\nregex='a'\nb=1\na=2", "unknown field \"a\", \"b\""),
        ("id='r'\nregex=7", "a string as \"regex\""), ("id='r'\nregex=['a']", "a string as \"regex\""),
        ("id='r'\nregex='a'\nkeywords='x'", "a list of strings as \"keywords\""),
        ("id='r'\nregex='a'\nkeywords=['x', 1]", "a list of strings as \"keywords\""),
        ("id='r'\nregex='a'\nsecretGroup='1'", "a number of zero or more as \"secretGroup\""),
        ("id='r'\nregex='a'\nsecretGroup=-1", "a number of zero or more as \"secretGroup\""),
        ("id='r'\nregex='a'\nentropy='3'", "a number as \"entropy\""),
        ("id='r'\nregex='a'\nseverity='grave'", "it must be one of low, medium, high, critical"),
        ("id='r'\nregex='a'\nconfidence='sure'", "it must be one of low, medium, high"),
        ("id='r'\nregex='a'\nexamples=1", "tables, written [[examples]], as \"examples\""),
        ("id='r'\nregex='a'\nallowlists=['a']", "tables, written [[allowlists]], as \"allowlists\""),
        ("id='r'\nregex='a'\ncontext='a'", "a table as \"context\""),
        ("id='r'\nregex='a'\n[rules.context]\nlines=1", "names no words"),
        ("id='r'\nregex='a'\n[rules.context]\nwords=['a']\nlines=51", "lines must lie between 0 and 50"),
        ("id='r'\nregex='a'\n[rules.context]\nwords=['a']\nword=1", "unknown field \"word\""),
        ("id='r'\nregex='a'\n[[rules.examples]]\nnegative=true", "has no text"),
        ("id='r'\nregex='a'\n[[rules.examples]]\ntext='a'\nnegative='yes'", "true or false as \"negative\""),
        ("id='r'\nregex='a'\n[[rules.examples]]\ntext='a'\nnegatve=true", "unknown field \"negatve\""),
        (
            "id='r'\nregex='a'\n[[rules.allowlists]]\ncondition='XOR'",
            "condition must be \"OR\" or \"AND\", not \"XOR\""
        ),
        ("id='r'\nregex='a'\n[[rules.allowlists]]\nregexTarget='file'", "not \"file\""),
        ("id='r'\nregex='a'\n[[rules.allowlists]]\nregex='a'", "unknown field \"regex\""),
    ])
    func aWrongFieldIsAnErrorWithFileLineAndReason(fields: String, reason: String) throws {
        let error = try error(of: fields)
        #expect(error.file == "team.toml")
        #expect(error.line == 5)
        #expect(error.reason.contains(reason), "\(error)")
        #expect(error.description == "team.toml:5: \(error.reason)")
    }

    @Test func theReasonNamesTheRuleAndTheExample() throws {
        let error = try error(
            of: "id='acme-key'\nregex='a'\n[[rules.examples]]\ntext='a'\n[[rules.examples]]\npath='b'")
        #expect(error.reason.hasPrefix("rule acme-key, examples 2, has no text"))
    }

    @Test(arguments: [
        ("id = \n", 1), ("a = 1\nb = 'x\n", 2), ("[[rules]]\nid = 'a'\nid = 'b'\n", 3), ("a=1\n\n\n=", 4),
    ])
    func whatIsNotTOMLIsAnErrorWithItsLine(text: String, line: Int) throws {
        let error = try #require(throws: RuleFileError.self) { try RuleFile(text: text, file: "broken.toml") }
        #expect(error.file == "broken.toml")
        #expect(error.line == line)
        #expect(error.reason.hasPrefix("not valid TOML: "))
    }

    @Test func howDeepTablesMayStandHasALimit() throws {
        let header = "[" + repeatElement("a", count: 300).joined(separator: ".") + "]"
        let error = try #require(throws: RuleFileError.self) { try RuleFile(text: header, file: "deep.toml") }
        #expect(error.reason == "not valid TOML: tables stand in each other more than 256 deep")
    }

    @Test(arguments: [
        ("rulez = 1", "the file has the unknown field \"rulez\""), ("rules = 1", "tables, written [[rules]],"),
        ("[extend]\nuseDefault = 'yes'", "true or false as \"useDefault\""),
        ("[extend]\nurl = 'https://example.org/rules'", "curl -s URL | sha256sum"),
        ("[extend]\nuseDefaults = true", "unknown field \"useDefaults\""),
        ("[allowlist]\npath = ['a']", "unknown field \"path\""),
    ])
    func troubleOutsideOfRulesNamesTheFile(text: String, reason: String) throws {
        let error = try #require(throws: RuleFileError.self) { try RuleFile(text: text, file: "team.toml") }
        #expect(error.file == "team.toml")
        #expect(error.reason.contains(reason), "\(error)")
    }

    @Test func aHeaderInsideATextDoesNotShiftTheLine() throws {
        let text = """
            [[rules]]
            id = 'first'
            regex = 'a'
            [[rules.examples]]
            text = '''
            [[rules]]
            id = "in a text"
            '''

            [[rules]]
            id = 'second'
            regex = 1
            """
        let error = try #require(throws: RuleFileError.self) { try RuleFile(text: text, file: "a.toml") }
        #expect(error.line == 10)
    }

    @Test func anErrorWithoutALineShowsNone() {
        #expect(RuleFileError(file: "a.toml", reason: "is empty").description == "a.toml: is empty")
    }
}

import Testing

@testable import Rules

@Suite struct TOMLTableTests {
    @Test func everyKindOfValueIsTakenAsItIs() throws {
        let table = try TOMLTable(
            #"""
            text = "a\u00e9\n"
            raw = '''é\n'''
            integer = -127
            large = 9_223_372_036_854_775_807
            number = 1e3
            yes = true
            time = 1979-05-27T07:32:00Z
            list = [1, [true], "a"]
            inner.name = { b = "c" }
            "quoted.key" = ""
            """#)
        #expect(table.values["text"]?.text == "aé\n")
        #expect(table.values["raw"]?.text == #"é\n"#)
        #expect(table.values["integer"]?.integer == -127)
        #expect(table.values["large"]?.integer == .max)
        #expect(table.values["number"]?.number == 1000)
        #expect(table.values["number"]?.integer == nil)
        #expect(table.values["yes"]?.bool == true)
        #expect(table.values["list"]?.list?.map(\.integer) == [1, nil, nil])
        #expect(table.values["list"]?.list?[1].list?.first?.bool == true)
        #expect(table.values["inner"]?.table?.values["name"]?.table?.values["b"]?.text == "c")
        #expect(table.values["quoted.key"]?.text?.isEmpty == true)
        guard case .time = table.values["time"] else {
            Issue.record("a time is taken for something else")
            return
        }
        #expect(table.values.count == 10)
    }

    @Test(arguments: ["", "\n\n", "# nothing", "\u{FEFF}"])
    func aTextWithoutKeysIsAnEmptyTable(text: String) throws {
        #expect(try TOMLTable(text).values.isEmpty)
    }

    /// A header in a text over several lines or in a comment is none.
    @Test func tablesKnowTheLineOfTheirHeader() throws {
        let table = try TOMLTable(
            """
            rules.a = '''
            [[rules.b]]'''
            # [[rules.b]]
              [[ rules . b ]]
            [["rules"."b"]]
            x = 1
            [rules.c]
            """)
        let rules = try #require(table.values["rules"]?.table?.values)
        #expect(rules["b"]?.list?.map(\.table?.line) == [4, 5])
        #expect(rules["c"]?.table?.line == 7)
        #expect(
            try TOMLTable("rules = [\n{ id = 'a' },\n{ id = 'b' }]").values["rules"]?.list?.map(\.table?.line) == [
                2, 3,
            ])
    }
}

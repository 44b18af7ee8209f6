import Testing

@testable import Scanner

struct AssignedNameTests {
    private func name(_ marked: String) -> (identifiers: [String], isAssigned: Bool, isForIdentifier: Bool) {
        let text = MarkedText(marked)
        return text.bytes.withUnsafeBytes { bytes in
            let name = AssignedName(of: text.value, in: bytes)
            return (text.bytes.strings(name.identifiers), name.isAssigned, Owner.isOfIdentifier(name, in: bytes))
        }
    }

    @Test(arguments: [
        ("api_key = \"«v»\"", ["api_key"]), ("export API_KEY=«v»", ["API_KEY", "export"]),
        ("{\"apiKey\": \"«v»\"}", ["apiKey"]),
        ("api-key: «v»", ["api-key"]), ("a.b.c=«v»", ["a.b.c"]), ("Authorization: Bearer «v»", ["Authorization"]),
        ("Client(api_key=\"«v»\")", ["api_key", "Client"]), ("os.getenv(\"NAME\", \"«v»\")", ["NAME", "os.getenv"]),
        ("<key>«v»</key>", ["key"]), ("--api-key «v»", ["--api-key"]), ("const key = '«v»'", ["key"]),
        ("key = Some(\"«v»\")", ["key"]),
        ("${KEY:-«v»}", ["KEY"]), ("key || '«v»'", ["key"]), ("{aa:\"x\",bb:\"«v»\"}", ["bb"]), ("aa=1;bb=«v»", ["bb"]),
        ("aa&bb=«v»", ["bb"]),
        ("«v»", []), ("other line\n«v»", []), ("call(first, \"«v»\")", ["first", "call"]), ("ключ=«v»", ["ключ"]),
    ])
    func namesAreFoundLeftOfTheValue(marked: String, identifiers: [String]) {
        #expect(name(marked).identifiers == identifiers)
    }

    @Test(arguments: [
        ("variable \"ab_key\" {\n  type = string\n  default = \"«v1a2l3u4e5»\"\n}\n", ["ab_key"]),
        ("Parameters:\n  AbKey:\n    Type: String\n    Default: «v1a2l3u4e5»\n", ["AbKey"]),
        ("{\"AbKey\": {\"Type\": \"String\",\n \"Default\": \"«v1a2l3u4e5»\"}}", ["AbKey"]),
        ("[{\"ParameterKey\": \"AbKey\",\n\"ParameterValue\": \"«v1a2l3u4e5»\"}]", ["AbKey"]),
        ("{\"value\": \"«v1a2l3u4e5»\", \"name\": \"AB_KEY\"}", ["AB_KEY"]),
        ("env:\n  - value: «v1a2l3u4e5»\n    name: AB_KEY\n", ["AB_KEY"]),
        ("env:\n  - name: AB_KEY\n    value: «v1a2l3u4e5»\n", ["AB_KEY"]),
        ("<setting name=\"AbKey\" serializeAs=\"String\">\n  <value>«v1a2l3u4e5»</value>\n", ["AbKey"]),
        ("<key>AbKey</key>\n<string>«v1a2l3u4e5»</string>", ["AbKey"]),
        (
            "variable \"ab_key\" {\n  description = \"the key to use\"\n  sensitive = true\n  default = \"«v1a2l3u4e5»\"\n}\n",
            ["ab_key"]
        ),
        // A comment names nothing.
        ("# ab_key\n\nvalue = \"«v1a2l3u4e5»\"\n", []),
        // The item before has a name of its own.
        ("- name: OTHER\n  value: x\n- value: «v1a2l3u4e5»\n  name: AB_KEY\n", ["AB_KEY"]),
    ])
    func aPairAndABlockNameTheirValue(marked: String, identifiers: [String]) {
        #expect(name(marked).identifiers == identifiers)
    }

    @Test(arguments: [
        ("key=«v»", true), ("key: «v»", true), ("key(«v»)", true), ("<key>«v»", true), ("key «v»", true),
        ("key\t«v»", true),
        ("key/«v»", false), ("key@«v»", false), ("«v»", false), ("\"«v»\"", false),
    ])
    func anAssignmentNeedsACharacterThatAssigns(marked: String, isAssigned: Bool) {
        #expect(name(marked).isAssigned == isAssigned)
    }

    @Test(arguments: [
        ("commit: «v»", true), ("workflow_id=«v»", true), ("sessionId: \"«v»\"", true), ("file.sha256 = «v»", true),
        ("etag: «v»", true),
        ("cache_key=«v»", true), ("primaryKey: «v»", true), ("next-token=«v»", true), ("model = \"«v»\"", true),
        ("api_key=«v»", false), ("token=«v»", false), ("secretKey: «v»", false), ("idea=«v»", false), ("id/«v»", false),
        ("«v»", false),
    ])
    func namesOfIdentifiersAndDigestsAreKnown(marked: String, isForIdentifier: Bool) {
        #expect(name(marked).isForIdentifier == isForIdentifier)
    }

    @Test(arguments: [
        ("camelCase", ["camel", "case"]), ("snake_case_2", ["snake", "case", "2"]), ("kebab-case", ["kebab", "case"]),
        ("dotted.Name", ["dotted", "name"]), ("API_KEY", ["api", "key"]), ("__a__", ["a"]), ("", []),
        ("HTTPServer", ["httpserver"]),
        ("größe_ab", ["größe", "ab"]), ("x1Y2", ["x1", "y2"]),
    ])
    func identifiersAreSplitIntoWords(identifier: String, words: [String]) {
        #expect(identifier.withBytes { AssignedName.words(of: $0) } == words)
    }

    @Test func aNameIsLookedForNearTheValueOnly() {
        let gap = String(repeating: " ", count: AssignedName.reach + 10)
        #expect(name("key =\(gap)«v»").identifiers == [])
        #expect(name("a=b=c=d=e=f=«v»").identifiers.count == 4)
    }
}

import PCRE2
import Testing

struct PatternTests {
    @Test(arguments: [("abc(", 4), ("a[b", 3), ("ab)c", 2), ("é(", 3), ("(?<n>a)(?<n>b)", 12)])
    func anErrorSaysAtWhichByteOfThePattern(source: String, offset: Int) throws {
        let error = try #require(throws: PatternError.self) { try Pattern(source) }
        #expect(error.offset == offset)
        #expect(error.pattern == source)
        #expect(error.code > 0)
        #expect(!error.message.isEmpty)
        #expect(error.description.hasPrefix("\(error.message) at byte \(offset) of the pattern"))
    }

    @Test(arguments: ["(*UTF)a", "(*UTF8)a", #"a\Cb"#])
    func aPatternCannotLeaveByteMode(source: String) {
        #expect(throws: PatternError.self) { try Pattern(source) }
    }

    @Test func groupsAreCountedAndNamed() throws {
        let pattern = try Pattern("(a)(?<key>b)(?:c)(?P<value>d(e))")
        #expect(pattern.groupCount == 4)
        #expect(pattern.groupNames == ["key": 2, "value": 3])
        #expect(try Pattern("abc").groupNames.isEmpty)
    }

    @Test func aNumberOfAGroupOver255IsReadFromBothBytes() throws {
        let pattern = try Pattern(String(repeating: "(a)", count: 299) + "(?<last>b)")
        #expect(pattern.groupNames == ["last": 300])
    }

    @Test(arguments: [("", 0), ("abc", 3), ("a{20,30}b?", 20), ("abc|de", 2)])
    func theShortestMatchIsKnown(source: String, length: Int) throws {
        #expect(try Pattern(source).minimumLength == length)
    }

    @Test(arguments: [("abc", 0), ("(?<=ab)c", 2), ("(?<!abcd)e(?<=x)", 4), (#"\ba"#, 1)])
    func theReachOfLookBehindsIsKnown(source: String, length: Int) throws {
        #expect(try Pattern(source).maximumLookbehind == length)
    }

    @Test func caseIsIgnoredOnlyWhereAskedFor() throws {
        #expect(try "MISTRAL".match(Pattern("mistral")) == nil)
        #expect(try "MISTRAL".match(Pattern("mistral", options: .caseless)) == 0..<7)
    }

    @Test func machineCodeIsNotMadeWhereNotWanted() throws {
        #expect(try !Pattern("a+", jit: false).isJITCompiled)
    }

    @Test func manyThreadsMayUseOnePatternAtOnce() async throws {
        let pattern = try Pattern("(k)=([0-9]+);")
        let ends = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let text = Array(String(repeating: "x", count: number).utf8) + Array("k=12345;".utf8)
                    return try text.match(pattern)?[2]?.upperBound
                }
            }
            return try await group.reduce(into: Set<Int?>()) { $0.insert($1) }
        }
        #expect(ends == Set((0..<64).map { $0 + 7 }))
    }
}

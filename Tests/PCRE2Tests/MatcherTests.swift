import PCRE2
import Testing

struct MatcherTests {
    /// Every behaviour holds for machine code and for the interpreter.
    static let engines = [true, false]

    @Test(arguments: engines) func groupsAreRangesOfBytes(jit: Bool) throws {
        let pattern = try Pattern("(?<name>[a-z]+)=(\"?)(?<value>[0-9]+)", jit: jit)
        let ranges = try Array("é: key=42".utf8).match(pattern)
        #expect(ranges == [4..<10, 4..<7, 8..<8, 8..<10])
        #expect(pattern.groupNames["value"] == 3)
    }

    @Test(arguments: engines) func aGroupThatTookNoPartHasNoRange(jit: Bool) throws {
        let pattern = try Pattern("(a)|(b)(c)?()", jit: jit)
        let matcher = Matcher()
        #expect(try [UInt8]("b".utf8).match(pattern, matcher: matcher) == [0..<1, nil, 0..<1, nil, 1..<1])
        #expect(try [UInt8]("a".utf8).match(pattern, matcher: matcher) == [0..<1, 0..<1, nil, nil, nil])
        for group in [-1, 5, 64, .max] { #expect(matcher.range(ofGroup: group) == nil) }
    }

    @Test(arguments: [
        ("(a)|(b)", "b", 2), ("(x)?(y*)(z)", "z", 3), ("a(?:b)c", "abc", 0), ("(x)?abc", "abc", 0), ("(a)(b)", "ab", 1),
    ])
    func theFirstGroupThatTookSomethingIsTheSecret(source: String, text: String, group: Int) throws {
        for jit in Self.engines {
            let matcher = Matcher()
            _ = try Array(text.utf8).match(Pattern(source, jit: jit), matcher: matcher)
            #expect(matcher.firstParticipatingGroup() == group)
        }
    }

    @Test(arguments: engines) func textNeedNotBeUTF8(jit: Bool) throws {
        let bytes: [UInt8] = [0x61, 0x00, 0xff, 0xc3, 0x28, 0x80, 0x00, 0x6b]
        #expect(try bytes.match(Pattern(#"\x00\xff"#, jit: jit))?[0] == 1..<3)
        #expect(try bytes.match(Pattern(#"\xc3\(."#, jit: jit))?[0] == 3..<6)
        #expect(try bytes.match(Pattern("k", jit: jit))?[0] == 7..<8)
        #expect(try bytes.match(Pattern("^.{8}$", jit: jit))?[0] == 0..<8)
    }

    @Test(arguments: engines) func aDotIsOneByteAndNoLineFeed(jit: Bool) throws {
        #expect(try "é".match(Pattern("^.$", jit: jit)) == nil)
        #expect(try "é".match(Pattern("^..$", jit: jit)) == 0..<2)
        #expect(try "\n".match(Pattern(".", jit: jit)) == nil)
        #expect(try "\r".match(Pattern(".", jit: jit)) == 0..<1)
    }

    @Test(arguments: engines) func emptyTextIsMatchedToo(jit: Bool) throws {
        let matcher = Matcher()
        let nowhere = UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(try matcher.firstMatch(of: Pattern("^$", jit: jit), in: nowhere) == 0..<0)
        #expect(try matcher.firstMatch(of: Pattern("a", jit: jit), in: nowhere) == nil)
        #expect(try "".match(Pattern("", jit: jit)) == 0..<0)
        #expect(try "abc".match(Pattern("$", jit: jit), from: 3) == 3..<3)
        #expect(try "abc".match(Pattern("c", jit: jit), from: 3) == nil)
    }

    @Test(arguments: engines) func lookBehindsSeeWhatStandsBeforeTheStart(jit: Bool) throws {
        #expect(try "key=v".match(Pattern("(?<=key=)v", jit: jit), from: 4) == 4..<5)
        #expect(try "xv".match(Pattern("(?<!x)v", jit: jit), from: 1) == nil)
        #expect(try "xv".match(Pattern(#"\bv"#, jit: jit), from: 1) == nil)
        #expect(try "ab".match(Pattern("^b", jit: jit), from: 1) == nil)
        #expect(try "a\nb".match(Pattern("(?m)^b", jit: jit), from: 2) == 2..<3)
    }

    @Test(arguments: engines) func nothingBeyondTheEndIsSeen(jit: Bool) throws {
        let pattern = try Pattern("a(?=b)", jit: jit)
        #expect(try Array("ab".utf8).match(pattern)?[0] == 0..<1)
        #expect(try Array("ab".utf8).match(pattern, upTo: 1) == nil)
    }

    @Test(arguments: engines) func theFirstMatchFromTheStartIsFound(jit: Bool) throws {
        let pattern = try Pattern("a+", jit: jit)
        let text = "aa b a"
        #expect(try text.match(pattern) == 0..<2)
        #expect(try text.match(pattern, from: 1) == 1..<2)
        #expect(try text.match(pattern, from: 2) == 5..<6)
        #expect(try text.match(pattern, from: 6) == nil)
    }

    @Test(arguments: engines) func moreGroupsThanThereIsRoomForDoNoHarm(jit: Bool) throws {
        let pattern = try Pattern(String(repeating: "(a)", count: 70), jit: jit)
        let matcher = Matcher()
        let ranges = try #require(try [UInt8](repeating: 0x61, count: 70).match(pattern, matcher: matcher))
        #expect(ranges[0] == 0..<70)
        for group in 1...Matcher.maximumGroup { #expect(ranges[group] == group - 1..<group) }
        for group in (Matcher.maximumGroup + 1)...70 { #expect(ranges[group] == nil) }
        #expect(matcher.firstParticipatingGroup() == 1)
    }

    @Test(arguments: engines) func whereOnlyAGroupOverTheMaximumTookPartTheWholeMatchCounts(jit: Bool) throws {
        let pattern = try Pattern(String(repeating: "(a)|", count: 69) + "(b)", jit: jit)
        let matcher = Matcher()
        #expect(try [UInt8]("b".utf8).match(pattern, matcher: matcher)?[0] == 0..<1)
        #expect(matcher.firstParticipatingGroup() == 0)
    }

    @Test(arguments: engines) func theGroupsOfTheMatchBeforeAreForgotten(jit: Bool) throws {
        let matcher = Matcher()
        _ = try [UInt8]("abc".utf8).match(Pattern("(a)(b)(c)", jit: jit), matcher: matcher)
        #expect(matcher.range(ofGroup: 3) == 2..<3)
        _ = try [UInt8]("abc".utf8).match(Pattern("(b)", jit: jit), matcher: matcher)
        #expect(matcher.range(ofGroup: 1) == 1..<2)
        #expect(matcher.range(ofGroup: 3) == nil)
    }
}

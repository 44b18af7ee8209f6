import PCRE2
import Testing

/// A limit that is hit must never look like "no match": the text was not searched to its end.
struct MatchLimitTests {
    private let explosive = Array(String(repeating: "a", count: 60).utf8) + Array("b".utf8)
    private let generous = Matcher.Limits(match: .max, depth: .max, heap: .max)

    @Test(arguments: MatcherTests.engines, ["^(a+)+$", "^(a|aa)+$", "^(.*a){20}$"])
    func theMatchLimitIsAFailure(jit: Bool, source: String) throws {
        let failure = try #require(throws: MatchFailure.self) { try explosive.match(Pattern(source, jit: jit)) }
        #expect(failure.reason == .matchLimit)
        #expect(failure.code < 0)
        #expect(failure.description == failure.message && !failure.message.isEmpty)
    }

    @Test(arguments: MatcherTests.engines) func theSameMatcherGoesOnAfterAFailure(jit: Bool) throws {
        let matcher = Matcher()
        #expect(throws: MatchFailure.self) { try explosive.match(Pattern("^(a+)+$", jit: jit), matcher: matcher) }
        #expect(try explosive.match(Pattern("a(b)", jit: jit), matcher: matcher) == [59..<61, 60..<61])
    }

    @Test(arguments: MatcherTests.engines) func aLowerLimitIsHitSooner(jit: Bool) throws {
        let pattern = try Pattern("^(?:a+)+c", jit: jit)
        // Without a `c` somewhere PCRE2 would not even begin.
        let text = Array("aaaaaaaaaaaa-c".utf8)
        var limits = generous
        limits.match = 5
        #expect(throws: MatchFailure.self) { try text.match(pattern, matcher: Matcher(limits: limits)) }
        #expect(try text.match(pattern, matcher: Matcher(limits: generous)) == nil)
    }

    @Test func theDepthLimitIsAFailureOfTheInterpreter() throws {
        var limits = generous
        limits.depth = 10
        let failure = try #require(throws: MatchFailure.self) {
            try (explosive + explosive).match(Pattern("^(?:(a)|b)*ba$", jit: false), matcher: Matcher(limits: limits))
        }
        #expect(failure.reason == .depthLimit)
    }

    @Test func theHeapLimitIsAFailureOfTheInterpreter() throws {
        var limits = generous
        limits.heap = 64
        let text = [UInt8](repeating: 0x61, count: 100_000)
        let failure = try #require(throws: MatchFailure.self) {
            try text.match(Pattern("^(?:(a)|b)*c", jit: false), matcher: Matcher(limits: limits))
        }
        #expect(failure.reason == .heapLimit)
    }

    @Test(.enabled(if: try Pattern("a").isJITCompiled, "without a JIT there is no stack of it"))
    func aFullJITStackIsAFailure() throws {
        let pattern = try Pattern("^(?:(a)|b)*c")
        let text = [UInt8](repeating: 0x61, count: 1_000_000)
        let failure = try #require(throws: MatchFailure.self) {
            try text.match(pattern, matcher: Matcher(limits: generous))
        }
        #expect(failure.reason == .jitStack)
    }

    @Test(arguments: MatcherTests.engines) func ordinaryRulesStayFarBelowTheStandardLimits(jit: Bool) throws {
        let pattern = try Pattern("(?i)[a-z_]{0,50}key[\"' ]{0,3}[:=]{1,3}[\"' ]{0,3}([a-z0-9]{32,64})\\b", jit: jit)
        let text = Array(String(repeating: "key = keykeykey_", count: 4096).utf8)
        #expect(throws: Never.self) { try text.match(pattern) }
    }
}

import PCRE2
import TestSupport
import Testing

struct EngineAgreementTests {
    @Test(arguments: [
        "ab*c", "(a|b)*?c", "(?<!a)b", "(?<=ab)c", "(?:(a)|(b)|(c))+", #"\b[ab]{2,4}\b"#, "(a?)(b?)(c?)$", "[^a]+(?=c)",
        "(a)(?:b|(c))", "(?i)A.C", #"(?s)a.{2}(\n|b)"#, "(?>a+)b", "a++c", "(?m)^[bc]+$", "(?!ab)[abc]{3}", "",
    ])
    func machineCodeAndInterpreterFindTheSame(source: String) throws {
        let (compiled, interpreted) = (try Pattern(source), try Pattern(source, jit: false))
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let text = generator.bytes(Int.random(in: 0...24, using: &generator), of: "aabbcc \n")
            let start = Int.random(in: 0...text.count, using: &generator)
            let expected = try text.match(interpreted, from: start)
            #expect(try text.match(compiled, from: start) == expected, "in \(text) from \(start)")
        }
    }
}

import TestSupport
import Testing

@testable import WindsockCommand

/// A shell's script is read as a shell reads it.
@Suite struct ShellWalkTests {
    private func calls(_ script: String) -> [String] {
        ShellWalk.calls(script, in: "/w").map { call in
            let words = call.arguments.map { $0.isKnown ? $0.text : "?\($0.text)" }
            return ([call.place.folder + ":", call.program] + words).joined(separator: " ")
        }
    }

    @Test(arguments: [
        ("a b 'c d' \"e  f\"", ["/w: a b c d e  f"]),
        ("a;b&&c||d|e&f", ["/w: a", "/w: b", "/w: c", "/w: d", "/w: e", "/w: f"]),
        ("a 2>&1 >x <y 3<>z >&2 b", ["/w: a b"]), ("a \\\n b\\ c", ["/w: a b c"]), ("a # b; c\nd", ["/w: a", "/w: d"]),
        ("a#b", ["/w: a#b"]),
        ("cat <<E b\nx; y\nE\nc", ["/w: cat b", "/w: c"]), ("cat <<-'E' <<F\n\tx\n\tE\ny\nF\nc", ["/w: cat", "/w: c"]),
        ("a $(b 'c)') d", ["/w: b c)", "/w: a ? d"]), ("a \"$(b \"$(c)\")\"", ["/w: c", "/w: b ?", "/w: a ?"]),
        ("a `b \\`c\\``", ["/w: c", "/w: b ?", "/w: a ?"]),
        ("x=1 y=$x a $x ${x}2 \"$y\"", ["/w: a ? ?2 ?"]), ("x=1; a $x ${x}2 \"3$x\" ${x:-4}", ["/w: a 1 12 31 ?"]),
        ("a $((1<<2)) b\nc", ["/w: a ? b", "/w: c"]), ("((i<<2))\nc", ["/w: c"]),
        ("a $'b\\'c' $\"d\"", ["/w: a b'c d"]),
        ("cd x && a; (cd y; b); c", ["/w/x: a", "/w/x/y: b", "/w/x: c"]), ("cd /; a; cd -; b", ["/: a", "/w: b"]),
        ("env -C x A=b nice -n 3 a -n", ["/w/x: a -n"]),
        ("sh -c 'cd x; a' b; c", ["/w/x: a", "/w: sh -c cd x; a b", "/w: c"]),
        ("if a; then b; else c; fi", ["/w: a", "/w: b", "/w: c"]), ("for i in 1 2; do a x$i; done", ["/w: a x1"]),
        ("{ a; }; }", ["/w: a"]),
        ("a {b,c}d '{e,f}' {}", ["/w: a bd cd {e,f} {}"]), ("a <(b) >(c)", ["/w: b", "/w: c", "/w: a ? ?"]),
        ("a\r\nb\r\n", ["/w: a", "/w: b"]),
        ("a ''", ["/w: a "]), ("", []), ("'", [""].filter { !$0.isEmpty }), ("command -v a", ["/w: command -v a"]),
        ("time -p a", ["/w: a"]),
    ]) func aScriptComesToItsCalls(script: String, expected: [String]) {
        #expect(calls(script).filter { $0 != "/w: " } == expected, "\(script)")
    }

    @Test func whateverIsGivenItEnds() {
        var generator = SeededGenerator(seed: 22)
        let pieces = [
            "a", "git", "commit", " ", "\n", "'", "\"", "`", "$", "$(", "${", ")", "}", "{", "(", "((", "))", "<<E",
            "E\n", "<", ">", "&", "|", ";", "\\",
            "#", "cd ", "x=", "$x", "sh -c ", "eval ", "*", "[", "é", "\r", "for i in ", "do ", "2>", "<<<", "$'", ",",
        ]
        for _ in 0..<4000 {
            let count = Int.random(in: 0..<40, using: &generator)
            let script = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            #expect(ShellWalk.calls(script, in: "/nonexistent").count < 5000)
        }
    }
}

import Foundation
import TestSupport
import Testing

/// Streams that are scanned while they come.
struct FollowTests {
    private let keys = (0..<4).map { RandomKey(2750 + UInt64($0)) }

    private func follow(_ input: String, _ arguments: String...) -> Command.Outcome {
        Windsock.run(["scan", "-", "--follow"] + arguments, in: "/", input: input)
    }

    @Test func eachSecretIsToldOnceWithItsLine() {
        let filler = String(repeating: "GET /index.html 200 in 12 ms\n", count: 60_000)
        let input =
            "start\n" + keys[0].line + filler + keys[1].line + keys[0].line + "end without a line's end "
            + keys[2].assignment
        let outcome = follow(input, "--format", "short")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(outcome.status == 1)
        #expect(lines.count == 3, "\(outcome.output)")
        #expect(lines.first?.hasPrefix("standard input:2:17: high mistral-api-key") == true)
        #expect(lines.dropFirst().first?.hasPrefix("standard input:60003:17:") == true)
        #expect(lines.last?.hasPrefix("standard input:60005:42:") == true)
        #expect(outcome.errors.contains("seen again 1 times"), "\(outcome.errors)")
        for key in keys { #expect(!outcome.reveals(key.description)) }
    }

    /// Of each length up to a line's end, so that a key stands across every end of a buffer.
    @Test(arguments: [
        0, 1, 20, 40, 65_500, 65_536, 131_000, 1_048_550, 1_048_576, 1_179_600, 1_179_630, 1_179_648, 2_500_000,
    ])
    func aKeyIsWholeWhereverABufferEnds(_ count: Int) {
        let words = String(repeating: "lorem ipsum ", count: count / 12) + String(repeating: ".", count: count % 12)
        for end in ["\n", ""] {
            let outcome = follow("\(words) \(keys[0].assignment)\(end)", "--format", "jsonl", "--show-secrets")
            #expect(outcome.output.contains("\"secret\":\"\(keys[0])\""), "\(count)")
            #expect(outcome.output.split(separator: "\n").count == 2, "\(outcome.output.prefix(2000))")
        }
    }

    /// A line that never ends is looked at piece by piece, and what stands across two pieces is found.
    @Test func aStreamWithoutALinesEndIsScanned() {
        var input = ""
        for (index, key) in keys.enumerated() {
            input += String(repeating: "x=\(index) and more; ", count: 50_000) + " " + key.assignment + " ; "
        }
        let outcome = follow(input, "--format", "jsonl", "--show-secrets")
        for key in keys { #expect(outcome.output.contains("\"secret\":\"\(key)\"")) }
        #expect(outcome.output.split(separator: "\n").count == 5)
    }

    @Test func zerosDoNotMakeABinaryOfALog() {
        let outcome = follow("a\u{0}b\n" + keys[0].line, "--format", "short")
        #expect(outcome.status == 1)
    }

    @Test(
        arguments: [
            ("nothing here\n", 0, "clean"), ("", 3, "there was nothing to read"),
            ("\u{1f}\u{8b}", 0, "clean"),
        ])
    func theEndSaysWhatWasRead(_ input: String, _ status: Int32, _ words: String) {
        let outcome = follow(input)
        #expect(outcome.status == status)
        #expect(outcome.output.contains(words), "\(outcome.output)")
    }

    @Test func whatIsCompressedIsNotSaidToBeClean() {
        let outcome = Windsock.shell("printf 'a\\n' | gzip | \"$windsock\" scan - --follow", in: "/")
        #expect(outcome.status == 3)
        #expect(outcome.output.contains("is compressed"))
    }

    /// A signal is the usual end of such a scan.
    @Test(arguments: ["INT", "TERM"])
    func aSignalEndsItWithASummary(_ name: String) {
        let script = """
            mkfifo in; (echo '\(keys[0].assignment)'; exec sleep 30) > in & writer=$!
            "$windsock" scan - --follow --format jsonl < in > out 2> errors & scan=$!
            for i in $(seq 200); do grep -q finding out && break; sleep 0.05; done
            grep -c '"type":"finding"' out
            kill -\(name) $scan; wait $scan; echo "status $?"; kill $writer; tail -1 out
            """
        let folder = TemporaryDirectory()
        // A shell without job control has its children ignore SIGINT.
        let outcome = Windsock.shell("set -m\n" + script, in: folder)
        #expect(outcome.output.hasPrefix("1\n"), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("status 1"), "\(outcome.output)")
        #expect(outcome.output.contains(#""type":"summary""#))
    }

    @Test(arguments: [
        ["--output", "x"], ["--format", "sarif"], ["--report", "json=x"], ["--verify"], ["--explain"],
        ["--store", "s"],
    ])
    func whatNeedsAnEndIsRefused(_ arguments: [String]) {
        #expect(Windsock.run(["scan", "-", "--follow"] + arguments, in: "/").status == 2)
        #expect(Windsock.run(["scan", "--follow"], in: "/").status == 2)
    }

    @Test func aCommentLetsALinePass() {
        let outcome = follow(keys[0].assignment + " # windsock:allow\n")
        #expect(outcome.status == 0)
    }
}

import Foundation

@testable import Judge

/// An assignment of `golden.tsv`, and what `Training/judge/golden.py` says of it.
struct GoldenLine {
    let number: Int
    let sample: Sample
    /// But for `isWeak`, which the script does not know.
    let score: Score
    let featureCount: Int
    let featureHash: UInt32
    let denseHash: UInt32

    /// The lines of the file beside this one.
    static func all() throws -> [GoldenLine] {
        let url = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        let text = try String(contentsOf: url.appending(path: "golden.tsv"), encoding: .utf8)
        return try text.split(separator: "\n").enumerated().map { try GoldenLine(number: $0 + 1, $1) }
    }

    struct Malformed: Error {
        let line: Int
    }

    private init(number: Int, _ line: Substring) throws {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        let numbers = fields.enumerated().compactMap { [0, 4, 5].contains($0) ? 0 : Int($1) }
        guard fields.count == 14, numbers.count == 14,
            let syntax = Syntax.allCases.first(where: { "\($0)" == fields[0] }),
            let quote = UInt8(exactly: numbers[1]).flatMap(Quote.init), let following = UInt8(exactly: numbers[3])
        else { throw Malformed(line: number) }
        var sample = Sample(name: Self.bytes(fields[4]), value: Self.bytes(fields[5]))
        sample.syntax = syntax
        sample.quote = quote
        sample.isInComment = numbers[2] == 1
        sample.following = following
        self.number = number
        self.sample = sample
        score = Score(
            thousandths: numbers[6], name: numbers[7], value: numbers[8], syntax: numbers[9], trees: numbers[10],
            isWeak: false)
        featureCount = numbers[11]
        featureHash = UInt32(numbers[12])
        denseHash = UInt32(numbers[13])
    }

    /// `\xNN` is a byte.
    private static func bytes(_ field: Substring) -> [UInt8] {
        var rest = Array(field.utf8)[...]
        var result: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"),
                let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(value)
                rest = rest.dropFirst(3)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}

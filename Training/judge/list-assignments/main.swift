import BuiltinRules
import FoundationEssentials
import Judge
import Rules
import Scanner

// Lists what files assign to names that hold secrets: what the judge is trained on. Reads paths from standard input, one a
// line, and writes a line for each assignment: path, line of the value (from 1), syntax, quote (the byte that opens the value, or 0),
// whether the line is a comment (0, 1), the byte behind the value and its quote, name, value, with tabs between them; tabs, line ends, backslashes and what is no visible ASCII in name and value are written `\xNN`.

let words = RuleSet.builtin.rules.filter { $0.judge != nil }.flatMap(\.keywords)
let finder = AssignmentFinder(words: words)

func escaped(_ bytes: UnsafeRawBufferPointer) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    for byte in bytes {
        if byte >= 0x20, byte < 0x7f, byte != 0x5c {
            result.append(byte)
        } else {
            result += [0x5c, 0x78, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: result, as: UTF8.self)
}

while let path = readLine() {
    guard let content = FileManager.default.contents(atPath: path) else { continue }
    content.withUnsafeBytes { text in
        var (line, counted) = (1, 0)
        for found in finder.assignments(in: text).sorted(by: { $0.value.lowerBound < $1.value.lowerBound }) {
            while counted < found.value.lowerBound {
                if text[counted] == 0x0a { line += 1 }
                counted += 1
            }
            print(
                path, line, found.syntax, found.quote.rawValue, found.isInComment ? 1 : 0, found.following,
                escaped(UnsafeRawBufferPointer(rebasing: text[found.name])),
                escaped(UnsafeRawBufferPointer(rebasing: text[found.value])), separator: "\t")
        }
    }
}

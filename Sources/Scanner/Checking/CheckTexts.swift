import Bytes

/// Texts that a rule's pattern is measured on: what files hold, and what is worst for patterns. Made anew each time, the
/// same every time; they hold the rule's keywords, so that its windows open.
struct CheckTexts {
    struct Text {
        /// What it is, for a report.
        var name: String
        var bytes: [UInt8]
    }

    private static let size = 16384

    private static let alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

    /// What stands behind keywords, once for all rules: a name and two kilobytes of it.
    private static let kinds: [(name: String, bytes: [UInt8])] = [
        ("letters", "abcdefghijklmnopqrstuvwxyz"), ("letters and digits", alphanumeric),
        ("hexadecimal digits", "0123456789abcdef"), ("base64", alphanumeric + "+/=_-."), ("white space", " \t"),
        ("quotes and signs", "\"'=: ,.-_"),
    ].map { ($0.0, random(2000, of: $0.1)) }

    private static let values = random(2000, of: alphanumeric)

    /// PCRE2 does not even begin where a character that each match needs is missing: the lines end with such.
    private static let lineEnd = Array(" ;!?\"'<>|@:/\\)}]\n".utf8)

    private let keywords: [[UInt8]]

    /// - Parameter keywords: Literals that set the rule off; none for a rule that is tried everywhere.
    init(keywords: [String]) { self.keywords = keywords.isEmpty ? [[]] : keywords.map { Array($0.utf8) } }

    func all() -> [Text] {
        [Text(name: "source code", bytes: sourceCode()), Text(name: "short lines", bytes: shortLines())]
            + Self.kinds.map { Text(name: "long runs of \($0.name)", bytes: runs(of: $0.bytes)) }
    }

    /// Lines of code; every fifth has a keyword and a value.
    private func sourceCode() -> [UInt8] {
        let code = Array("    if (options.isEnabled && items[index] != nil) { return handler(\"on\", 42) }\n".utf8)
        var bytes: [UInt8] = []
        var line = 0
        while bytes.count < Self.size {
            line += 1
            if line % 5 == 0 {
                bytes += Array("    let ".utf8) + keyword(line / 5) + Array("_key = \"".utf8)
                bytes += Self.values[line..<(line + 8 + line % 60)] + Array("\"\n".utf8)
            } else {
                bytes += code
            }
        }
        return bytes
    }

    private func shortLines() -> [UInt8] {
        var bytes: [UInt8] = []
        var number = 0
        while bytes.count < Self.size {
            bytes +=
                keyword(number) + Array(": ".utf8) + Self.values[number % 1000..<(number % 1000 + number % 7)] + [
                    .lineFeed
                ]
            number += 1
        }
        return bytes
    }

    /// Each keyword with two kilobytes of one kind behind it: what makes a pattern run far before it gives up.
    private func runs(of kind: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var number = 0
        while bytes.count < Self.size {
            bytes += keyword(number) + kind + Self.lineEnd
            number += 1
        }
        return bytes
    }

    private func keyword(_ number: Int) -> [UInt8] { keywords[number % keywords.count] }

    private static func random(_ count: Int, of alphabet: String) -> [UInt8] {
        let characters = Array(alphabet.utf8)
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        return (0..<count).map { _ in
            // https://prng.di.unimi.it/xorshift64star.c
            state ^= state >> 12
            state ^= state << 25
            state ^= state >> 27
            return characters[Int((state &* 0x2545_f491_4f6c_dd1d) >> 33) % characters.count]
        }
    }
}

import Bytes
import Findings
import Remediation
import Reports
import Scanner

/// What is shown of lines of a file that holds secrets.
struct ShownLines {
    /// The spellings of the secrets, the longest first.
    private let secrets: [[UInt8]]
    /// The longest first.
    private let inserted: [(bytes: [UInt8], shown: String)]

    /// - Parameters:
    ///   - secrets: Those that are known to be in the file.
    ///   - inserted: Texts that were put in, and how they are shown.
    init(secrets: [Secret], inserted: [Insertion]) {
        self.secrets = Set(secrets.flatMap { [$0.bytes, $0.value.bytes] }).sorted { $0.count > $1.count }
        self.inserted = Set(inserted).map { (Array($0.text.utf8), $0.shown) }
            .filter { $0.0.count > 3 }.sorted { $0.0.count > $1.0.count }
    }

    /// Lines of a text without its secrets, and without what else may be one.
    ///
    /// - Parameters:
    ///   - numbers: From 0, in order.
    ///   - isNew: They are ones that were put in.
    func lines(_ numbers: [Int], of text: [UInt8], isNew: Bool) -> [String] {
        let wanted = Set(numbers)
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        var number = 0
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: .lineFeed) ?? text.count
            var line = Array(text[start..<end])
            if wanted.contains(number) {
                if line.last == .carriageReturn { line.removeLast() }
                if isNew { line = marked(line) }
                ranges.append(bytes.count..<bytes.count + line.count)
            }
            bytes += line + [.lineFeed]
            number += 1
            start = end + 1
        }
        var places: [Range<Int>] = []
        for secret in secrets {
            places += TextPlaces.ranges(of: secret, in: bytes).filter { found in !places.contains { $0.overlaps(found) }
            }
        }
        return MaskedText.masked(ranges, of: bytes, secrets: places).map { line in
            let shown = Self.visible(line)
            return isNew ? unmarked(shown) : shown
        }
    }

    /// A tab stays one: whoever applies the diff needs it, and no terminal obeys it.
    private static func visible(_ line: String) -> String {
        line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).visible }.joined(separator: "\t")
    }

    /// What was put in is no value that has to be masked, and a reference is none either.
    private func marked(_ line: [UInt8]) -> [UInt8] {
        var line = line
        for (number, text) in inserted.enumerated() {
            let edits = TextPlaces.ranges(of: text.bytes, in: line).map { ($0, Self.mark(number)) }
            if !edits.isEmpty { line = TextPlaces.replacing(edits, in: line) }
        }
        return line
    }

    private func unmarked(_ line: String) -> String {
        var line = line
        for (number, text) in inserted.enumerated().reversed() {
            line = line.replacing(String(decoding: Self.mark(number), as: UTF8.self), with: Self.visible(text.shown))
        }
        return line
    }

    private static func mark(_ number: Int) -> [UInt8] { Array("${windsock\(number)}".utf8) }
}

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

    /// A line without its secrets, and without what else may be one.
    func text(_ line: String, isNew: Bool) -> String {
        var bytes = Array(line.utf8)
        // What was put in is no value that has to be masked, and a reference is none either.
        if isNew {
            for (number, text) in inserted.enumerated() {
                let edits = TextPlaces.ranges(of: text.bytes, in: bytes).map { ($0, Self.mark(number)) }
                if !edits.isEmpty { bytes = TextPlaces.replacing(edits, in: bytes) }
            }
        }
        var places: [Range<Int>] = []
        for secret in secrets {
            places += TextPlaces.ranges(of: secret, in: bytes).filter { found in !places.contains { $0.overlaps(found) }
            }
        }
        var shown = MaskedText.masked(String(decoding: bytes, as: UTF8.self), secrets: places).visible
        for (number, text) in inserted.enumerated().reversed() where isNew {
            shown = shown.replacing(String(decoding: Self.mark(number), as: UTF8.self), with: text.shown.visible)
        }
        return shown
    }

    private static func mark(_ number: Int) -> [UInt8] { Array("${windsock\(number)}".utf8) }
}

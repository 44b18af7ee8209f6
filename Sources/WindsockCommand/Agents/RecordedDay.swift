import Bytes
import Findings

/// The day on which something came into a record, as the record itself says it.
///
/// Clients write a time into each line of their records, as text or as a number; shells beside the line, where they are told to.
enum RecordedDay {
    /// Members that have it, in clients' records and in those of VS Code.
    private static let members = ["timestamp", "ts", "time", "createdAt", "creationDate", "lastMessageDate"]
    /// How far ahead of a place a member is looked for where a record is one long text, in bytes.
    private static let reach = 1 << 16

    /// - Parameter range: Of what is in the record.
    /// - Returns: `2026-12-01`; `nil` where the record says nothing.
    static func day(around range: Range<Int>, in bytes: [UInt8]) -> String? {
        let start = bytes[..<range.lowerBound].lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        let end = bytes[range.upperBound...].firstIndex(of: .lineFeed) ?? bytes.count
        return ofJSON(bytes[start..<end]) ?? ofShell(bytes, start..<end)
            ?? ofJSON(bytes[max(0, range.lowerBound - reach)..<range.lowerBound], isLast: true)
    }

    // MARK: JSON

    /// - Parameter isLast: Whether the last time that is said counts, and not the first.
    private static func ofJSON(_ text: ArraySlice<UInt8>, isLast: Bool = false) -> String? {
        let text = Array(text)
        for member in members {
            let places = TextPlaces.ranges(of: Array("\"\(member)\"".utf8), in: text)
            for place in isLast ? places.reversed() : places {
                let rest = text[place.upperBound...].drop { $0 == .space || $0 == .colon }
                if rest.first == .quotationMark {
                    let day = String(decoding: rest.dropFirst().prefix(10), as: UTF8.self)
                    if CalendarDay(day) != nil { return day }
                } else if let day = day(ofNumber: rest) {
                    return day
                }
            }
        }
        return nil
    }

    // MARK: Shells

    private static func ofShell(_ bytes: [UInt8], _ line: Range<Int>) -> String? {
        // zsh: `: 1700000000:0;command`
        if bytes[line].starts(with: ": ".utf8), let day = day(ofNumber: bytes[line].dropFirst(2)) { return day }
        // bash: `#1700000000` above the command
        let above = bytes[..<max(0, line.lowerBound - 1)]
        let start = above.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
        if above[start...].first == .numberSign, let day = day(ofNumber: above[start...].dropFirst()) { return day }
        // fish: `  when: 1700000000` below it
        let below = bytes[min(bytes.count, line.upperBound + 1)...].drop { $0 == .space }
        return below.starts(with: "when: ".utf8) ? day(ofNumber: below.dropFirst(6)) : nil
    }

    // MARK: Numbers

    /// Of seconds since 1970, or milliseconds.
    private static func day(ofNumber text: ArraySlice<UInt8>) -> String? {
        let digits = text.prefix(14).prefix(while: \.isDigit)
        // Ten digits are seconds from 2001 on, three more milliseconds.
        guard digits.count == 10 || digits.count == 13, let number = Int(String(decoding: digits, as: UTF8.self)) else {
            return nil
        }
        return "\(CalendarDay(daysSince1970: (digits.count == 13 ? number / 1000 : number) / 86400))"
    }
}

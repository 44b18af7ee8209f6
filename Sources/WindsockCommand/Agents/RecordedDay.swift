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
        let quotes = text.indices.lazy.filter { text[$0] == .quotationMark }
        let days = quotes.compactMap { day(ofMember: text[$0...].dropFirst()) }
        return isLast ? Array(days).last : days.first
    }

    /// - Parameter text: Behind the sign that begins a name.
    private static func day(ofMember text: ArraySlice<UInt8>) -> String? {
        guard let member = members.first(where: { text.starts(with: "\($0)\"".utf8) }) else { return nil }
        let rest = text.dropFirst(member.utf8.count + 1).drop { $0 == .space || $0 == .colon }
        guard rest.first == .quotationMark else { return day(ofNumber: rest) }
        let day = String(decoding: rest.dropFirst().prefix(10), as: UTF8.self)
        return CalendarDay(day) == nil ? nil : day
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

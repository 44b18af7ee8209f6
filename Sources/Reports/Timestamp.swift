internal import Findings

/// A moment in UTC, to the second, that can be written as ISO 8601 has it.
///
/// Years 0000 to 9999: a commit can claim any time, and a report must stay readable by those who parse dates.
package struct Timestamp: Comparable {
    /// Since 1970-01-01 00:00 UTC.
    package let seconds: Int

    package init(seconds: Int) { self.seconds = min(max(seconds, -62_167_219_200), 253_402_300_799) }

    package init(seconds: Double) {
        // Converting a number that Int cannot hold would trap.
        self.init(seconds: seconds.isNaN ? 0 : Int(min(max(seconds, -1e12), 1e12)))
    }

    /// `2024-02-29`
    package var date: String { CalendarDay(daysSince1970: days).description }

    /// `2024-02-29T23:59:59`
    var dateTimeWithoutZone: String {
        let second = seconds - days * 86_400
        let time = [second / 3600, second / 60 % 60, second % 60].map { Self.pad($0, 2) }
        return date + "T" + time.joined(separator: ":")
    }

    /// `2024-02-29T23:59:59Z`
    var dateTime: String { dateTimeWithoutZone + "Z" }

    package static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Whole days since 1970-01-01, rounded down.
    private var days: Int { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

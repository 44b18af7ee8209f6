/// A moment in UTC, to the second, that can be written as ISO 8601 has it.
///
/// Years 0000 to 9999: a commit can claim any time, and a report must stay readable by those who parse dates.
struct Timestamp: Comparable {
    /// Since 1970-01-01 00:00 UTC.
    let seconds: Int

    init(seconds: Int) { self.seconds = min(max(seconds, -62_167_219_200), 253_402_300_799) }

    init(seconds: Double) {
        // Converting a number that Int cannot hold would trap.
        self.init(seconds: seconds.isNaN ? 0 : Int(min(max(seconds, -1e12), 1e12)))
    }

    /// `2024-02-29`
    var date: String {
        let (year, month, day) = civil
        return "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))"
    }

    /// `2024-02-29T23:59:59`
    var dateTimeWithoutZone: String {
        let second = seconds - days * 86_400
        let time = [second / 3600, second / 60 % 60, second % 60].map { Self.pad($0, 2) }
        return date + "T" + time.joined(separator: ":")
    }

    /// `2024-02-29T23:59:59Z`
    var dateTime: String { dateTimeWithoutZone + "Z" }

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.seconds < right.seconds }

    /// Whole days since 1970-01-01, rounded down.
    private var days: Int { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }

    /// Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is a year's last.
    /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
    private var civil: (year: Int, month: Int, day: Int) {
        // Days since 0000-03-01; the clamp above keeps them from falling more than one era below zero.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

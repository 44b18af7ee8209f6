import Platform

/// A day of the Gregorian calendar, in UTC.
package struct CalendarDay: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// What people write ahead of the day on which something ends, in comments and baselines: `until=2026-03-01`.
    package static let wordsForEnds = ["until", "expires", "expiry", "expire"]

    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// From 1.
    package let day: Int

    /// - Parameter text: `2026-03-01`.
    /// - Returns: `nil` for what is no day.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2d || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            (1...Self.length(ofMonth: month, year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// How many days a month has, which is 1 to 12.
    package static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is a year's last.
    /// <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>
    ///
    /// - Parameter days: Since 1970-01-01; years 0000 to 9999.
    package init(daysSince1970 days: Int) {
        // Days since 0000-03-01; the bound of the years keeps them from falling more than one era below zero.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days lie between an earlier day and this one; less than zero if that is the later one.
    package func days(since other: CalendarDay) -> Int { number - other.number }

    /// Howard Hinnant's `days_from_civil`, without the days between its beginning and 1970.
    private var number: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    }

    /// The day that it is now.
    package static var today: CalendarDay { CalendarDay(daysSince1970: Int(time(nil)) / 86_400) }

    /// `2026-03-01`
    package var description: String { "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))" }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

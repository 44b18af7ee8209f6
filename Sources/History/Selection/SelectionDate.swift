internal import Findings

/// A moment as people write it after `--since`, to the second.
///
/// An absolute one is of ISO 8601: `2024-03-01`, `2024-03-01T12:00`, `2024-03-01 12:00:30+02:00`; without a zone it is
/// UTC, as all times of reports are. A relative one is a number and a unit: `7d`, `2 weeks ago`, `3.months.ago`. A month
/// is 30 days and a year 365. `@1700000000` counts seconds since 1970.
package struct SelectionDate: Sendable, Hashable {
    /// Since 1970-01-01 00:00 UTC.
    package var seconds: Int

    package init(seconds: Int) {
        self.seconds = seconds
    }

    /// Reads a date.
    ///
    /// - Parameter now: What relative dates count from, in seconds since 1970.
    /// - Returns: `nil` if it is none of the forms.
    package init?(_ text: String, now: Int) {
        let text = text.lowercased()
        if text.hasPrefix("@") {
            guard let seconds = Int(text.dropFirst()), seconds >= 0 else { return nil }
            self.seconds = seconds
        } else if let seconds = Self.absolute(text) {
            self.seconds = seconds
        } else if let seconds = Self.relative(text) {
            self.seconds = now - seconds
        } else {
            return nil
        }
    }

    // MARK: Relative

    private static let units: [(names: [String], seconds: Int)] = [
        (["s", "sec", "secs", "second", "seconds"], 1),
        (["min", "mins", "minute", "minutes"], 60),
        (["h", "hour", "hours"], 3600),
        (["d", "day", "days"], 86_400),
        (["w", "week", "weeks"], 7 * 86_400),
        (["mo", "month", "months"], 30 * 86_400),
        (["y", "year", "years"], 365 * 86_400),
    ]

    /// `7d`, `2 weeks ago`, `3.months.ago`, in seconds.
    private static func relative(_ text: String) -> Int? {
        var words = text.split { $0 == " " || $0 == "." }.map(String.init)
        if words.last == "ago" { words.removeLast() }
        if words.count == 1 {
            let digits = words[0].prefix { $0.isASCII && $0.isNumber }
            words = [String(digits), String(words[0].dropFirst(digits.count))]
        }
        guard words.count == 2, let count = Int(words[0]), (0...1_000_000).contains(count),
            let unit = units.first(where: { $0.names.contains(words[1]) })
        else { return nil }
        return count * unit.seconds
    }

    // MARK: Absolute

    private static func absolute(_ text: String) -> Int? {
        var rest = text[...]
        guard let year = number(&rest, digits: 4), skip("-", &rest), let month = number(&rest, digits: 2),
            skip("-", &rest), let day = number(&rest, digits: 2), (1...12).contains(month),
            (1...CalendarDay.length(ofMonth: month, year)).contains(day)
        else { return nil }
        let midnight = days(year, month, day) * 86_400
        if rest.isEmpty { return midnight }
        guard skip("t", &rest) || skip(" ", &rest), let hour = number(&rest, digits: 2), skip(":", &rest),
            let minute = number(&rest, digits: 2), hour < 24, minute < 60
        else { return nil }
        var second = 0
        if skip(":", &rest) {
            guard let read = number(&rest, digits: 2), read <= 60 else { return nil }
            second = read
        }
        guard let offset = zone(rest) else { return nil }
        return midnight + hour * 3600 + minute * 60 + second - offset
    }

    /// Seconds east of UTC: nothing, `z`, `+02:00`, `-0530`.
    private static func zone(_ text: Substring) -> Int? {
        var rest = text.drop { $0 == " " }
        if rest.isEmpty || rest == "z" { return 0 }
        let sign = skip("+", &rest) ? 1 : -1
        if sign < 0, !skip("-", &rest) { return nil }
        guard let hours = number(&rest, digits: 2) else { return nil }
        _ = skip(":", &rest)
        guard let minutes = number(&rest, digits: 2), rest.isEmpty, hours < 24, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    private static func number(_ text: inout Substring, digits: Int) -> Int? {
        let head = text.prefix(digits)
        guard head.count == digits, head.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        text = text.dropFirst(digits)
        return Int(head)
    }

    private static func skip(_ character: Character, _ text: inout Substring) -> Bool {
        guard text.first == character else { return false }
        text = text.dropFirst()
        return true
    }

    /// Days from 1970-01-01: <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

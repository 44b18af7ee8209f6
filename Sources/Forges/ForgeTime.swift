internal import Findings

/// Times as forges write them: `2024-02-29T12:00:00Z`, `2024-02-29T12:00:00.123+01:00`.
enum ForgeTime {
    /// Seconds since 1970-01-01 00:00 UTC; `nil` for what is no time.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: "T", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let clock = parts[1].prefix(8).split(separator: ":").compactMap { Int($0) }
        guard let date = CalendarDay(parts[0]), clock.count == 3 else { return nil }
        let zone = parts[1].dropFirst(8).drop { $0 == "." || $0.isNumber }
        let days = date.days(since: CalendarDay(daysSince1970: 0))
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2] - offset(zone)
    }

    private static func offset(_ zone: Substring) -> Int {
        guard let sign = zone.first, sign == "+" || sign == "-" else { return 0 }
        let digits = zone.filter(\.isNumber).compactMap(\.wholeNumberValue)
        guard digits.count == 4 else { return 0 }
        let seconds = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
        return sign == "-" ? -seconds : seconds
    }
}

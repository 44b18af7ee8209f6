import Testing

@testable import Reports

struct TimestampTests {
    // From GNU date: date -u -d @SECONDS.
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (86_399, "1970-01-01T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"), (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_208_000, "2024-02-29T12:00:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"), (1_735_689_599, "2024-12-31T23:59:59Z"),
        (-2_203_891_200, "1900-03-01T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func writesTheCivilDate(seconds: Int, text: String) {
        #expect(Timestamp(seconds: seconds).dateTime == text)
    }

    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() {
        var (year, month, day) = (1600, 1, 1)
        for index in 0..<146_097 {
            let expected = year * 10_000 + month * 100 + day
            let written = Timestamp(seconds: (index - 135_140) * 86_400).date.filter { $0 != "-" }
            guard Int(written) == expected else {
                Issue.record("\(written) instead of \(expected)")
                return
            }
            let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300])
    func hostileTimesStayWithinFourDigitYears(seconds: Double) {
        #expect(Timestamp(seconds: seconds).dateTime.utf8.count == 20)
    }

    @Test(arguments: [Int.min, Int.max])
    func hostileCommitTimesStayWithinFourDigitYears(seconds: Int) {
        #expect(Timestamp(seconds: seconds).dateTime.utf8.count == 20)
    }
}

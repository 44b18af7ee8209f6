import Testing

@testable import Findings

struct CalendarDayTests {
    @Test(arguments: ["2026-03-01", "2024-02-29", "0000-01-01", "9999-12-31"])
    func aDayIsReadAndWrittenAlike(_ text: String) { #expect(CalendarDay(text)?.description == text) }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-4-1", "+026-04-01", "", "soon",
    ])
    func whatIsNoDayIsNone(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test func daysAreOrdered() throws {
        let days = try ["2025-12-31", "2026-01-01", "2026-01-02", "2026-02-01"].map { try #require(CalendarDay($0)) }
        #expect(days.sorted() == days)
        #expect(CalendarDay(daysSince1970: 0).description == "1970-01-01")
        #expect(CalendarDay(daysSince1970: 19_782).description == "2024-02-29")
        #expect(CalendarDay(daysSince1970: -1).description == "1969-12-31")
        #expect(CalendarDay.today > days[0])
    }
}

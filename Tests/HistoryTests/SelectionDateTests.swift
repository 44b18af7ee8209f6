import History
import ScanSources
import Testing

@Suite struct SelectionDateTests {
    /// 2024-05-01 12:00 UTC
    let now = 1_714_564_800

    @Test(arguments: [
        ("1970-01-01", 0), ("2024-03-01", 1_709_251_200), ("2024-02-29", 1_709_164_800),
        ("1969-12-31", -86_400), ("2000-01-01T00:00:00Z", 946_684_800), ("2024-03-01T12:30", 1_709_296_200),
        ("2024-03-01 12:30:15", 1_709_296_215), ("2024-03-01T12:30:15+02:00", 1_709_289_015),
        ("2024-03-01t12:30:15-0530", 1_709_316_015), ("@1700000000", 1_700_000_000),
    ]) func whatISO8601Says(_ text: String, _ seconds: Int) {
        #expect(SelectionDate(text, now: now)?.seconds == seconds)
    }

    @Test(arguments: [
        ("7d", 7 * 86_400), ("2 weeks ago", 14 * 86_400), ("2.weeks.ago", 14 * 86_400), ("24h", 86_400),
        ("90 minutes", 5400), ("1 month ago", 30 * 86_400), ("6mo", 180 * 86_400), ("1y", 365 * 86_400), ("0d", 0),
        ("2 Days AGO", 2 * 86_400), ("30s", 30),
    ]) func whatIsSoLongAgo(_ text: String, _ distance: Int) {
        #expect(SelectionDate(text, now: now)?.seconds == now - distance)
    }

    @Test(arguments: [
        "", "yesterday", "2024", "2024-13-01", "2023-02-29", "2024-04-31", "2024-3-1", "01.03.2024", "2024-03-01T",
        "2024-03-01T25:00", "2024-03-01T12:00+2", "2024-03-01T12:00 UTC", "7", "d", "7 fortnights", "-7d", "7d7d",
        "@-1",
        "@", "ago", "99999999999999999999d", "2024-03-01x", "٧d",
    ]) func anythingElseIsNone(_ text: String) {
        #expect(SelectionDate(text, now: now) == nil)
    }
}

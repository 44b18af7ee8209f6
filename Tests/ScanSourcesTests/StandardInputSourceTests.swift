import Git
import ScanSources
import TestSupport
import Testing

@Suite struct StandardInputSourceTests {
    @Test func thereIsOneItemWithTheGivenName() throws {
        let plan = try StandardInputSource(name: "config/.env").plan()
        #expect(plan.items == [ScanItem(path: PathBytes("config/.env"), origin: .standardInput, size: nil)])
    }
}

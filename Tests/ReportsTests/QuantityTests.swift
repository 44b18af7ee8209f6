import Testing

@testable import Reports

struct QuantityTests {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (1550, "1.5 kB"), (999_999, "999.9 kB"),
        (1_000_000, "1.0 MB"), (12_345_678, "12.3 MB"), (5_000_000_000, "5.0 GB"), (7_200_000_000_000, "7.2 TB"),
    ])
    func bytesAreReadable(count: Int, text: String) { #expect(Quantity.bytes(count) == text) }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func thousandsAreGrouped(number: Int, text: String) { #expect(Quantity.grouped(number) == text) }

    @Test(arguments: [
        (0.0, "0.000"), (0.0004, "0.000"), (0.0005, "0.001"), (1.5, "1.500"), (12.0456, "12.046"), (-3, "0.000"),
        (.nan, "0.000"),
    ])
    func secondsHaveThreePlaces(duration: Double, text: String) { #expect(Quantity.seconds(duration) == text) }

    @Test(arguments: [
        (0.5234, "0.52 s"), (59.9, "59.90 s"), (200, "3 min 20 s"), (.infinity, "16,666,666,666 min 40 s"),
    ])
    func durationsAreReadable(duration: Double, text: String) { #expect(Quantity.duration(duration) == text) }
}

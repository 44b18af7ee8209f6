/// What the judge says of an assignment.
package struct Score: Equatable, Sendable {
    /// How probably it is a secret, from 0 to 1,000: of those with 750 three in four are.
    package var thousandths: Int
    /// What the name added, in thousandths of log-odds: positive speaks for a secret.
    package var name: Int
    /// What the value added, by itself and under this name.
    package var value: Int
    /// What the syntax added: quotes, comment, the byte behind.
    package var syntax: Int
    /// By how much trees moved the sum; zero where they were not asked.
    package var trees = 0
    /// The value is short, or made of words: where it stands may speak against it.
    package var isWeak: Bool

    /// What `--explain` prints: `0.812: name +1.3, value -0.2, syntax +0.0`.
    package var words: String {
        var words = "\(Self.decimal(thousandths, places: 3)): name \(Self.signed(name)), value \(Self.signed(value))"
        words += ", syntax \(Self.signed(syntax))"
        return trees == 0 ? words : words + ", trees \(Self.signed(trees))"
    }

    /// Thousandths to one decimal place, rounded, with a sign.
    private static func signed(_ thousandths: Int) -> String {
        let tenths = (thousandths + 50).floorDivided(by: 100)
        return (tenths < 0 ? "-" : "+") + decimal(abs(tenths), places: 1)
    }

    /// A number that is not negative, in units of its last place.
    private static func decimal(_ number: Int, places: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return padded.dropLast(places) + "." + padded.suffix(places)
    }
}

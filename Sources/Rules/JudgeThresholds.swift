/// From which probability on an assigned value is reported with which confidence.
///
/// The probability is what the judge that learned gives a value by its name, its form and the syntax, calibrated on values
/// that people labelled: of those with 0.75 three in four are secrets.
public struct JudgeThresholds: Sendable, Hashable {
    /// From here on with high confidence. From 0 to 1, as the others, and at least `medium`.
    public var high: Double
    /// From here on with medium confidence; at least `low`.
    public var medium: Double
    /// From here on with low confidence. What is less likely is not reported at all.
    public var low: Double

    /// Thresholds; those of the built-in rule if nothing is given.
    public init(high: Double = 0.95, medium: Double = 0.75, low: Double = 0.3) {
        self.high = high
        self.medium = medium
        self.low = low
    }

    /// How sure a value of a probability is; `nil` if it is not to be reported.
    ///
    /// - Parameter thousandths: The probability, from 0 to 1,000.
    public func confidence(ofThousandths thousandths: Int) -> Confidence? {
        let probability = Double(thousandths) / 1000
        if probability >= high { return .high }
        if probability >= medium { return .medium }
        return probability >= low ? .low : nil
    }
}

extension JudgeThresholds: TableValue {
    static let fields: [TableField<JudgeThresholds>] = [
        .init(
            "high", "The least probability for high confidence. Default 0.95.", get: { $0.high }, set: { $0.high = $1 }),
        .init(
            "medium", "The least probability for medium confidence. Default 0.75.", get: { $0.medium },
            set: { $0.medium = $1 }),
        .init("low", "The least probability for low confidence. Default 0.3.", get: { $0.low }, set: { $0.low = $1 }),
    ]

    init() { self.init(high: 0.95) }

    func finish(_ table: TableReader) throws(RuleFileError) {
        guard 0 <= low, low <= medium, medium <= high, high <= 1 else {
            throw table.error("needs 0 ≤ low ≤ medium ≤ high ≤ 1, not low \(low), medium \(medium), high \(high)")
        }
    }
}

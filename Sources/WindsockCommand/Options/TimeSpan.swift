import ArgumentParser

/// A length of time: `90`, `90s`, `5m`, `1h`.
struct TimeSpan: ExpressibleByArgument {
    var seconds: Double

    /// Shown in the help.
    var defaultValueDescription: String { "\(Int(seconds / 60))m" }

    init(seconds: Double) { self.seconds = seconds }

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        var digits = argument
        var unit = 1.0
        if let last = digits.last, let factor = units[last] {
            unit = factor
            digits.removeLast()
        }
        guard let number = Double(digits), number > 0, number * unit <= 1e6 else { return nil }
        seconds = number * unit
    }
}

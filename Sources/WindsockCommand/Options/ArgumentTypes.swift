// The conformances are to a library's protocol and of other modules' types: both are public, so the imports must be.
public import ArgumentParser
public import Reports
public import Rules

extension Severity: ExpressibleByArgument {}
extension Confidence: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}

enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// `sarif=out.sarif`: a format and where its report goes.
struct ReportDestination: ExpressibleByArgument {
    var format: ReportFormat
    var path: String

    init(format: ReportFormat, path: String) {
        self.format = format
        self.path = path
    }

    init?(argument: String) {
        guard let separator = argument.firstIndex(of: "="),
            let format = ReportFormat(rawValue: String(argument[..<separator]))
        else { return nil }
        path = String(argument[argument.index(after: separator)...])
        self.format = format
        if path.isEmpty { return nil }
    }
}

/// A number of bytes: `1048576`, `512k`, `50M`, `2G`.
struct ByteCount: ExpressibleByArgument {
    /// Shown in the help.
    var defaultValueDescription: String { "\(bytes >> 20)M" }

    var bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let units: [Character: Int] = ["k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        var digits = argument.lowercased()
        if digits.hasSuffix("b") { digits.removeLast() }
        var unit = 1
        if let last = digits.last, let factor = units[last] {
            unit = factor
            digits.removeLast()
        }
        guard let number = Int(digits), number > 0, number <= Int.max / unit else { return nil }
        bytes = number * unit
    }
}

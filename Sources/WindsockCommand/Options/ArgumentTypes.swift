// The conformances are to a library's protocol and of other modules' types: both are public, so the imports must be.
public import ArgumentParser
package import Forges
public import Reports
public import Rules
package import Store

extension Severity: ExpressibleByArgument {}
extension Confidence: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension AuditGrouping: ExpressibleByArgument {}
extension WebhookBody: ExpressibleByArgument {}
extension Decision.State: ExpressibleByArgument {}
extension ForgeRepository.Visibility: ExpressibleByArgument {}
extension ForgeText.Kind: ExpressibleByArgument {}

enum ColorMode: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// `sarif=out.sarif`: a format and where its report goes.
struct ReportDestination {
    var format: ReportFormat
    var path: String

    init(format: ReportFormat, path: String) {
        self.format = format
        self.path = path
    }

    /// - Throws: `ValidationError` that lists the formats, where there is none of that name.
    init(argument: String) throws {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = ReportFormat(rawValue: parts[0]) else {
            let names = ReportFormat.allCases.map(\.rawValue)
            let meant = NearestWord.to(parts[0], in: names).map { ", did you mean \($0)?" } ?? ""
            throw ValidationError(
                "there is no such format\(meant); formats are \(names.joined(separator: ", ")); write FORMAT=FILE, for example sarif=out.sarif"
            )
        }
        guard parts.count == 2, !parts[1].isEmpty else {
            throw ValidationError("it does not say where the report goes; write \(format.rawValue)=FILE")
        }
        self.format = format
        path = parts[1]
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

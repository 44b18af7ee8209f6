package import Findings

/// What is said of a stream when it ends.
package enum FollowWording {
    /// `1,234 lines, 12.3 MB in 3 min`
    package static func coverage(_ summary: ScanSummary, lines: Int) -> String {
        "\(Quantity.count(lines, "line")), \(Quantity.bytes(summary.bytesScanned)) in \(Quantity.duration(summary.duration))"
    }

    /// `2 secrets found (1 high, 1 medium)`
    package static func verdict(_ result: ScanResult) -> String { Verdict(result).sentence }
}

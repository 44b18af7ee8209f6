import Findings
import Pipeline
import Platform
import Reports

/// What `--timings` says: how long each step took, and what the whole took of the machine.
enum TimingsListing {
    /// - Parameter seconds: From the first to the last, by the clock.
    static func text(_ timings: Timings, summary: ScanSummary, seconds: Double) -> String {
        var lines = timings.steps.filter { $0.seconds >= 0.00005 }.map { step, seconds in
            line(name(step), seconds, step == .reading ? rate(summary.bytesScanned, seconds) : "")
        }
        let usage = CurrentProcess.usage
        let mebibytes = usage.peakBytes >> 20
        let processors = self.seconds(usage.user) + self.seconds(usage.system)
        lines.append(line("total", seconds, "\(milliseconds(processors)) of processors, \(mebibytes) MiB at most"))
        return "Timings\n" + lines.joined()
    }

    private static func name(_ step: Timings.Step) -> String {
        switch step {
        case .rules: "rules"
        case .listing: "listing"
        case .reading: "reading"
        case .history: "history"
        case .judging: "judging"
        case .hygiene: "hygiene"
        case .verification: "verification"
        case .reports: "reports"
        }
    }

    private static func line(_ name: String, _ seconds: Double, _ note: String) -> String {
        let time = milliseconds(seconds)
        let gap = String(repeating: " ", count: max(1, 24 - name.count - time.count))
        return "  \(name)\(gap)\(time)\(note.isEmpty ? "" : "   \(note)")\n"
    }

    private static func milliseconds(_ seconds: Double) -> String {
        let tenths = Int((max(0, seconds) * 10_000).rounded())
        return "\(Quantity.grouped(tenths / 10)).\(tenths % 10) ms"
    }

    private static func rate(_ bytes: Int, _ seconds: Double) -> String {
        guard seconds > 0 else { return "" }
        return "\(Quantity.bytes(bytes)), \(Quantity.bytes(Int(min(Double(bytes) / seconds, 1e15)))) a second"
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

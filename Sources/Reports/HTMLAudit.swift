import Findings
internal import Rules

/// What a page of a store has besides the findings: when secrets came and went, how long they were exposed, and whose they are.
struct HTMLAudit {
    private let findings: [Finding]
    private let timelines: [Timeline]

    /// - Returns: `nil` for a scan, of which nobody knows more than its findings say.
    init?(_ result: ScanResult) {
        findings = result.findings
        guard result.summary.mode == .audit else { return nil }
        let now = result.summary.end.seconds
        timelines = findings.compactMap { Timeline($0.occurrences, now: now) }
    }

    var lines: [String] { numbers + chart + exposure }

    // MARK: Numbers

    private var numbers: [String] {
        let repositories = Set(findings.flatMap { $0.stored?.repositories ?? [] }).count
        let providers = Set(findings.map(\.rule.provider)).subtracting([""]).count
        let numbers = [
            (findings.count, findings.count == 1 ? "secret" : "secrets"),
            (findings.count(where: \.isLive), "live"), (timelines.count(where: \.isInHead), "in HEAD"),
            (repositories, repositories == 1 ? "repository with secrets" : "repositories with secrets"),
            (providers, providers == 1 ? "provider" : "providers"),
        ]
        return [#"<div class="numbers">"#]
            + numbers.map { "<div><b>\(Quantity.grouped($0.0))</b> \($0.1)</div>" } + ["</div>"]
    }

    // MARK: Months

    /// Secrets that came and went, by month; where these are many, by quarter or year.
    private var chart: [String] {
        let came = timelines.compactMap { $0.introduced?.authorTime }.map(Self.month)
        let went = timelines.compactMap { $0.removed?.authorTime }.map(Self.month)
        guard let first = (came + went).min(), let last = (came + went).max() else { return [] }
        let width = [1, 3, 12].first { (last - first) / $0 < Self.maximumBars } ?? 120
        let start = first / width
        let count = last / width - start + 1
        var bars = [(came: Int, went: Int)](repeating: (0, 0), count: count)
        for month in came { bars[month / width - start].came += 1 }
        for month in went { bars[month / width - start].went += 1 }
        return svg(bars, start: start, months: width)
    }

    private static let maximumBars = 72

    /// Months since the year 0. What a commit claims may be any time.
    private static func month(_ time: Int) -> Int {
        let day = Timestamp(seconds: time).date
        let parts = day.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? parts[0] * 12 + parts[1] - 1 : 0
    }

    private func svg(_ bars: [(came: Int, went: Int)], start: Int, months: Int) -> [String] {
        let most = max(1, bars.map(\.came).max() ?? 1, bars.map(\.went).max() ?? 1)
        let (step, half) = (14, 60)
        // No lower than what was removed needs, and wide enough for the words.
        let below = max(4, (bars.map(\.went).max() ?? 0) * half / most)
        let (width, bottom) = (max(120, bars.count * step + 40), half + below + 14)
        var lines = [
            "<figure><figcaption>Secrets that were introduced (above) and removed (below) by \(Self.unit(months))</figcaption>",
            #"<svg class="chart" role="img" viewBox="0 0 \#(width) \#(bottom + 4)" width="\#(width)" height="\#(bottom + 4)">"#,
            #"<text x="0" y="10">\#(most)</text><line x1="30" x2="\#(width)" y1="\#(half)" y2="\#(half)"/>"#,
        ]
        for (index, bar) in bars.enumerated() {
            let (x, name) = (30 + index * step, Self.name((start + index) * months, months))
            let height = { (count: Int) in count == 0 ? 0 : max(2, count * (half - 4) / most) }
            lines.append(
                #"<g><title>\#(name): \#(bar.came) introduced, \#(bar.went) removed</title>"#
                    + #"<rect class="came" x="\#(x)" y="\#(half - height(bar.came))" width="\#(step - 3)" height="\#(height(bar.came))"/>"#
                    + #"<rect class="went" x="\#(x)" y="\#(half)" width="\#(step - 3)" height="\#(height(bar.went))"/></g>"#
            )
        }
        lines.append(#"<text x="30" y="\#(bottom)">\#(Self.name(start * months, months))</text>"#)
        if bars.count > 10 {
            let last = Self.name((start + bars.count - 1) * months, months)
            lines.append(#"<text x="\#(width)" y="\#(bottom)" text-anchor="end">\#(last)</text>"#)
        }
        return lines + ["</svg></figure>"]
    }

    private static func unit(_ months: Int) -> String {
        switch months {
        case 1: "month"
        case 3: "quarter"
        case 12: "year"
        default: "ten years"
        }
    }

    /// `2024-03`, `2024 Q1`, `2024`
    private static func name(_ month: Int, _ months: Int) -> String {
        let year = String(month / 12)
        switch months {
        case 1: return "\(year)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
        case 3: return "\(year) Q\(month % 12 / 3 + 1)"
        default: return year
        }
    }

    // MARK: Exposure

    /// How long secrets stood in the open: those that are there still, and those that were removed.
    private var exposure: [String] {
        let known = timelines.filter { $0.exposedDays != nil }
        guard !known.isEmpty else { return [] }
        let spans = [
            ("less than a week", 7), ("less than a month", 30), ("less than a year", 365), ("longer", Int.max),
        ]
        var rows: [String] = []
        var least = 0
        for (name, limit) in spans {
            let within = known.filter { (least..<limit).contains($0.exposedDays ?? 0) }
            let there = within.count { $0.removed == nil }
            rows.append(
                "<tr><td>\(name)</td><td>\(Quantity.grouped(there))</td><td>\(Quantity.grouped(within.count - there))</td></tr>"
            )
            least = limit
        }
        return [
            "<table class=\"exposure\"><thead><tr><th>Exposed for</th><th>still there</th><th>removed</th></tr></thead><tbody>"
        ] + rows + ["</tbody></table>"]
    }
}

import Findings
import Reports
import Rules
import Store

/// Lines about one secret.
struct TriageDetailView {
    private let detail: SecretDetail
    private let selection: TriageSelection
    private let place: Int
    private let width: Int

    /// - Parameter place: The one that is chosen, an index.
    init(_ detail: SecretDetail, _ selection: TriageSelection, place: Int, width: Int) {
        self.detail = detail
        self.selection = selection
        self.place = place
        self.width = width
    }

    /// All of them, and where each place begins.
    var lines: (lines: [StyledLine], placeStarts: [Int]) {
        var lines = head + history
        lines.append(StyledLine())
        let overview = detail.overview
        let more = overview.placeCount - detail.places.count
        var title = Quantity.count(overview.placeCount, "place")
        if more > 0 { title += " (the first \(Quantity.grouped(detail.places.count)) of them)" }
        lines.append(StyledLine("   " + title, .strong))
        var starts: [Int] = []
        for (index, place) in detail.places.enumerated() {
            starts.append(lines.count)
            lines += self.lines(of: place, isChosen: index == self.place)
        }
        if !detail.remediation.isEmpty {
            lines += [StyledLine(), StyledLine("   What to do", .strong)]
            for (index, step) in detail.remediation.enumerated() { lines += text("\(index + 1). \(step)") }
        }
        return (lines, starts)
    }

    private var head: [StyledLine] {
        let overview = detail.overview
        var title = StyledLine("   ")
        title.add(overview.rule, .strong)
        title.add("  \(overview.redacted)  ")
        title.add("severity \(overview.severity.rawValue), confidence \(overview.confidence.rawValue)", .faint)
        var lines = [title] + text(detail.description)
        let state = selection.state(overview)
        var words = StyledLine("   ")
        words.add(overview.decision.map { state == .open ? "open" : $0.sentence } ?? "open", .strong)
        lines.append(words)
        for (repository, silence) in detail.silences {
            lines += text("\(repository): \(silence.reason.sentence(silence.justification))")
        }
        return lines
    }

    /// What was decided, and what providers said, in the order of time.
    private var history: [StyledLine] {
        let decisions = detail.decisions.map { (Double($0.time), $0.sentence) }
        let answers = detail.verifications.map { ($0.time, $0.sentence) }
        let all = (decisions + answers).sorted { $0.0 < $1.0 }
        if all.isEmpty { return [] }
        return [StyledLine(), StyledLine("   History", .strong)]
            + all.flatMap { time, sentence in text("\(Timestamp(seconds: time).date)  \(sentence)") }
    }

    private func lines(of place: SecretDetail.Place, isChosen: Bool) -> [StyledLine] {
        let occurrence = place.occurrence
        var head = StyledLine(isChosen ? " > " : "   ")
        head.add("\(place.repository)/\(occurrence.path):\(occurrence.region.startLine)", .path)
        head.isReversed = isChosen
        var lines = [head]
        for line in occurrence.snippet.split(whereSeparator: \.isNewline).prefix(6) {
            lines.append(StyledLine("     " + line))
        }
        if let decoding = occurrence.decoding { lines += text("  \(decoding)", .faint) }
        if let history = occurrence.history {
            lines += text("  \(history.introduction)", .faint)
            lines += text("  \(history.fate)", .faint)
            if !history.otherPaths.isEmpty {
                lines += text("  as \(history.otherPaths.joined(separator: ", ")), too", .faint)
            }
        }
        return lines
    }

    private func text(_ text: String, _ look: TextLook = .plain) -> [StyledLine] {
        if text.isEmpty { return [] }
        let indent = "   " + String(text.prefix { $0 == " " })
        let harmless = CellText.harmless(String(text.drop { $0 == " " }))
        return CellText.wrapped(harmless, to: width - indent.utf8.count).map { StyledLine(indent + $0, look) }
    }
}

import Findings
import Reports
import Rules
import Store

/// Lines of a model, as many as the terminal has.
package struct TriageView {
    private let model: TriageModel

    package init(_ model: TriageModel) { self.model = model }

    private var width: Int { model.columns }

    /// From top to bottom.
    package var lines: [StyledLine] {
        var lines = [bar, heading]
        switch model.mode {
        case .list: lines += list
        case .detail: lines += page(detail.lines)
        case .help: lines += page(help)
        }
        while lines.count < model.lines - 2 { lines.append(StyledLine()) }
        // On a very low terminal what is asked, and what was said, is worth more than a list.
        lines = Array(lines.prefix(max(0, model.lines - 2)))
        lines.append(speech)
        lines.append(keys)
        return Array(lines.suffix(model.lines))
    }

    private func page(_ all: [StyledLine]) -> [StyledLine] {
        Array(all.dropFirst(model.scroll).prefix(model.listHeight))
    }

    // MARK: Bars

    private var bar: StyledLine {
        let selection = model.selection
        let shown = Quantity.grouped(selection.shown.count)
        var text = " windsock triage   \(shown) of \(Quantity.count(selection.secrets.count, "secret"))"
        text += "   showing \(selection.scope.rawValue)" + (selection.showsLow ? ", low confidence, too" : "")
        text += "   by \(selection.order.rawValue)"
        if !selection.filter.isEmpty { text += "   filter: \(selection.filter)" }
        if !model.marked.isEmpty { text += "   \(Quantity.grouped(model.marked.count)) marked" }
        return StyledLine(text + "   \(model.name)", .plain, isReversed: true)
    }

    private var heading: StyledLine {
        switch model.mode {
        case .list:
            var line = StyledLine("   ", .faint)
            for column in columns { line.add(column: column.title, column.width, .faint) }
            return line
        case .detail: return StyledLine("   " + (model.detail?.overview.fingerprint.description ?? ""), .faint)
        case .help: return StyledLine("   Keys", .faint)
        }
    }

    /// What is asked, or what came of the last key.
    private var speech: StyledLine {
        guard let prompt = model.prompt else { return StyledLine(" " + model.message, .strong) }
        let label = " " + prompt.label
        let room = max(1, width - CellText.width(label) - 1)
        var line = StyledLine(label, .strong)
        // Its end, where somebody writes.
        var text = CellText.harmless(prompt.text)
        while CellText.width(text) > room { text.unicodeScalars.removeFirst() }
        line.add(text + "_")
        if !model.message.isEmpty { line.add("  (\(model.message))", .medium) }
        return line
    }

    private var keys: StyledLine {
        let text =
            if model.prompt != nil {
                " Enter takes it   Esc leaves it   Ctrl-U empties it"
            } else {
                switch model.mode {
                case .list:
                    " ? help  Enter detail  / filter  s state  space mark  f a r v o decide  q quit"
                case .detail: " ? help  Esc list  n p place  b browser  ] [ next  f a r v o decide  u undo"
                case .help: " any key goes back"
                }
            }
        return StyledLine(text, .plain, isReversed: true)
    }

    // MARK: The list

    private struct Column {
        var title: String
        var width: Int
        var text: (SecretOverview) -> (String, TextLook)
    }

    /// They share what the terminal has; a wide one shows more of them.
    private var columns: [Column] {
        let isWide = width >= 120
        var columns = [Column(title: "", width: 8, text: Self.urgency)]
        columns.append(
            Column(title: "since", width: 10) { secret in
                (secret.introduced.map { Timestamp(seconds: $0).date } ?? "", .faint)
            })
        if isWide || model.selection.scope != .open {
            columns.append(
                Column(title: "state", width: 14) { [selection = model.selection] secret in
                    let state = selection.state(secret)
                    return (state.rawValue, state == .open ? .plain : .settled)
                })
        }
        if isWide {
            columns.append(
                Column(title: "places", width: 6) { (Quantity.grouped($0.placeCount), .plain) })
        }
        let taken = columns.reduce(3) { $0 + $1.width + 2 }
        let rest = max(12, width - taken)
        // The first and last four characters, and what is between.
        let redacted = min(11, rest / 4)
        let rule = min(isWide ? 44 : 22, rest * 2 / 5)
        columns.append(Column(title: "rule", width: rule) { ($0.rule, .strong) })
        columns.append(Column(title: "secret", width: redacted) { ($0.redacted, .plain) })
        columns.append(
            Column(title: "where", width: max(1, rest - rule - redacted - 6)) { (Self.place($0), .path) })
        return columns
    }

    private static func urgency(_ secret: SecretOverview) -> (String, TextLook) {
        if let liveness = secret.liveness, liveness.isLive { return ("LIVE", .high) }
        let look: TextLook =
            switch secret.severity {
            case .critical: .critical
            case .high: .high
            case .medium: .medium
            case .low: .low
            }
        return (secret.severity.rawValue, look)
    }

    private static func place(_ secret: SecretOverview) -> String {
        guard let first = secret.repositories.first else { return "nowhere any more" }
        let more = secret.repositories.count > 1 ? " +\(secret.repositories.count - 1)" : ""
        return first + more + (secret.isInHead ? "" : ", not in HEAD")
    }

    private var list: [StyledLine] {
        let selection = model.selection
        if selection.shown.isEmpty { return empty }
        let columns = columns
        return selection.shown.indices.dropFirst(model.top).prefix(model.listHeight).map { index in
            let secret = selection.secrets[selection.shown[index]]
            let isCurrent = index == model.cursor
            var line = StyledLine((isCurrent ? ">" : " ") + (model.marked.contains(secret.fingerprint) ? "* " : "  "))
            for column in columns {
                let (text, look) = column.text(secret)
                line.add(column: text, column.width, look)
            }
            line.isReversed = isCurrent
            return line
        }
    }

    private var empty: [StyledLine] {
        let selection = model.selection
        var lines = [StyledLine()]
        if selection.secrets.isEmpty {
            lines.append(StyledLine("   There is no secret in this store."))
        } else if !selection.filter.isEmpty {
            lines.append(StyledLine("   Nothing passes the filter; Esc takes it away."))
        } else {
            lines.append(StyledLine("   Nothing is \(selection.scope.rawValue); s shows others."))
        }
        return lines
    }

    // MARK: One secret

    /// All lines about a secret, and where each place begins among them.
    var detail: (lines: [StyledLine], placeStarts: [Int]) {
        guard let detail = model.detail else { return ([StyledLine(), StyledLine("   …")], []) }
        return TriageDetailView(detail, model.selection, place: model.place, width: width).lines
    }

    // MARK: Help

    /// What keys do.
    var help: [StyledLine] {
        let all: [(String, String)] = [
            ("Up Down j k", "one line; PgUp PgDn a page, g G the first and the last"),
            ("Enter", "a secret: where it stands, redacted, who brought it, what was decided and what a provider said"),
            (
                "/",
                "a filter: words that rule, provider, repository, secret, fingerprint or decision have in them; Esc takes it away"
            ),
            ("s", "which are shown: open, decided, all"), ("t", "order: urgency, age, repository, rule"),
            ("l", "those of low confidence, too"), ("space *", "mark one; mark all that are shown, or none"),
            ("f", "decide: false-positive, it is no secret"), ("a", "accepted, it is one and may stay"),
            ("r", "rotated, another took its place"), ("v", "revoked, the provider refuses it"),
            ("o", "open again"), ("u", "take back what was decided last on this screen"),
            ("n p", "of one secret: the next place, the one before"), ("b", "open that place in the browser"),
            ("] [", "of one secret: the next one of the list, the one before"), ("R", "read the store again"),
            ("Ctrl-L", "paint all anew"), ("Ctrl-Z", "to the shell; fg comes back"), ("q Ctrl-C", "quit"),
        ]
        return all.flatMap { key, text -> [StyledLine] in
            CellText.wrapped(text, to: max(10, width - 18)).enumerated().map { index, part in
                var line = StyledLine("   ")
                line.add(column: index == 0 ? key : "", 12, .strong)
                line.add(part)
                return line
            }
        }
    }
}

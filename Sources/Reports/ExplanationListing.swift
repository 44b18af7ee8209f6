package import Findings

/// Writes for people why each match of a scan was reported or dropped.
package enum ExplanationListing {
    /// A paragraph a place, then a line for each rule that keywords set off in vain; ends with a line end.
    package static func text(_ explanations: ScanExplanations, options: ReportOptions) -> String {
        let style = TextStyle(isEnabled: options.color)
        var lines = [style.strong("Why")]
        if explanations.places.isEmpty { lines.append("  no pattern matched anywhere") }
        for place in explanations.places { lines += paragraph(place, style, options) }
        if !explanations.unmatched.isEmpty {
            lines += ["", style.strong("Set off by a keyword, but the pattern matched nowhere")]
            let width = min(48, explanations.unmatched.map(\.ruleID.count).max() ?? 0)
            for rule in explanations.unmatched {
                let id = rule.ruleID.visible + String(repeating: " ", count: max(0, width - rule.ruleID.count))
                lines.append(
                    "  \(id)  \(some(of: rule.keywords)): \(Quantity.count(rule.hits, "time")) in "
                        + Quantity.count(rule.files, "text"))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func paragraph(_ place: Explanation, _ style: TextStyle, _ options: ReportOptions) -> [String] {
        let region = place.region
        let secret = options.showSecrets ? place.secret.revealed : place.secret.redacted
        var lines = [
            "  " + style.path("\(place.path.visible):\(region.startLine):\(region.startColumn)")
                + "  \(style.strong(place.ruleID.visible))  \(secret.visible)"
        ]
        lines.append("      \(place.trigger.visible), and its pattern matched")
        if !place.decoders.isEmpty {
            lines.append("      decoded from " + place.decoders.map(\.visible).joined(separator: ", then "))
        }
        if !place.passed.isEmpty {
            lines.append(
                style.faint("      passed " + place.passed.map { Self.words($0, place) }.joined(separator: ", ")))
        }
        lines.append("      " + place.outcome.visible)
        return lines
    }

    private static func words(_ filter: DropReason, _ place: Explanation) -> String {
        place.details[filter].map { "\(filter.filter) (\($0.visible))" } ?? filter.filter
    }

    private static let shownKeywords = 4

    private static func some(of keywords: [String]) -> String {
        let shown = keywords.prefix(shownKeywords).map { "\"\($0.visible)\"" }.joined(separator: ", ")
        let rest = keywords.count - shownKeywords
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }
}

extension Explanation {
    fileprivate var trigger: String {
        keyword.map { "the keyword \"\($0)\" set the rule off" } ?? "the rule is tried on every text"
    }

    fileprivate var outcome: String {
        switch verdict {
        case .reported: "reported"
        case .dropped(let reason, let detail):
            "dropped by \(reason.filter): \(reason.sentence)\(detail.map { " (\($0))" } ?? "")"
        }
    }
}

import Findings

extension JSONWriter {
    /// The fields that JSON and JSON Lines have of a place that a pattern matched.
    mutating func fields(of place: Explanation, showingSecret: Bool) {
        field("rule", place.ruleID)
        field("keyword", ifPresent: place.keyword)
        field("path", place.path)
        field("startLine", place.region.startLine)
        field("startColumn", place.region.startColumn)
        field("endLine", place.region.endLine)
        field("endColumn", place.region.endColumn)
        field("redacted", place.secret.redacted)
        if showingSecret { field("secret", place.secret.revealed) }
        field("decoders", place.decoders)
        field("passed", place.passed.map(\.filter))
        switch place.verdict {
        case .reported: field("verdict", "reported")
        case .dropped(let reason, let detail):
            field("verdict", "dropped")
            field("filter", reason.filter)
            field("reason", reason.sentence)
            field("detail", ifPresent: detail)
        }
    }

    mutating func fields(of rule: ScanExplanations.Unmatched) {
        field("rule", rule.ruleID)
        field("keywords", rule.keywords)
        field("hits", rule.hits)
        field("texts", rule.files)
    }
}

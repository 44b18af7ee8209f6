import Findings
internal import Rules

/// The sentence that GitHub shows with an alert.
enum SARIFMessage {
    private static let linkLimit = 3

    static func text(_ finding: Finding, at occurrence: Occurrence, related: [Occurrence]) -> String {
        let rule = finding.rule
        var sentences = [
            "Secret \(escape(finding.secret.redacted)), rule \(escape(rule.id)), "
                + "confidence \(occurrence.confidence.rawValue).",
            escape(rule.explanation),
        ]
        if let verification = finding.verification { sentences.append(escape(verification.sentence)) }
        if let origin = occurrence.origin.sentence { sentences.append("It stands " + origin + ".") }
        if let member = occurrence.memberSentence { sentences.append(escape(member)) }
        if let image = occurrence.image { sentences.append(escape(image.sentence)) }
        if let decoding = occurrence.decoding { sentences.append("Decoded from " + escape(decoding) + ".") }
        if let history = occurrence.history {
            sentences.append(escape("In the history \(history.introduction); \(history.fate)."))
        }
        if let others = others(related, count: finding.occurrences.count - 1) { sentences.append(others) }
        sentences.append("First step: " + escape(rule.steps[0]))
        return sentences.joined(separator: " ")
    }

    /// Links to related locations; GitHub shows only those that the text links to.
    private static func others(_ related: [Occurrence], count: Int) -> String? {
        guard !related.isEmpty else { return nil }
        let links = related.prefix(linkLimit).enumerated().map { index, place in
            "[\(escape(place.path)):\(place.region.startLine)](\(index + 1))"
        }
        let rest = count - links.count
        return "Also in " + links.joined(separator: ", ") + (rest > 0 ? " and \(Quantity.grouped(rest)) more." : ".")
    }

    /// Brackets make links in message texts (SARIF 2.1.0, 3.11.6), which an author's name must not.
    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text.visible {
            if "[]\\".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }
}

import Platform

/// What can be read and used and does not do what its author must believe: told by `rules check` alone, since a scan with
/// the rules that others wrote should not fail for it.
enum RuleReview {
    /// Shannon's entropy of bytes has no more bits.
    private static let mostBits = 8.0

    /// One sentence for each objection, without the rule's name.
    static func objections(to rule: Rule) -> [String] {
        demands(of: rule) + rule.allowlists.flatMap { objections(to: $0, of: rule.id) }
            + rule.examples.compactMap(marks)
    }

    /// One sentence for each objection to an allow-list outside of rules.
    static func objections(to list: Allowlist) -> [String] {
        if !list.hasCriterion { return ["\(list.name) has no criterion and allows nothing: \(Self.criteria)"] }
        return list.emptyCriterion.map { ["\(list.name) has an empty text in \($0), which stands in everything"] } ?? []
    }

    private static let criteria = "give it regexes, paths, commits or stopwords"

    private static func demands(of rule: Rule) -> [String] {
        var objections: [String] = []
        let length = rule.shape?.maximumLength
        if let entropy = rule.entropy {
            let count = min(length ?? 256, rule.regex.flatMap(PatternReview.byteCount) ?? 256)
            let limit = min(mostBits, log2(Double(max(1, count))))
            if entropy < 0 {
                objections.append(
                    "demands an entropy of \(entropy), which every secret has: leave it out, or write 3.0")
            } else if entropy >= limit || entropy.isNaN {
                let tenths = Int((limit * 10).rounded(.down))
                objections.append(
                    "demands an entropy above \(entropy) bits a byte, and what its pattern matches has \(tenths / 10).\(tenths % 10) at most: nothing would be found"
                )
            }
        }
        let demanded = rule.minimumDigits + rule.minimumUppercase + rule.minimumLowercase
        if let length, demanded > length {
            objections.append(
                "demands \(demanded) digits and letters of a match of \(length) bytes at most: nothing would be found")
        }
        return objections
    }

    /// One sentence for each objection to an allow-list of a rule, without the rule's name.
    static func objections(to list: Allowlist, of id: String) -> [String] {
        var objections: [String] = []
        if !list.hasCriterion {
            objections.append("has \(list.name) without a criterion, which allows nothing: \(criteria)")
        }
        if let field = list.emptyCriterion {
            objections.append("has \(list.name) with an empty text in \(field), which stands in everything")
        }
        if list.targetRules.contains(where: { $0 != id }) {
            objections.append(
                "names targetRules in \(list.name) of its own, which is for this rule alone: leave them out, or move the list out of the rule"
            )
        }
        return objections
    }

    /// A secret that is marked where nothing may be found.
    private static func marks(_ example: Rule.Example) -> String? {
        guard example.isNegative, let place = example.place,
            MarkedExample(text: example.text).example(isNegative: false, place: place) != nil
        else { return nil }
        return "marks a secret in \(place), which is to be silent: take the marks out, or move the text to found"
    }
}

extension Allowlist {
    fileprivate var hasCriterion: Bool { !(regexes.isEmpty && paths.isEmpty && commits.isEmpty && stopwords.isEmpty) }

    /// The field in which a pattern or a word has no character; `nil`: none.
    fileprivate var emptyCriterion: String? {
        let fields = [("regexes", regexes), ("paths", paths), ("commits", commits), ("stopwords", stopwords)]
        return fields.first { $0.1.contains("") }?.0
    }

    /// For a message.
    fileprivate var name: String { description.isEmpty ? "an allow-list" : "the allow-list \"\(description)\"" }
}

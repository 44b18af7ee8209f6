import Rules

/// A rule made ready for matching. Shared by all threads, and made when the rule is first set off.
final class CompiledRule: Sendable {
    let rule: Rule
    let pattern: LazyPattern?
    let path: LazyPattern?
    let allowlists: [CompiledAllowlist]
    let context: ContextJudge?

    init(_ rule: Rule, globalAllowlists: [Allowlist]) {
        self.rule = rule
        pattern = rule.regex.map(LazyPattern.init)
        path = rule.path.map(LazyPattern.init)
        let global = globalAllowlists.filter { $0.targetRules.isEmpty || $0.targetRules.contains(rule.id) }
        allowlists = (rule.allowlists + global).map(CompiledAllowlist.init)
        context = rule.context.map { ContextJudge($0, rule: rule) }
    }

    /// Every pattern of the rule.
    var patterns: [LazyPattern] {
        [pattern, path].compactMap { $0 } + allowlists.flatMap(\.patterns) + (context?.paths ?? [])
    }
}

/// Where a pattern is tried once a keyword was seen.
enum Reach: Sendable, Equatable {
    /// From so many bytes before the keyword's first byte to so many behind it, which are fewer than none where a match
    /// begins with something else.
    case around(before: Int, behind: Int)
    /// The line of the keyword.
    case line
    case text
}

extension Rule {
    /// A rule with keywords is set off by them and judged by its context; one without, by the context's words.
    var isSetOffByContext: Bool { keywords.isEmpty && context?.words.isEmpty == false }

    /// Literals that set the rule off, lower case.
    var triggers: [String] { isSetOffByContext ? context?.words ?? [] : keywords }

    /// How much the rule says about what it finds: 0 a name that holds keys, 1 a kind of credential, 2 whose it is. A rule
    /// that says more goes before others that claim the same place.
    var specificity: Int { strength == .generic ? 0 : provider.isEmpty ? 1 : 2 }

    /// What the pattern says of its matches: as it was prepared, or read from the pattern now. `nil` without a pattern.
    var knownShape: PatternShape? { shape ?? regex.map { PatternShape(pattern: $0, keywords: keywords) } }

    /// Longer matches are looked for in the whole line or text: windows that wide overlap anyway.
    private static let longestWindow = 16384

    /// Where matches can begin, as narrowly as the pattern says.
    var start: Reach {
        guard !isSetOffByContext, let place = knownShape?.keywordPlace, place.upperBound <= Self.longestWindow else {
            return reach
        }
        return .around(before: place.upperBound, behind: 1 - place.lowerBound)
    }

    /// What of the text matches can take.
    var reach: Reach {
        if isSetOffByContext {
            // What encloses a line is looked for as far up, what is near as far down, as these.
            return .around(before: 2 * ContextJudge.sameLineReach + 1024, behind: EnclosingLines.reach + 512)
        }
        guard let shape = knownShape, shape.holdsKeyword else { return .text }
        if let length = shape.maximumLength, length <= Self.longestWindow {
            return .around(before: length, behind: length + 1)
        }
        return shape.crossesLines ? .text : .line
    }
}

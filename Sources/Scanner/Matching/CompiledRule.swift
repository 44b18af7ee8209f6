import Rules

/// A rule made ready for matching. Shared by all threads.
struct CompiledRule: Sendable {
    /// Where a pattern is tried once a keyword was seen.
    enum Reach: Sendable, Equatable {
        /// Bytes before and behind the keyword's first byte.
        case around(before: Int, behind: Int)
        /// The line of the keyword.
        case line
        case text
    }

    let rule: Rule
    let pattern: LazyPattern?
    let path: LazyPattern?
    let allowlists: [CompiledAllowlist]
    let context: ContextJudge?
    let reach: Reach
    /// Literals that set the rule off, lower case.
    let triggers: [[UInt8]]
    /// Literals that, seen anywhere in the text, make the rule look at all of it.
    let fileTriggers: [[UInt8]]
    /// How much the rule says about what it finds: 0 a name that holds keys, 1 a kind of credential, 2 whose it is. A rule
    /// that says more goes before others that claim the same place.
    let specificity: Int

    init(_ rule: Rule, globalAllowlists: [Allowlist]) {
        self.rule = rule
        pattern = rule.regex.map(LazyPattern.init)
        path = rule.path.map(LazyPattern.init)
        let global = globalAllowlists.filter { $0.targetRules.isEmpty || $0.targetRules.contains(rule.id) }
        allowlists = (rule.allowlists + global).map(CompiledAllowlist.init)
        context = rule.context.map { ContextJudge($0, rule: rule) }
        specificity = rule.tags.contains("generic") ? 0 : rule.provider.isEmpty ? 1 : 2
        let words = rule.context?.words ?? []
        // A rule with keywords is set off by them and judged by its context; one without, by the context's words.
        let isSetOffByContext = rule.keywords.isEmpty && !words.isEmpty
        triggers = (isSetOffByContext ? words : rule.keywords).map { Array($0.utf8) }
        fileTriggers = (rule.context?.file ?? []).map { Array($0.utf8) }
        reach = Self.reach(of: rule, isSetOffByContext: isSetOffByContext)
    }

    private static func reach(of rule: Rule, isSetOffByContext: Bool) -> Reach {
        if isSetOffByContext {
            // What encloses a line is looked for as far up, what is near as far down, as these.
            return .around(before: 2 * ContextJudge.sameLineReach + 1024, behind: EnclosingLines.reach + 512)
        }
        guard let regex = rule.regex else { return .text }
        let shape = rule.shape ?? PatternShape(pattern: regex, keywords: rule.keywords)
        guard shape.holdsKeyword else { return .text }
        if let length = shape.maximumLength, length <= 16384 { return .around(before: length, behind: length + 1) }
        return shape.crossesLines ? .text : .line
    }
}

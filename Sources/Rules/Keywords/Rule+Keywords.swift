extension Rule {
    /// A rule with keywords is set off by them and judged by its context; one without, by the context's words.
    package var isSetOffByContext: Bool { keywords.isEmpty && context?.words.isEmpty == false }

    /// Literals that set the rule off, lower case.
    package var triggers: [String] { isSetOffByContext ? context?.words ?? [] : keywords }

    /// What the pattern says of its matches: as it was prepared, or read from the pattern now. `nil` without a pattern.
    package var knownShape: PatternShape? {
        shape ?? regex.map { PatternShape(pattern: $0, keywords: keywords) }
    }

    /// Where around a keyword matches can begin, as narrowly as the pattern says.
    package var beginnings: KeywordWindow {
        guard !isSetOffByContext, let place = knownShape?.keywordPlace, place.upperBound <= KeywordWindow.longest
        else { return extent }
        return .around(before: place.upperBound, behind: 1 - place.lowerBound)
    }

    /// Where around a keyword any byte of a match can stand.
    package var extent: KeywordWindow {
        if judge != nil { return .keyword }
        if isSetOffByContext { return .context }
        guard let shape = knownShape, shape.holdsKeyword else { return .text }
        if let length = shape.maximumLength, length <= KeywordWindow.longest {
            return .around(before: length, behind: length + 1)
        }
        return shape.crossesLines ? .text : .line
    }

    /// How long a text may be, in bytes, that the rule can match.
    var longestText: Int {
        guard let regex, regex.hasPrefix(#"\A"#), regex.hasSuffix(#"\z"#), !regex.contains("|") else { return .max }
        return knownShape?.maximumLength ?? .max
    }
}

import Bytes

/// Looks at what a text has that its base has not.
extension CandidateFinder {
    /// Forgets the last text and makes ready for the changed parts of another.
    ///
    /// - Parameters:
    ///   - inherited: The distant keywords of the base.
    ///   - neighborhoods: The lines around the changed parts, as far as `Margins.neighborhood` says: `encodedRuns` may be
    ///     asked for them afterwards.
    ///   - cutsLines: Whether any of the parts begins or ends within a line.
    mutating func begin(
        inheriting inherited: KeywordSet, neighborhoods: [Range<Int>], cutsLines: Bool, in text: UnsafeRawBufferPointer
    ) {
        begin()
        runs.search(only: neighborhoods)
        self.inherited = inherited
        attempts.removeAll(keepingCapacity: true)
        guard let distantRules, !inherited.isEmpty else { return }
        var longest = TokenRuns.Longest()
        for part in neighborhoods { longest.formMaximum(runs.longest(in: part, of: text)) }
        inherited.forEach { keyword in
            distantRules.triggers.forEach(of: keyword) { trigger in
                if trigger.isFileWord { fileWordRules.insert(trigger.rule) }
                guard trigger.isPossible(cutsLine: cutsLines, with: longest) else { return }
                attempts.append(DistantAttempt(trigger: trigger, keyword: keyword))
            }
        }
    }

    /// Looks at a changed part.
    ///
    /// - Parameter longest: The longest runs of its neighborhood; `nil` if they were not asked for yet.
    mutating func find(
        in part: ChangedPart, longest: inout TokenRuns.Longest?, neighborhood: Range<Int>,
        of text: UnsafeRawBufferPointer
    ) {
        progress.part = part
        if !attempts.isEmpty {
            let known = longest ?? runs.longest(in: neighborhood, of: text)
            longest = known
            tryDistantRules(around: part, known, text)
        }
        findKeywords(inKnown: part.lines, of: text)
        // The literal that goes on in a part, or from it, may end on a line that is as it was.
        for edge in [part.lines.lowerBound, part.lines.upperBound]
        where !marks.contains(.joinedLiterals) && JoinedLiterals.joins(acrossLineEnd: edge, in: text) {
            marks.insert(.joinedLiterals)
        }
    }

    /// Opens windows of distant rules around a part: where each match holds the keyword, only where that stands.
    private mutating func tryDistantRules(
        around part: ChangedPart, _ longest: TokenRuns.Longest, _ text: UnsafeRawBufferPointer
    ) {
        for number in attempts.indices {
            let (trigger, keyword, end) = (attempts[number].trigger, attempts[number].keyword, attempts[number].end)
            guard let window = trigger.window(around: part, with: longest, in: text), window.upperBound > end
            else { continue }
            if trigger.isHeld, case .around(let before, let behind) = index.beginnings[trigger.rule] {
                let search = KeywordSearch(rule: trigger.rule, keyword: keyword, before: before, behind: behind)
                attempts[number].end = setOff(
                    by: search, in: window, around: part, from: end, acrossLines: trigger.looksAcrossLines, text)
            } else {
                attempts[number].end = window.upperBound
                windows.insert(max(window.lowerBound, end)..<window.upperBound, for: trigger.rule)
            }
        }
    }

    /// A keyword that is looked for by itself, for one of its rules, and the window that is opened around it.
    private struct KeywordSearch {
        let rule: Int
        let keyword: Int
        let before: Int
        let behind: Int
    }

    /// Sets a rule off by the places of its keyword in a window around a changed part.
    ///
    /// - Parameters:
    ///   - end: Keywords before it were found already.
    ///   - acrossLines: Whether the rule's pattern looks at the lines next to a match.
    /// - Returns: Up to where keywords were looked for.
    private mutating func setOff(
        by search: KeywordSearch, in window: Range<Int>, around part: ChangedPart, from end: Int, acrossLines: Bool,
        _ text: UnsafeRawBufferPointer
    ) -> Int {
        let length = index.lengths[search.keyword]
        let first = max(window.lowerBound, end - length)
        // Parts of lines can end in a keyword.
        let seam = part.cutsLine ? length - 1 : 0
        var last = window.upperBound
        if !acrossLines {
            // A match that begins behind the lines holds nothing new, and sees nothing new.
            last = min(last, part.lines.upperBound + (search.before > 0 ? search.before + length - 1 : seam))
        }
        if max(search.before, search.behind) > Margins.match {
            setOff(by: search, from: first, to: last, text)
        } else {
            // Those in the lines are found with all other keywords.
            setOff(by: search, from: first, to: part.lines.lowerBound + seam, text)
            setOff(by: search, from: max(first, part.lines.upperBound - seam), to: last, text)
        }
        return max(end, last)
    }

    private mutating func setOff(
        by search: KeywordSearch, from start: Int, to end: Int, _ text: UnsafeRawBufferPointer
    ) {
        var start = start
        while start < end, let offset = index.first(search.keyword, in: start..<end, of: text) {
            openWindow(
                of: search.rule, around: offset, before: search.before, behind: search.behind, in: text)
            start = offset + 1
        }
    }
}

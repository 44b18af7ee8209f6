import Bytes

/// Looks at what a text has that the text it was made from has not.
extension TextMatcher {
    /// Fills `matches`, `undecided` and `farKeywords` with what some lines of a text have that was made from another.
    ///
    /// - Parameters:
    ///   - changed: Where it is not as the other was.
    ///   - near: What these lines are part of, also in lines: `encodedRuns` may be asked for it afterwards.
    ///   - inherited: The far keywords of what it was made from.
    mutating func match(
        _ text: UnsafeRawBufferPointer, changed: ChangedRanges, near: [Range<Int>], inherited: KeywordSet
    ) {
        guard let farRules else { preconditionFailure("this matcher knows no far rules") }
        begin()
        place = Place(path: nil)
        self.inherited = inherited
        runs.search(only: near)
        setFarTries(text, changed, near, inherited, farRules)
        var place = near.startIndex
        var longest: TokenRuns.Longest?
        for (index, range) in changed.lines.enumerated() {
            while near[place].upperBound < range.upperBound {
                place += 1
                longest = nil
            }
            isTorn = changed.isTorn(index, text)
            if !farTries.isEmpty {
                let known = longest ?? runs.longest(in: near[place], of: text)
                longest = known
                tryFarRules(around: range, known, text)
            }
            changes = changed.changes(in: index)
            setWindows(text, inPart: range)
        }
        self.inherited = nil
        finish(text)
    }

    /// Notes which far rules may match something that is new.
    private mutating func setFarTries(
        _ text: UnsafeRawBufferPointer, _ changed: ChangedRanges, _ near: [Range<Int>], _ inherited: KeywordSet,
        _ farRules: FarRules
    ) {
        farTries.removeAll(keepingCapacity: true)
        guard !inherited.isEmpty else { return }
        var longest = TokenRuns.Longest()
        for part in near { longest.formMaximum(runs.longest(in: part, of: text)) }
        let areTorn = changed.lines.indices.contains { changed.isTorn($0, text) }
        inherited.forEach { keyword in
            farRules.triggers.forEach(of: keyword) { trigger in
                if trigger.isFileWord { noteFileWord(of: trigger.rule) }
                guard trigger.isPossible(areTorn: areTorn, with: longest) else { return }
                farTries.append(FarTry(trigger: trigger, keyword: keyword))
            }
        }
    }

    /// Tries them around some lines: where each match holds the keyword, where that stands.
    private mutating func tryFarRules(
        around lines: Range<Int>, _ longest: TokenRuns.Longest, _ text: UnsafeRawBufferPointer
    ) {
        for index in farTries.indices {
            let (trigger, keyword, end) = (farTries[index].trigger, farTries[index].keyword, farTries[index].end)
            guard let window = trigger.window(around: lines, isTorn: isTorn, with: longest, in: text),
                window.upperBound > end
            else { continue }
            if trigger.isHeld, case .around(let before, let behind) = engine.starts[trigger.rule] {
                farTries[index].end = setOff(trigger, at: keyword, in: window, lines, before, behind, from: end, text)
            } else {
                farTries[index].end = window.upperBound
                activate(trigger.rule, max(window.lowerBound, end)..<window.upperBound)
            }
        }
    }

    /// Sets a rule off by the keywords in a window around some lines.
    ///
    /// - Returns: Up to where keywords were looked for; those before `end` were found before.
    private mutating func setOff(
        _ trigger: FarTrigger, at keyword: Int, in window: Range<Int>, _ lines: Range<Int>, _ before: Int,
        _ behind: Int, from end: Int, _ text: UnsafeRawBufferPointer
    ) -> Int {
        let length = engine.keywordLengths[keyword]
        let first = max(window.lowerBound, end - length)
        // Parts of lines can end in a keyword.
        let seam = isTorn ? length - 1 : 0
        var last = window.upperBound
        if !trigger.looksAcrossLines {
            // A match that begins behind the lines holds nothing new, and sees nothing new.
            last = min(last, lines.upperBound + (before > 0 ? before + length - 1 : seam))
        }
        if max(before, behind) > Margins.match {
            setOff(trigger.rule, at: keyword, from: first, to: last, before, behind, text)
        } else {
            // Those in the lines are found with all other keywords.
            setOff(trigger.rule, at: keyword, from: first, to: lines.lowerBound + seam, before, behind, text)
            setOff(
                trigger.rule, at: keyword, from: max(first, lines.upperBound - seam), to: last, before, behind, text)
        }
        return max(end, last)
    }

    private mutating func setOff(
        _ rule: Int, at keyword: Int, from start: Int, to end: Int, _ before: Int, _ behind: Int,
        _ text: UnsafeRawBufferPointer
    ) {
        var start = start
        while start < end, let offset = text.firstCaseless(engine.keywords[keyword], in: start..<end) {
            activate(rule, around: offset, before, behind, text)
            start = offset + 1
        }
    }

    /// Whether any of a keyword was not there, or not next to what it is next to now, in the text's base.
    func isNew(_ keyword: Int, at offset: Int) -> Bool {
        let end = offset + engine.keywordLengths[keyword]
        let first = changes.partitionPoint { $0.upperBound < offset }
        return first < changes.endIndex && changes[first].lowerBound <= end
    }
}

import Bytes
import Rules

/// Finds the keywords of a text and notes where the rules that they set off are to be tried.
extension CandidateFinder {
    mutating func findKeywords(in range: Range<Int>, of text: UnsafeRawBufferPointer) {
        index.prefilter.forEachHit(in: text.slice(range), buffer: hits.hits) { offset, keyword in
            setOff(by: keyword, at: range.lowerBound + offset, text)
        }
    }

    /// Finds the keywords of a part that may have been seen in another text.
    mutating func findKeywords(inKnown range: Range<Int>, of text: UnsafeRawBufferPointer) {
        guard let place = known.place(of: text.slice(range)) else { return findKeywords(in: range, of: text) }
        if let count = known.hitCount(at: place) {
            for index in 0..<count {
                let hit = known.hit(index, at: place)
                setOff(by: Int(hit.keyword), at: range.lowerBound + Int(hit.offset), text)
            }
            return
        }
        known.begin(place)
        index.prefilter.forEachHit(in: text.slice(range), buffer: hits.hits) { offset, keyword in
            known.note(keyword, at: offset, in: place)
            setOff(by: keyword, at: range.lowerBound + offset, text)
        }
        known.end(place)
    }

    /// Lets a path that says what a rule's file words say make the rule look at the whole text.
    ///
    /// - Returns: Whether any rule does.
    mutating func findKeywords(inPath path: String, of text: UnsafeRawBufferPointer) -> Bool {
        var path = path
        var isAny = false
        path.withUTF8 { bytes in
            index.prefilter.forEachHit(in: UnsafeRawBufferPointer(bytes), buffer: hits.hits) { _, keyword in
                for trigger in index.triggers[keyword] where trigger.countsInPaths {
                    windows.insert(0..<text.count, for: trigger.rule)
                    isAny = true
                }
            }
        }
        return isAny
    }

    /// Closes the windows in which nothing can be.
    mutating func keepWindows(near places: PlacesOfInterest, of text: UnsafeRawBufferPointer) {
        for rule in windows.rules() {
            let ranges = windows.ranges(of: rule)
            // What a block of many lines is told by stands further above its values than a name does.
            let isJudged = index.beginnings[rule] == .keyword
            let kept = ranges.filter { places.isNear($0) || isJudged && isBlockKeyword(text.slice($0)) }
            if kept.count < ranges.count { windows.replace(kept, for: rule) }
        }
    }

    private func isBlockKeyword(_ word: UnsafeRawBufferPointer) -> Bool {
        index.blockKeywords.contains { index.first($0, in: 0..<word.count, of: word) != nil }
    }

    /// Sets off the rules of a keyword that stands at a place.
    @inline(__always)
    private mutating func setOff(by keyword: Int, at offset: Int, _ text: UnsafeRawBufferPointer) {
        if keyword >= index.firstMark { return note(keyword - index.firstMark, at: offset, text) }
        if !index.effects.isJudgedAlone(keyword) { marks.formUnion(.keyword) }
        let place = offset..<offset + index.effects.length(of: keyword)
        var origin = KeywordOrigin.new
        if let distantRules, distantRules.noted.contains(keyword) {
            distantKeywords.insert(keyword)
            if inherited?.contains(keyword) == true { origin = progress.part.isNew(place) ? .elsewhere : .same }
        }
        for number in index.effects.numbers(of: keyword) {
            setOff(index.effects[number], at: place, of: text, origin: origin)
        }
    }

    /// Notes a sign of escapes.
    private mutating func note(_ number: Int, at offset: Int, _ text: UnsafeRawBufferPointer) {
        let mark = EscapeMarks.literals[number].mark
        if marks.contains(mark) { return }
        // What joins literals stands everywhere, and seldom joins two that may be halves of a secret.
        if mark == .joinedLiterals, !JoinedLiterals.joins(near: offset, in: text) { return }
        marks.insert(mark)
    }

    /// Whether the text that the current one is made from held a keyword, too.
    private enum KeywordOrigin {
        case new
        /// It did, at another place: what the keyword says of a whole text, it said there.
        case elsewhere
        /// It held this one: what it says of lines further away, it said there, too.
        case same
    }

    @inline(__always)
    private mutating func setOff(
        _ effect: KeywordEffects.Effect, at place: Range<Int>, of text: UnsafeRawBufferPointer, origin: KeywordOrigin
    ) {
        let (rule, offset) = (effect.rule, place.lowerBound)
        switch effect.kind {
        case .name: windows.insert(place, for: rule)
        case .around:
            let (before, behind) = (Int(effect.before), Int(effect.behind))
            if origin == .same, max(before, behind) > Margins.match { return }
            openWindow(of: rule, around: offset, before: before, behind: behind, in: text)
        case .line:
            if origin == .same, progress.part.cutsLine { return }
            // A hit on a line that is in a window already costs nothing: long lines are walked once.
            if let last = windows.last(of: rule), last.contains(offset) { return }
            windows.insert(text.lineStart(of: offset)..<text.lineEnd(of: offset), for: rule)
        case .text: if origin == .new { windows.insert(0..<text.count, for: rule) }
        case .fileWord, .fileWordForText:
            // Where the base held one of these words the rule is tried on all that is new.
            if fileWordRules.contains(rule) { return }
            fileWordRules.insert(rule)
            if effect.kind == .fileWordForText { windows.insert(0..<text.count, for: rule) }
        }
    }

    /// Lets a rule be tried around a keyword.
    ///
    /// - Parameters:
    ///   - before: From so many bytes before the keyword's first byte.
    ///   - behind: To so many behind it; see `KeywordWindow.around`.
    @inline(__always)
    mutating func openWindow(
        of rule: Int, around offset: Int, before: Int, behind: Int, in text: UnsafeRawBufferPointer
    ) {
        // A match that would begin before the text is none.
        guard offset + behind > 0 else { return }
        // Where all matches have the keyword at the same place, most are told without trying.
        guard behind != 1 - before || openings.allow(rule, index.rules, at: offset - before, in: text) else { return }
        windows.insert(max(0, offset - before)..<min(text.count, offset + behind), for: rule)
    }
}

import Bytes

/// Finds the keywords of a text and notes where the rules that they set off are to be tried.
extension TextMatcher {
    mutating func setWindows(_ text: UnsafeRawBufferPointer, in range: Range<Int>) {
        engine.prefilter.forEachHit(in: text.slice(range), buffer: hits) { offset, keyword in
            setOff(by: keyword, at: range.lowerBound + offset, text)
        }
    }

    /// The same in a part that may have been seen in another text.
    mutating func setWindows(_ text: UnsafeRawBufferPointer, inPart range: Range<Int>) {
        guard let place = known.place(of: text.slice(range)) else { return setWindows(text, in: range) }
        if let count = known.hitCount(at: place) {
            for index in 0..<count {
                let hit = known.hit(index, at: place)
                setOff(by: Int(hit.keyword), at: range.lowerBound + Int(hit.offset), text)
            }
            return
        }
        known.begin(place)
        engine.prefilter.forEachHit(in: text.slice(range), buffer: hits) { offset, keyword in
            known.note(keyword, at: offset, in: place)
            setOff(by: keyword, at: range.lowerBound + offset, text)
        }
        known.end(place)
    }

    /// Sets off the rules of a keyword that stands at a place.
    @inline(__always)
    private mutating func setOff(by keyword: Int, at offset: Int, _ text: UnsafeRawBufferPointer) {
        sawKeyword = true
        var isKnown = false
        if let farRules, !farRules.triggers.isEmpty(keyword) {
            farKeywords.insert(keyword)
            isKnown = inherited?.contains(keyword) == true
        }
        let isInherited = isKnown && !isNew(keyword, at: offset)
        triggers.forEach(of: keyword) { setOff($0, at: offset, text, isKnown: isKnown, isInherited: isInherited) }
    }

    /// - Parameters:
    ///   - isKnown: The text's base held the keyword, too: what it says of a whole text, it said there.
    ///   - isInherited: It held this one: what it says of lines further away, it said there.
    @inline(__always)
    private mutating func setOff(
        _ trigger: ScanEngine.Trigger, at offset: Int, _ text: UnsafeRawBufferPointer, isKnown: Bool, isInherited: Bool
    ) {
        let rule = trigger.rule
        if trigger.isFileWord {
            // Where the base held one of these words the rule is tried on all that is new.
            if hasFileWord[rule] { return }
            noteFileWord(of: rule)
            if trigger.widens { activate(rule, 0..<text.count) }
            return
        }
        switch engine.starts[rule] {
        case .text:
            if !isKnown { activate(rule, 0..<text.count) }
        case .around(let before, let behind):
            if isInherited, max(before, behind) > Margins.match { return }
            activate(rule, around: offset, before, behind, text)
        case .line:
            if isInherited, isTorn { return }
            // A hit on a line that is in a window already costs nothing: long lines are walked once.
            if let last = windows[rule].ranges.last, last.contains(offset) { return }
            activate(rule, text.lineStart(of: offset)..<text.lineEnd(of: offset))
        }
    }

    /// A path that says what a rule's file words say makes the rule look at the whole text.
    mutating func setOffByPath(_ path: String, _ text: UnsafeRawBufferPointer) {
        var path = path
        path.withUTF8 { bytes in
            engine.prefilter.forEachHit(in: UnsafeRawBufferPointer(bytes), buffer: hits) { _, keyword in
                for trigger in engine.triggers[keyword] where trigger.speaksInPaths {
                    activate(trigger.rule, 0..<text.count)
                }
            }
        }
    }

    // MARK: Windows

    mutating func activate(_ rule: Int, _ window: Range<Int>) {
        if !isActive[rule] {
            isActive[rule] = true
            active.append(rule)
        }
        windows[rule].insert(window)
    }

    @inline(__always)
    mutating func activate(
        _ rule: Int, around offset: Int, _ before: Int, _ behind: Int, _ text: UnsafeRawBufferPointer
    ) {
        // A match that would begin before the text is none.
        guard offset + behind > 0 else { return }
        // Where all matches have the keyword at the same place, most are told without trying.
        guard behind != 1 - before || openings.allow(rule, engine.rules, at: offset - before, in: text) else { return }
        activate(rule, max(0, offset - before)..<min(text.count, offset + behind))
    }

    mutating func noteFileWord(of rule: Int) {
        guard !hasFileWord[rule] else { return }
        hasFileWord[rule] = true
        named.append(rule)
    }
}

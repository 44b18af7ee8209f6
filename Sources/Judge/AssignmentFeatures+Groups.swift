import Bytes

extension AssignmentFeatures {
    /// The name's words, and its characters five by five.
    func addName(to sink: inout some FeatureSink) {
        let (last, before) = (nameWords.fromEnd(0), nameWords.fromEnd(1))
        sink.add(.name, fnv(1, last))
        sink.add(.name, fnv(2, before, last))
        for index in 0..<nameWords.count { sink.add(.name, fnv(3, nameWords[index])) }
        for index in 1..<max(1, nameWords.count) {
            sink.add(.name, fnv(4, nameWords[index &- 1], nameWords[index]))
        }
        sink.add(.name, fnv(5, FeatureNumber(nameWords.count)))
        if nameWords.count > 0 { sink.add(.name, fnv(6, nameWords[0])) }
        let joined = nameWords.end(Self.gramsLimit, then: .dollar)
        let grams = max(0, joined.count &- 3)
        for index in 0..<grams { sink.add(.name, fnv(7, NameGram(joined: joined, index: index))) }
        if grams > 0 { sink.add(.name, fnv(8, NameGram(joined: joined, index: grams &- 1))) }
        sink.add(.name, fnv(9, Shape(text: nameEnd, limit: 6)))
    }

    /// The value as a whole: how long, how mixed.
    func addMeasures(to sink: inout some FeatureSink) {
        let length = measures.length
        let (size, mask) = (bucket(length), FeatureNumber(measures.mask))
        sink.add(.value, fnv(20, kind.rawValue))
        sink.add(.value, fnv(21, kind.rawValue, FeatureNumber(size)))
        sink.add(.value, fnv(22, FeatureNumber(size)))
        sink.add(.value, fnv(23, FeatureNumber(measures.entropy / 4)))
        sink.add(
            .value,
            fnv(
                24, FeatureNumber(measures.likeness.floorDivided(by: 8) + 64),
                FeatureNumber(bucket(measures.pairs) / 3)))
        sink.add(.value, fnv(25, Shape(text: value, limit: 8)))
        sink.add(.value, fnv(26, ShapeWithLengths(text: value, limit: 5)))
        sink.add(.value, fnv(27, mask))
        sink.add(.value, fnv(28, mask, FeatureNumber(size)))
        let eighths = { (count: Int) in FeatureNumber(length > 0 ? count * 8 / length : 0) }
        sink.add(.value, fnv(29, eighths(measures.transitions), FeatureNumber(size / 3)))
        sink.add(.value, fnv(35, eighths(measures.distinct), FeatureNumber(size / 3)))
        sink.add(.value, fnv(40, eighths(measures.repeats)))
        sink.add(.value, fnv(41, eighths(measures.steps)))
        if measures.hexes == length { sink.add(.value, fnv(43, FeatureNumber(length))) }
    }

    /// The value's first and last bytes, and a short one itself.
    func addBytes(to sink: inout some FeatureSink) {
        func first(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: value.prefix(count)) }
        func last(_ count: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: value.suffix(count)) }
        sink.add(.value, fnv(30, first(1)))
        sink.add(.value, fnv(31, first(2)))
        sink.add(.value, fnv(32, first(4)))
        sink.add(.value, fnv(33, last(1)))
        sink.add(.value, fnv(34, last(3)))
        if measures.length <= 40 { sink.add(.value, fnv(39, LowerCased(text: value))) }
    }

    /// The value's words, if it has any, and the name's among them.
    func addWords(to sink: inout some FeatureSink) {
        if !kind.hasNoWords {
            for index in 0..<valueWords.count where valueWords[index].count > 1 {
                let word = valueWords[index]
                sink.add(.value, fnv(36, word))
                for start in 0..<max(0, word.count &- 3) {
                    sink.add(.value, fnv(38, UnsafeRawBufferPointer(rebasing: word[start..<start &+ 4])))
                }
            }
            for index in 1..<max(1, valueWords.count) {
                sink.add(.value, fnv(37, valueWords[index &- 1], valueWords[index]))
            }
        } else if measures.longestLetters >= Self.leastLetters {
            addLetters(to: &sink)
        }
        sink.add(
            .value,
            fnv(42, FeatureNumber(shared), FeatureNumber(valueWords.count), FeatureNumber(isName ? 1 : 0)))
    }

    /// A word within what else looks random: `…EXAMPLE`, `…placeholder`.
    private func addLetters(to sink: inout some FeatureSink) {
        let end = measures.lettersEnd
        let run = value[max(end &- measures.longestLetters, end &- WordIterator.limit)..<end]
        for start in run.startIndex..<max(run.startIndex, end &- 3) {
            sink.add(.value, fnv(38, LowerCased(text: UnsafeRawBufferPointer(rebasing: value[start..<start &+ 4]))))
        }
        sink.add(.value, fnv(44, LowerCased(text: UnsafeRawBufferPointer(rebasing: run))))
    }

    /// How the value is given to the name.
    func addSyntax(to sink: inout some FeatureSink) {
        let (word, comment) = (syntax.word, UInt8(isInComment ? 1 : 0))
        let after = followingClass == .other ? following : followingClass.rawValue
        sink.add(.syntax, fnv(60, word))
        sink.add(.syntax, fnv(61, word, quote))
        sink.add(.syntax, fnv(62, quote, kind.rawValue))
        sink.add(.syntax, fnv(63, word, quote, kind.rawValue))
        sink.add(.syntax, fnv(64, after, quote))
        sink.add(.syntax, fnv(65, comment, kind.rawValue))
        sink.add(.syntax, fnv(66, after, quote, kind.rawValue))
    }

    /// What goes together with what.
    func addCombinations(to sink: inout some FeatureSink) {
        let (last, before) = (nameWords.fromEnd(0), nameWords.fromEnd(1))
        sink.add(.value, fnv(80, last, kind.rawValue))
        sink.add(.value, fnv(81, last, FeatureNumber(bucket(measures.length) / 2)))
        sink.add(.value, fnv(82, before, last, kind.rawValue))
        sink.add(.value, fnv(83, last, quote, kind.rawValue))
        sink.add(.syntax, fnv(84, last, syntax.word, quote))
        sink.add(.value, fnv(85, last, FeatureNumber(measures.mask)))
        for index in 0..<nameWords.count { sink.add(.value, fnv(86, nameWords[index], kind.rawValue)) }
    }
}

/// Five bytes of a name's words, with `^` before the first and `$` behind the last.
private struct NameGram: FeaturePart {
    /// The words and the `$`: four bytes or more.
    let joined: UnsafeRawBufferPointer
    /// Where it begins, the `^` counted.
    let index: Int

    @inline(__always)
    func add(to hash: inout FeatureHash) {
        if index == 0 {
            hash.add(.caret)
            for offset in 0..<4 { hash.add(joined[offset]) }
        } else {
            for offset in 0..<5 { hash.add(joined[index &- 1 &+ offset]) }
        }
    }
}

extension Syntax {
    /// The syntax as features have it.
    var word: StaticString {
        switch self {
        case .equals: "equals"
        case .colon: "colon"
        case .arrow: "arrow"
        case .fallback: "fallback"
        case .comparison: "comparison"
        case .call: "call"
        case .argument: "argument"
        case .element: "element"
        case .pair: "pair"
        case .space: "space"
        case .flag: "flag"
        case .query: "query"
        case .block: "block"
        case .member: "member"
        case .position: "position"
        case .userinfo: "userinfo"
        }
    }
}

import Bytes

/// What a value looks like, coarsely: `kind` in `features.py`.
enum ValueKind: UInt8 {
    case template, number, hexadecimal, uuid, url, path, call, sentence, dotted, random, separated, camel, lowerWord
    case capitalWord, wordNumber, wordSymbol, mixed, symbols, letters, short, foreign

    /// Made by chance rather than of words: its words say nothing.
    var hasNoWords: Bool {
        switch self {
        case .random, .hexadecimal, .uuid, .symbols, .letters, .mixed: true
        default: false
        }
    }

    /// The first of the kinds that fits.
    init(of value: UnsafeRawBufferPointer, _ measures: ValueMeasures) {
        self = Self.ofSyntax(value, measures) ?? Self.ofWords(value, measures)
    }
}

extension ValueKind {
    /// What is told by a form that leaves no doubt.
    private static func ofSyntax(_ value: UnsafeRawBufferPointer, _ measures: ValueMeasures) -> ValueKind? {
        guard !value.isEmpty else { return .short }
        let digits = measures.count(.digit)
        if isTemplate(value) { return .template }
        if isUUID(value) { return .uuid }
        if isURL(value) { return .url }
        if measures.count(.space) > 0 { return .sentence }
        if measures.count(.lower) + measures.count(.upper) == 0, measures.count(.high) == 0 {
            return digits > 0 ? .number : .symbols
        }
        if measures.length >= 8, measures.hexes == measures.length, digits > 0,
            measures.count(.lower) == 0 || measures.count(.upper) == 0
        {
            return .hexadecimal
        }
        if let open = value.firstIndex(of: .leftParenthesis), let close = value.lastIndex(of: .rightParenthesis),
            open < close
        {
            return .call
        }
        return measures.count(.high) > 0 ? .foreign : nil
    }

    /// What is told by how much of it is words.
    private static func ofWords(_ value: UnsafeRawBufferPointer, _ measures: ValueMeasures) -> ValueKind {
        let (length, digits) = (measures.length, measures.count(.digit))
        let isRandom = measures.pairs == 0 || measures.likeness < 0
        if length < 8 { return ofFewBytes(value, measures) }
        if isPath(value), !(isRandom && length >= 20 && digits > 0) { return .path }
        if measures.count(.other) > 0 { return ofSymbols(measures, isRandom: isRandom) }
        if digits == 0 {
            if isRandom, measures.pairs >= 7 { return .letters }
            if measures.count(.upper) == 0 { return .lowerWord }
            let isCapital = measures.count(.upper) == 1 && ByteClass(value[0]) == .upper
            return measures.count(.lower) == 0 || isCapital ? .capitalWord : .camel
        }
        if measures.transitions <= 2, measures.longestLetters * 2 >= length, !isRandom { return .wordNumber }
        if isRandom || measures.transitions * 4 >= length { return length >= 16 ? .random : .mixed }
        return .wordNumber
    }

    private static func ofFewBytes(_ value: UnsafeRawBufferPointer, _ measures: ValueMeasures) -> ValueKind {
        if measures.count(.other) > 0 { return .short }
        if measures.count(.digit) == 0 { return measures.count(.upper) == 0 ? .lowerWord : .capitalWord }
        return measures.transitions == 1 && ByteClass(value[0]) != .digit ? .wordNumber : .short
    }

    private static func ofSymbols(_ measures: ValueMeasures, isRandom: Bool) -> ValueKind {
        let (length, digits, others) = (measures.length, measures.count(.digit), measures.count(.other))
        let separators = measures.count(of: .underscore) + measures.count(of: .hyphen)
        let (periods, slashes) = (measures.count(of: .period), measures.count(of: .slash))
        let dots = periods + measures.count(of: .colon)
        let base64 = separators + measures.count(of: .plus) + slashes + measures.count(of: .equalsSign) + periods
        if base64 == others {
            let changes = measures.transitions
            if length >= 16, digits > 0, isRandom || changes * 4 >= length, changes * 6 >= length { return .random }
            if digits == 0 || !isRandom {
                if separators == others { return .separated }
                if slashes > 0 { return .path }
                if dots > 0 { return .dotted }
            }
        } else if dots > 0, separators + dots == others {
            return .dotted
        }
        return measures.longestLetters * 2 >= length && !isRandom ? .wordSymbol : .symbols
    }
}

import Bytes

/// What a feature belongs to, for explanations.
enum FeatureGroup: UInt8 {
    case name, value, syntax
}

/// Takes the features of an assignment, one after the other. A feature may come more than once, and counts each time.
protocol FeatureSink {
    mutating func add(_ group: FeatureGroup, _ index: Int)
}

/// What the judge sees of an assignment: `features` in `features.py`.
struct AssignmentFeatures {
    /// How many bytes of a value are looked at, its first.
    static var valueLimit: Int { 256 }
    /// How many bytes of a name are looked at, its last.
    static var nameLimit: Int { 64 }
    /// How many bytes of a name's words are looked at together, its last.
    static var gramsLimit: Int { 40 }

    /// So many letters in a row are looked at in a value that looks random.
    static var leastLetters: Int { 6 }

    let value: UnsafeRawBufferPointer
    let nameEnd: UnsafeRawBufferPointer
    let nameLength: Int
    let syntax: Syntax
    let quote: UInt8
    let following: UInt8
    let isInComment: Bool
    let measures: ValueMeasures
    let kind: ValueKind
    let nameWords: Words
    let valueWords: Words
    /// Words of the value that are words of the name, too.
    let shared: Int
    /// The value is the name.
    let isName: Bool

    static var scratchByteCount: Int { 2 * ValueMeasures.scratchCount + 2 * Words.byteCount }

    /// - Parameter scratch: `scratchByteCount` bytes, aligned for numbers of two, which stay in use.
    init(
        of assignment: Assignment, in text: UnsafeRawBufferPointer, named name: UnsafeRawBufferPointer? = nil,
        model: JudgeModel,
        scratch: UnsafeMutableRawBufferPointer
    ) {
        let numbers = scratch[..<(2 * ValueMeasures.scratchCount)]
        let words = UnsafeMutableRawBufferPointer(rebasing: scratch[numbers.endIndex...])
        value = UnsafeRawBufferPointer(rebasing: text[assignment.value].prefix(Self.valueLimit))
        let name = name ?? UnsafeRawBufferPointer(rebasing: text[assignment.name])
        nameEnd = UnsafeRawBufferPointer(rebasing: name.suffix(Self.nameLimit))
        nameLength = name.count
        syntax = assignment.syntax
        quote = assignment.quote.rawValue
        following = assignment.following
        isInComment = assignment.isInComment
        measures = ValueMeasures(
            of: value, model: model,
            scratch: UnsafeMutableRawBufferPointer(rebasing: numbers).bindMemory(to: UInt16.self))
        kind = ValueKind(of: value, measures)
        nameWords = Words(ofName: nameEnd, providers: model.providers, in: words)
        valueWords = Words(
            ofValue: value, in: UnsafeMutableRawBufferPointer(rebasing: words[Words.byteCount...]))
        var shared = 0
        for index in 0..<valueWords.count {
            let word = valueWords[index]
            if word.count > 2, nameWords.contains(word) { shared &+= 1 }
        }
        self.shared = shared
        isName = valueWords.count > 0 && valueWords.isEqual(to: nameWords)
    }

    /// The class of the byte behind the value.
    var followingClass: ByteClass { following == 0 ? .none : ByteClass(following) }

    /// The value is short, or made of words.
    var isWeak: Bool { measures.length < 12 || !kind.hasNoWords }

    /// All features.
    func add(to sink: inout some FeatureSink) {
        addName(to: &sink)
        addMeasures(to: &sink)
        addBytes(to: &sink)
        addWords(to: &sink)
        addSyntax(to: &sink)
        addCombinations(to: &sink)
    }
}

/// A number in steps: exact to 12, then coarser, 27 at the most.
func bucket(_ number: Int) -> Int {
    switch number {
    case ...12: number
    case ...44: 12 + (number - 10) / 4
    case ...124: 21 + (number - 44) / 16
    default: 27
    }
}

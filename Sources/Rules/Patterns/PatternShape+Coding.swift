/// The compiled form of a shape: no file has it, for it is worked out of the pattern.
extension PatternShape: FieldValue {
    static var kind: FieldKind { .text }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> PatternShape? { nil }
    var listed: ListedValue? { nil }

    func write(to writer: inout FieldWriter) {
        maximumLength.write(to: &writer)
        for truth in [crossesLines, looksAcrossLines, holdsKeyword] { truth.write(to: &writer) }
        Self.write(keywordPlace, to: &writer)
        exactKeywords.write(to: &writer)
        (boundedRun?.bytes.rawValue).write(to: &writer)
        if let run = boundedRun { Self.write(run.length, to: &writer) }
        for run in [hexRun, alphanumericRun, base64Run, tokenRun] {
            writer.put(run.length)
            if run.length > 0 { Self.write(run.place, to: &writer) }
        }
        requiredWords.write(to: &writer)
    }

    init(from reader: inout FieldReader) {
        self.init(
            maximumLength: Int?(from: &reader), crossesLines: Bool(from: &reader),
            looksAcrossLines: Bool(from: &reader), holdsKeyword: Bool(from: &reader),
            keywordPlace: Self.range(&reader), exactKeywords: [String](from: &reader), boundedRun: Self.run(&reader),
            hexRun: Self.heldRun(&reader), alphanumericRun: Self.heldRun(&reader), base64Run: Self.heldRun(&reader),
            tokenRun: Self.heldRun(&reader), requiredWords: [String](from: &reader))
    }

    private static func write(_ range: ClosedRange<Int>?, to writer: inout FieldWriter) {
        (range?.lowerBound).write(to: &writer)
        if let range { writer.put(range.upperBound) }
    }

    private static func range(_ reader: inout FieldReader) -> ClosedRange<Int>? {
        Int?(from: &reader).map { $0...reader.integer() }
    }

    private static func run(_ reader: inout FieldReader) -> BoundedRun? {
        guard let name = String?(from: &reader), let length = range(&reader) else { return nil }
        return BoundedRun.Bytes(rawValue: name).map { BoundedRun(bytes: $0, length: length) }
    }

    private static func heldRun(_ reader: inout FieldReader) -> HeldRun {
        let length = reader.integer()
        return HeldRun(length: length, place: length > 0 ? range(&reader) : nil)
    }
}

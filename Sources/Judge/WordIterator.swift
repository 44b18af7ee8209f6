/// Takes words out of a name or a value: `words` in `features.py`.
///
/// A word is a run of letters, or one of digits. It ends where the class of bytes changes, but for one capital before
/// lower-case letters, which begins them (`apiKey`, `APIKey`: api, key).
struct WordIterator {
    /// How many bytes of a word are looked at.
    static var limit: Int { 24 }

    private let text: UnsafeRawBufferPointer
    private var position = 0

    @inline(__always)
    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    @inline(__always)
    private func classAt(_ index: Int) -> ByteClass { index < text.count ? ByteClass(text[index]) : .none }

    /// Where the next word stands: its first 24 bytes.
    mutating func next() -> Range<Int>? {
        skip { $0 == .space || $0 == .other }
        let start = position
        switch classAt(start) {
        case .none: return nil
        case .digit: skip { $0 == .digit }
        case .upper:
            skip { $0 == .upper }
            if classAt(position).continuesWord {
                if position - start > 1 {
                    position -= 1  // The last capital begins the next word.
                } else {
                    skip { $0.continuesWord }
                }
            }
        default: skip { $0.continuesWord }
        }
        return start..<min(position, start + Self.limit)
    }

    @inline(__always)
    private mutating func skip(while isPart: (ByteClass) -> Bool) {
        while isPart(classAt(position)) { position &+= 1 }
    }
}

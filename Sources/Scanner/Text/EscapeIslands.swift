import Bytes

/// What decoders of single-byte escapes share: finding those that hide a value, and copying what stands around.
struct EscapeIslands {
    /// The first byte of each escape.
    let marker: UInt8
    /// Bytes to either side of an escape that are copied with it.
    let reach: Int
    /// What a value is made of that an escape touches.
    let valueBytes: ByteSet
    /// The byte that the escape at an offset stands for, and the escape's length; `nil` where none stands.
    let escape: (UnsafeRawBufferPointer, Int) -> Escape?
    /// Whether all escapes matter that are wanted, not only those that seem to hide a value.
    private let isThorough: Bool
    private let isWanted: (Range<Int>) -> Bool

    init(
        marker: UInt8, reach: Int, valueBytes: ByteSet = ByteSet.word.union(ByteSet(.hyphen ... .hyphen)),
        _ effort: DecodingEffort, escape: @escaping (UnsafeRawBufferPointer, Int) -> Escape?
    ) {
        self.marker = marker
        self.reach = effort.reach ?? reach
        self.valueBytes = valueBytes
        self.escape = escape
        isThorough = effort.reach != nil
        isWanted = effort.isWanted
    }

    /// One character, written in another way.
    struct Escape {
        /// `nil`: it stands for nothing, and parts what belongs together.
        var byte: UInt8?
        /// In bytes.
        var length: Int
    }

    /// - Parameters:
    ///   - decoder: What reports call it.
    ///   - budget: How many bytes may be written, but for the last island.
    func decode(_ text: UnsafeRawBufferPointer, decoder: String, budget: Int) -> DecodedText {
        var result = DecodedText(decoder, isOfWholeValues: false)
        for island in islands(of: text, budget: budget) {
            var copied = island.lowerBound
            var index = copied
            while let found = text.first(marker, from: index), found < island.upperBound {
                guard let escape = escape(text, found) else {
                    index = found + 1
                    continue
                }
                result.copy(copied..<found, of: text)
                result.append(decoded: escape.byte.map { [$0] } ?? [], from: found..<found + escape.length)
                copied = found + escape.length
                index = copied
            }
            if copied < island.upperBound { result.copy(copied..<island.upperBound, of: text) }
            result.separate()
        }
        return result
    }

    /// What lies around the escapes that matter, as ranges that do not overlap; together no longer than the budget.
    private func islands(of text: UnsafeRawBufferPointer, budget: Int) -> [Range<Int>] {
        var result = WindowList()
        var spent = 0
        var index = 0
        // Escapes without anything between them, up to the last one.
        var inARow = 0
        while spent < budget, let found = text.first(marker, from: index) {
            guard let escape = escape(text, found) else {
                index = found + 1
                continue
            }
            let isVisible = escape.byte.map { UInt8.visibleCharacters.contains($0) } ?? false
            inARow = !isVisible ? 0 : found == index ? inARow + 1 : 1
            index = found + escape.length
            let matters =
                isThorough
                ? isWanted(found..<index) : inARow >= Self.longRow || hidesValue(text, escape, at: found)
            guard matters else { continue }
            let window = max(0, found - reach)..<min(text.count, found + reach)
            spent += result.ranges.last?.upperBound ?? 0 >= window.upperBound ? 0 : 2 * reach
            result.insert(window)
        }
        return result.ranges
    }

    /// So many visible characters in a row that are escapes, and need not be, hide something.
    private static let longRow = 8
    /// How long a run behind an escape must be to be worth undoing it.
    private static let minimumValue = 12

    /// Whether an escape touches a value so that, left as it is, it would be taken for a part of it: `\nKEY`, `%3DKEY`;
    /// or stands in a URL's `:\/\/`, `%3A%2F%2F`, or within a value.
    private func hidesValue(_ text: UnsafeRawBufferPointer, _ escape: Escape, at start: Int) -> Bool {
        let end = start + escape.length
        if escape.byte == .slash {
            return start > 0 && (text[start - 1] == .colon || text[start - 1] == UInt8(ascii: "A"))
        }
        guard let byte = escape.byte else { return partsValue(text, start..<end) }
        guard end + Self.minimumValue <= text.count else { return false }
        // `&` parts the parameters of an address: the value stands behind a name.
        let name = byte == .ampersand ? text.slice(end..<min(text.count, end + 24)).firstIndex(of: .equalsSign) : nil
        let value = end + (name.map { $0 + 1 } ?? 0)
        return value + Self.minimumValue <= text.count
            && text[value..<value + Self.minimumValue].allSatisfy { valueBytes.contains($0) }
    }

    /// Whether what belongs together stands on both sides.
    private func partsValue(_ text: UnsafeRawBufferPointer, _ gap: Range<Int>) -> Bool {
        gap.lowerBound > 0 && gap.upperBound < text.count && valueBytes.contains(text[gap.lowerBound - 1])
            && valueBytes.contains(text[gap.upperBound])
    }
}

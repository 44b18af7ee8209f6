import Bytes
internal import CLiteralSearch

/// A place in a text at which a given value stands.
struct GivenPlace {
    /// Of the value.
    let number: Int
    let kind: GivenForm.Kind
    let range: Range<Int>
    /// Whether nothing around it makes it a piece of a longer token.
    let isWhole: Bool
}

/// Finds given values in one text after another. One a thread; memory is reused.
final class GivenSearcher {
    let given: GivenSecrets
    private let room: HitBuffer
    /// Tokens whose fingerprints are known to be none of those that are given, by hash.
    private var compared: Set<Int> = []

    /// Of one value so many places in a text are told.
    static let maximumPlaces = 100
    /// More are compared again.
    private static let maximumCompared = 1 << 20

    init(_ given: GivenSecrets) {
        self.given = given
        room = given.search?.makeHitBuffer() ?? HitBuffer(count: 1)
    }

    /// Whether a token was not compared before, as far as is remembered.
    func isNew(_ token: UnsafeRawBufferPointer) -> Bool {
        var hasher = Hasher()
        hasher.combine(bytes: token)
        if compared.count >= Self.maximumCompared { compared.removeAll(keepingCapacity: true) }
        return compared.insert(hasher.finalize()).inserted
    }

    /// Where given values stand in a text, in whatever form, almost in order.
    ///
    /// - Returns: With the numbers of values of which there are more places than are told.
    func places(in text: UnsafeRawBufferPointer) -> (places: [GivenPlace], cut: Set<Int>) {
        guard let search = given.search else { return ([], []) }
        var places: [GivenPlace] = []
        var cut: Set<Int> = []
        // A value of one character over and over stands at each of them.
        var last: [Int: (count: Int, end: Int)] = [:]
        search.forEachHit(in: text, room: room) { offset, literal in
            let form = given.forms[literal]
            let known = last[form.number] ?? (0, 0)
            guard known.count < Self.maximumPlaces else {
                cut.insert(form.number)
                return
            }
            guard offset >= known.end, let place = place(of: form, at: offset, in: text) else { return }
            last[form.number] = (known.count + 1, place.range.upperBound)
            places.append(place)
        }
        return (places, cut)
    }

    // MARK: Looking closer

    private func place(of form: GivenForm, at offset: Int, in text: UnsafeRawBufferPointer) -> GivenPlace? {
        switch form.kind {
        case .plain, .written:
            let range = offset..<offset + form.bytes.count
            guard range.upperBound <= text.count, text.slice(range).elementsEqual(form.bytes) else { return nil }
            let isWide = form.kind == .written("utf-16")
            return place(form, range, isWhole: isWide || Self.isWhole(range, in: text))
        case .hex:
            let range = offset..<offset + form.bytes.count
            guard range.upperBound <= text.count,
                text.slice(range).elementsEqual(form.bytes, by: { $0 | 0x20 == $1 | 0x20 })
            else { return nil }
            return place(form, range, isWhole: Self.isWhole(hex: range, in: text))
        case .base64(let lead, let isWide):
            return base64(form, lead, isWide, at: offset, in: text)
        }
    }

    private func place(_ form: GivenForm, _ range: Range<Int>, isWhole: Bool) -> GivenPlace {
        GivenPlace(number: form.number, kind: form.kind, range: range, isWhole: isWhole)
    }

    /// The characters that the value shares with others say whether it is all there.
    private func base64(
        _ form: GivenForm, _ lead: Int, _ isWide: Bool, at offset: Int, in text: UnsafeRawBufferPointer
    ) -> GivenPlace? {
        let value = isWide ? GivenForm.wide(given.values[form.number]) : given.values[form.number]
        let start = offset - GivenForm.firstCharacter[lead]
        let count = ((lead + value.count) * 8 + 5) / 6
        guard start >= 0, start + count <= text.count else { return nil }
        // Three characters more say what is next to it.
        let end = min(text.count, start + count + 3)
        let decoded = Base64Bytes.decode(text.slice(start..<end))
        guard decoded.count >= lead + value.count, decoded[lead..<lead + value.count].elementsEqual(value) else {
            return nil
        }
        let next = decoded.dropFirst(lead + value.count).first
        let before =
            lead > 0 ? decoded[lead - 1] : Base64Bytes.decode(text.slice(max(0, start - 4)..<start)).dropFirst(2).first
        let isWhole = isWide || ![before, next].contains { $0.map(Self.isPartOfToken) ?? false }
        return place(form, offset..<min(text.count, start + count), isWhole: isWhole)
    }

    // MARK: What is around it

    static func isWhole(_ range: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        !(range.lowerBound > 0 && isPartOfToken(text[range.lowerBound - 1]))
            && !(range.upperBound < text.count && isPartOfToken(text[range.upperBound]))
    }

    private static func isWhole(hex range: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        func byte(_ start: Int) -> UInt8? {
            guard start >= 0, start + 2 <= text.count, let high = text[start].hexValue,
                let low = text[start + 1].hexValue
            else { return nil }
            return high << 4 | low
        }
        return ![byte(range.lowerBound - 2), byte(range.upperBound)].contains { $0.map(isPartOfToken) ?? false }
    }

    private static func isPartOfToken(_ byte: UInt8) -> Bool {
        ByteSet.word.contains(byte) || byte == .hyphen || byte >= 0x80
    }
}

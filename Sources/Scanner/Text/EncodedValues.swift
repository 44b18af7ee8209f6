/// The encoded values of a blob in which matches stand, numbered, each in the one that it is encoded in.
struct EncodedValues {
    /// A value's; what is around a value has a smaller one.
    typealias Number = Int

    /// Stands for the blob's own text.
    static let blob: Number = 0

    private struct Key: Hashable {
        var outside: Number
        var range: Range<Int>
        var decoders: [String]
    }

    private var numbers: [Key: Number] = [:]
    /// Of the values in order of their numbers, the first of which is 1.
    private var keys: [Key] = []

    /// Whether there is none.
    var isEmpty: Bool { keys.isEmpty }

    /// The value that something is encoded in, by its places from the blob inwards.
    mutating func number(of places: some Sequence<DecodedPlace>) -> Number {
        var number = Self.blob
        for case let value? in places.map(\.value) {
            let key = Key(outside: number, range: value.encoded, decoders: value.text.decoders)
            if let known = numbers[key] {
                number = known
            } else {
                keys.append(key)
                number = keys.count
                numbers[key] = number
            }
        }
        return number
    }

    /// What a value is encoded in, from it outwards to the blob, and what it takes up there.
    func surroundings(of value: Number) -> [(outside: Number, range: Range<Int>)] {
        var result: [(outside: Number, range: Range<Int>)] = []
        var value = value
        while value != Self.blob {
            let key = keys[value - 1]
            result.append((key.outside, key.range))
            value = key.outside
        }
        return result
    }

    /// Whether one of two values is encoded in the other.
    func areNested(_ left: Number, _ right: Number) -> Bool {
        left == right || surroundings(of: max(left, right)).contains { $0.outside == min(left, right) }
    }
}

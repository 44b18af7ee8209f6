import Bytes
internal import Git

/// Small numbers for objects, to be the indices of arrays: those in packs have the number of their place, others get
/// the next one when they are first asked for.
struct ObjectNumbers {
    let packed: PackedObjects?
    private var others: [ObjectID: UInt32] = [:]
    private var otherIDs: [ObjectID] = []
    private let packedCount: Int

    init(packed: PackedObjects?) {
        self.packed = packed
        packedCount = packed?.count ?? 0
    }

    /// How many numbers have been given.
    var count: Int { packedCount + otherIDs.count }

    /// The number of an object, which it gets if it has none.
    mutating func number(of id: ObjectID) -> UInt32 {
        if let known = known(id) { return known }
        let number = UInt32(count)
        others[id] = number
        otherIDs.append(id)
        return number
    }

    /// The number of an object; `nil` if it has none.
    func known(_ id: ObjectID) -> UInt32? { packed?.number(of: id) ?? others[id] }

    /// Whether it is the number of an object in a pack.
    func isPacked(_ number: UInt32) -> Bool { Int(number) < packedCount }

    /// The object that has a number.
    func id(_ number: UInt32) -> ObjectID {
        guard let packed, Int(number) < packedCount else { return otherIDs[Int(number) - packedCount] }
        return packed.id(of: packed.place(number))
    }
}

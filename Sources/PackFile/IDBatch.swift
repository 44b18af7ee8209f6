/// Ids that are looked up together, in their order: an index of millions is then gone through from its start to its end,
/// instead of waiting for memory several times for each of them.
public struct IDBatch: ~Copyable {
    /// How many ids there can be.
    public static let capacity = 1 << 15
    /// Stands for an object that was not found.
    public static let none = UInt32.max

    /// How many ids there are.
    public private(set) var count = 0
    private let ids = UnsafeMutableRawPointer.allocate(byteCount: capacity * ObjectTable.idSize, alignment: 8)
    /// What was found, by the order in which the ids came.
    private let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    /// The ids in their order, but for those that begin with the same bits.
    private let order = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    private let places = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << orderedBits)
    private static let orderedBits = 14

    public init() {}

    deinit {
        ids.deallocate()
        numbers.deallocate()
        order.deallocate()
        places.deallocate()
    }

    public var isFull: Bool { count == Self.capacity }

    /// Adds the 20 bytes of an id. There must be room for it.
    public mutating func append(_ id: UnsafeRawBufferPointer) {
        guard let bytes = id.baseAddress, id.count == ObjectTable.idSize, count < Self.capacity else {
            preconditionFailure("no room for an id, or not an id")
        }
        (ids + ObjectTable.idSize * count).copyMemory(from: bytes, byteCount: ObjectTable.idSize)
        count += 1
    }

    public mutating func removeAll() { count = 0 }

    /// The bytes of the id that was added after so many others; they live until the next one is added.
    public func id(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: ids + ObjectTable.idSize * index, count: ObjectTable.idSize)
    }

    /// What was found of the id that was added after so many others: `none`, or what `PackPlan.find` tells.
    public func number(_ index: Int) -> UInt32 { numbers[index] }

    /// Makes ready to look for the ids; none of them is found.
    public mutating func sort() {
        places.update(repeating: 0, count: 1 << Self.orderedBits)
        numbers.update(repeating: Self.none, count: count)
        for index in 0..<count { places[bits(index)] += 1 }
        var sum: UInt32 = 0
        for place in 0..<1 << Self.orderedBits { (places[place], sum) = (sum, sum + places[place]) }
        for index in 0..<count {
            let place = bits(index)
            order[Int(places[place])] = UInt32(index)
            places[place] += 1
        }
    }

    private func bits(_ index: Int) -> Int {
        Int(id(index).bigEndian(0, as: UInt32.self) >> UInt32(32 - Self.orderedBits))
    }

    /// Asks for what was not found yet, in the order of ids.
    mutating func forEachOpen(_ find: (UnsafeRawBufferPointer) -> UInt32?) {
        for place in 0..<count {
            let index = Int(order[place])
            if numbers[index] == Self.none, let number = find(id(index)) { numbers[index] = number }
        }
    }
}

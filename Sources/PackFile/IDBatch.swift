import Bytes

/// Ids that are looked up together, in their order: an index of millions is then gone through from its start to its end,
/// instead of waiting for memory several times for each of them.
package struct IDBatch: ~Copyable {
    /// How many ids there can be.
    package static let capacity = 1 << 15
    /// Stands for an object that was not found.
    package static let none = UInt32.max

    /// How many ids there are.
    package private(set) var count = 0
    private let ids = UnsafeMutableRawPointer.allocate(byteCount: capacity * ObjectTable.idSize, alignment: 8)
    /// What was found, by the order in which the ids came.
    private let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    /// The ids in their order, but for those that begin with the same bits.
    private let order = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    private let places = UnsafeMutablePointer<UInt32>.allocate(capacity: 1 << orderedBits)
    private static let orderedBits = 14
    /// Some of the ids, by their first bits; see `appendOnce`.
    private let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: slotCount)
    private static let slotCount = 1 << 16
    /// What is known of the ids that are looked for at the same time.
    private let group = UnsafeMutablePointer<Question>.allocate(capacity: groupSize)
    /// About as many as the processor can wait for at once.
    private static let groupSize = 32

    private struct Question {
        /// Which of the ids it is, by the order in which they came.
        var index: UInt32
        var guess: ObjectTable.Guess
    }

    package init() { slots.initialize(repeating: Self.none, count: Self.slotCount) }

    deinit {
        ids.deallocate()
        numbers.deallocate()
        order.deallocate()
        places.deallocate()
        group.deallocate()
        slots.deallocate()
    }

    package var isFull: Bool { count == Self.capacity }

    /// Adds the 20 bytes of an id. There must be room for it.
    package mutating func append(_ id: UnsafeRawBufferPointer) {
        guard let bytes = id.baseAddress, id.count == ObjectTable.idSize, count < Self.capacity else {
            preconditionFailure("no room for an id, or not an id")
        }
        (ids + ObjectTable.idSize * count).copyMemory(from: bytes, byteCount: ObjectTable.idSize)
        count += 1
    }

    /// Adds the 20 bytes of an id, if they were not added lately in this way. There must be room for it.
    ///
    /// - Returns: How many were added before the one that is the same.
    package mutating func appendOnce(_ id: UnsafeRawBufferPointer) -> Int {
        guard let bytes = id.baseAddress, id.count == ObjectTable.idSize else { preconditionFailure("not an id") }
        let slot = slots + Int(bytes.loadUnaligned(as: UInt32.self)) % Self.slotCount
        if slot.pointee != Self.none {
            let known = Int(slot.pointee)
            if isSame(ids + ObjectTable.idSize * known, bytes) { return known }
        }
        slot.pointee = UInt32(count)
        append(id)
        return count - 1
    }

    @inline(__always)
    private func isSame(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool {
        left.loadUnaligned(as: UInt64.self) == right.loadUnaligned(as: UInt64.self)
            && left.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            && left.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
                == right.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    }

    package mutating func removeAll() {
        // Only those that were added: many batches are small.
        for index in 0..<count {
            slots[Int((ids + ObjectTable.idSize * index).loadUnaligned(as: UInt32.self)) % Self.slotCount] = Self.none
        }
        count = 0
    }

    /// The bytes of the id that was added after so many others; they live until the next one is added.
    package func id(_ index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: ids + ObjectTable.idSize * index, count: ObjectTable.idSize)
    }

    /// What was found of the id that was added after so many others: `none`, or what `PackPlan.find` tells.
    package func number(_ index: Int) -> UInt32 { numbers[index] }

    /// Makes ready to look for the ids; none of them is found.
    package mutating func sort() {
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
        assert(_checkInvariants())
    }

    /// Whether the order has each id once, and none behind one that begins with larger bits. Asked in debug builds.
    private func _checkInvariants() -> Bool {
        var isOrdered = [Bool](repeating: false, count: count)
        for place in 0..<count {
            let index = Int(order[place])
            if index >= count || isOrdered[index] { return false }
            isOrdered[index] = true
            if place > 0, bits(Int(order[place - 1])) > bits(index) { return false }
        }
        return true
    }

    private func bits(_ index: Int) -> Int {
        Int(id(index).bigEndian(0, as: UInt32.self) >> UInt32(32 - Self.orderedBits))
    }

    /// Looks for what was not found yet, in the order of ids.
    ///
    /// - Parameters:
    ///   - ranges: Those of the table.
    ///   - number: What is to be told of an object, by its place in the table; `nil`: it was not found.
    @inline(__always)
    mutating func findOpen(in table: ObjectTable, _ ranges: IDRanges?, _ number: (Int) -> UInt32?) {
        var next = 0
        while next < count {
            var size = 0
            while next < count, size < Self.groupSize {
                let index = order[next]
                next += 1
                guard numbers[Int(index)] == Self.none else { continue }
                group[size] = Question(index: index, guess: table.guess(id(Int(index)), in: ranges))
                size += 1
            }
            for question in 0..<size {
                let index = Int(group[question].index)
                let row = table.index(of: id(index), from: group[question].guess)
                if let row, let number = number(row) { numbers[index] = number }
            }
        }
    }
}

/// A run of a rebuilt object that comes from one place: copied from the base, or new.
public struct DeltaPiece: Sendable, Hashable {
    /// Where it starts in the object, in bytes.
    public let targetStart: UInt32
    /// In bytes, not 0.
    public internal(set) var count: UInt32
    /// Where it starts in the base, or that it does not come from there.
    @usableFromInline let place: UInt64

    @usableFromInline static let new = UInt64.max

    init(targetStart: UInt32, count: UInt32, place: UInt64) {
        self.targetStart = targetStart
        self.count = count
        self.place = place
    }

    /// Where it starts in the base, in bytes; `nil` if it is new.
    @inlinable public var baseStart: Int? { place == Self.new ? nil : Int(place) }
    /// Whether it is not in the base, as far as the delta tells.
    @inlinable public var isNew: Bool { place == Self.new }
    /// The bytes of the object that it makes.
    @inlinable public var target: Range<Int> { Int(targetStart)..<Int(targetStart) + Int(count) }
}

/// The pieces of one object, in memory that the next one uses again.
struct PieceList: ~Copyable {
    private var storage = UnsafeMutableBufferPointer<DeltaPiece>.allocate(capacity: 1024)
    private(set) var count = 0

    deinit { storage.deallocate() }

    var pieces: UnsafeBufferPointer<DeltaPiece> { UnsafeBufferPointer(rebasing: storage[..<count]) }

    mutating func removeAll() { count = 0 }

    /// Adds a piece after the last one, or makes that one longer if it goes on in the same way: git splits long ones.
    @inline(__always)
    mutating func append(_ piece: DeltaPiece) {
        if count > 0 {
            let last = storage[count - 1]
            let goesOn =
                piece.isNew ? last.isNew : !last.isNew && last.place + UInt64(last.count) == piece.place
            if goesOn {
                storage[count - 1].count += piece.count
                return
            }
        }
        if count == storage.count { grow() }
        storage[count] = piece
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<DeltaPiece>.allocate(capacity: 2 * storage.count)
        _ = larger.moveInitialize(fromContentsOf: storage)
        storage.deallocate()
        storage = larger
    }
}

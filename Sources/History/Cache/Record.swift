import Bytes

/// 15 bytes of an id, its state, and two marks: it lay in a file of its own, it names an object that is missing.
struct Record: Comparable {
    let high: UInt64
    /// The last byte is the state and the marks.
    let low: UInt64

    static let byteCount = 16
    private static let looseMark: UInt64 = 0x80
    private static let gapMark: UInt64 = 0x40
    /// The part of the last byte that is the state.
    static let stateMask: UInt64 = 0x3f
    private static let idMask: UInt64 = ~0xff

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    init(_ id: ObjectID, _ state: ObjectState, isLoose: Bool = false, hasGap: Bool = false) {
        let record = id.withUnsafeBytes { Record(idBytes: $0) }
        high = record.high
        low =
            record.lowID | UInt64(state.rawValue) | (isLoose ? Self.looseMark : 0) | (hasGap ? Self.gapMark : 0)
    }

    /// Stands for an id that is looked for; it has no state.
    ///
    /// - Parameter bytes: All 20.
    init(idBytes bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) & Self.idMask
    }

    /// The id's part of the second word.
    var lowID: UInt64 { low & Self.idMask }
    /// Files with other states are refused when they are read.
    var state: ObjectState { ObjectState(rawValue: UInt8(low & Self.stateMask)) ?? .pending }
    var isLoose: Bool { low & Self.looseMark != 0 }
    var hasGap: Bool { low & Self.gapMark != 0 }

    func names(sameObjectAs other: Record) -> Bool { high == other.high && lowID == other.lowID }

    func precedes(_ other: Record) -> Bool {
        high != other.high ? high < other.high : lowID < other.lowID
    }

    /// This record with another's marks, too.
    func marked(like other: Record) -> Record {
        Record(high: high, low: low | other.low & (Self.looseMark | Self.gapMark))
    }

    /// What this record says of the object's content, without what is only true of checked stores; `nil` if that is nothing.
    var ofContent: Record? {
        state.isClean ? Record(high: high, low: low & ~(Self.looseMark | Self.gapMark)) : nil
    }

    /// By id; of the same object, what is clean comes before what is not.
    static func < (left: Record, right: Record) -> Bool {
        (left.high, left.lowID, left.low & stateMask) < (right.high, right.lowID, right.low & stateMask)
    }
}

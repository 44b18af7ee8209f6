/// What a walk met.
public enum PackStep {
    /// An object, whole.
    case object(PackedObject)
    /// The beginning of an object that is larger than the limit.
    case beginning(PackedBeginning)
    /// An object that could not be rebuilt.
    case failure(PackPlan.Entry, PackError)

    /// Which object it is about.
    public var entry: PackPlan.Entry {
        switch self {
        case .object(let object): object.entry
        case .beginning(let beginning): beginning.entry
        case .failure(let entry, _): entry
        }
    }
}

/// An object of a pack, rebuilt. Its bytes are the walker's: they may be looked at until the walker goes on.
public struct PackedObject {
    /// Which object of the plan it is.
    public let entry: PackPlan.Entry
    /// All of it.
    public let content: UnsafeRawBufferPointer
    /// What it is stored as a difference to; `nil` if it is stored whole.
    public let base: Base?

    /// The base of a delta, and what the delta does.
    public struct Base {
        /// Which object of the plan it is.
        public let entry: PackPlan.Entry
        /// All of it.
        public let content: UnsafeRawBufferPointer
        /// What the object is made of, from its first byte to its last. None of an empty object.
        public let pieces: UnsafeBufferPointer<DeltaPiece>
    }
}

/// The beginning of an object that is too large to be rebuilt, and the walker's as those of `PackedObject` are.
public struct PackedBeginning {
    /// Which object of the plan it is.
    public let entry: PackPlan.Entry
    /// Of the whole object, in bytes, as the pack says; `nil` if that could not be read.
    public let size: UInt64?
    /// The first bytes, as far as they could be had; may be empty.
    public let content: UnsafeRawBufferPointer
}

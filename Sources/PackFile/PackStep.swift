/// What a walk met.
package enum PackStep {
    /// An object, whole.
    case object(PackedObject)
    /// The beginning of an object that is larger than the limit.
    case beginning(PackedBeginning)
    /// An object that could not be rebuilt.
    case failure(PackPlan.Entry, PackError)

    /// Which object it is about.
    package var entry: PackPlan.Entry {
        switch self {
        case .object(let object): object.entry
        case .beginning(let beginning): beginning.entry
        case .failure(let entry, _): entry
        }
    }
}

/// An object of a pack, rebuilt. Its bytes are the walker's: they may be looked at until the walker goes on.
package struct PackedObject {
    package let entry: PackPlan.Entry
    /// All of it.
    package let content: UnsafeRawBufferPointer
    /// What it is stored as a difference to; `nil` if it is stored whole.
    package let base: Base?

    /// The base of a delta, and what the delta does.
    package struct Base {
        package let entry: PackPlan.Entry
        /// All of it.
        package let content: UnsafeRawBufferPointer
        /// What the object is made of, from its first byte to its last. None of an empty object.
        package let pieces: UnsafeBufferPointer<DeltaPiece>
    }
}

/// The beginning of an object that is too large to be rebuilt, and the walker's as those of `PackedObject` are.
package struct PackedBeginning {
    package let entry: PackPlan.Entry
    /// Of the whole object, in bytes, as the pack says; `nil` if that could not be read.
    package let size: UInt64?
    /// The first bytes, as far as they could be had; may be empty.
    package let content: UnsafeRawBufferPointer
}

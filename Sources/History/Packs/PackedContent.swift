public import PackFile

/// What was read of an item that is in a pack. Its bytes may be looked at until the reader goes on.
public enum PackedContent {
    /// The content of a blob, and what it is made from.
    case blob(UnsafeRawBufferPointer, base: PackedObject.Base?)
    /// What people wrote into a commit or a tag.
    case message(UnsafeRawBufferPointer)
    /// The first bytes of a blob that is larger than what is read.
    case beginning(UnsafeRawBufferPointer)
    /// To be read by itself: the pointer to a large file, or an object that this reader could not rebuild.
    case elsewhere
}

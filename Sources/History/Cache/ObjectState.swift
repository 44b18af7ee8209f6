/// What a cache knows of an object, or of a pack.
package enum ObjectState: UInt8, Sendable, CaseIterable {
    /// A blob without findings, problems or anything suppressed.
    case cleanBlob = 1
    /// A blob that was taken for binary, and so was not scanned.
    case binaryBlob = 2
    /// A commit whose message is clean.
    case cleanCommit = 3
    /// An annotated tag whose message is clean.
    case cleanTag = 4
    /// A blob, commit or tag of a checked store that has to be scanned each time; or an object that names a missing one.
    case pending = 5
    /// A pack that is checked, by the id in its name.
    case pack = 6
    /// A tree in a file of its own, when these were checked.
    case looseTree = 7

    /// Whether a scan of the object can be left out.
    var isClean: Bool { rawValue <= Self.cleanTag.rawValue }
}

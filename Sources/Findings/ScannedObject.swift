/// An object of git that a scan looked at.
public struct ScannedObject: Sendable, Hashable {
    /// 40 hex digits.
    public var id: String
    /// `blob`, `commit` or `tag`.
    public var kind: String
    public var content: Content

    /// What a look at an object tells of it.
    public enum Content: String, Sendable, Hashable {
        /// It was searched.
        case text
        /// It was taken for binary, perhaps by its first bytes alone, and not searched.
        case binary
        /// It only says which file of Git LFS belongs there, and that file is not on this machine.
        case pointer
    }

    public init(id: String, kind: String, content: Content) {
        self.id = id
        self.kind = kind
        self.content = content
    }
}

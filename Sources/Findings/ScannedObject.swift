/// An object of git that a scan looked at.
package struct ScannedObject: Sendable, Hashable {
    /// 40 hex digits.
    package var id: String
    /// `blob`, `commit` or `tag`.
    package var kind: String
    package var content: Content

    /// What a look at an object tells of it.
    package enum Content: String, Sendable, Hashable {
        /// It was searched.
        case text
        /// It was taken for binary, perhaps by its first bytes alone, and not searched.
        case binary
        /// It only says which file of Git LFS belongs there, and that file is not on this machine.
        case pointer
    }

    package init(id: String, kind: String, content: Content) {
        self.id = id
        self.kind = kind
        self.content = content
    }
}

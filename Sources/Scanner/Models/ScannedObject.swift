/// An object of git that a scan looked at.
public struct ScannedObject: Sendable, Hashable {
    /// 40 hex digits.
    public var id: String
    /// `blob`, `commit` or `tag`.
    public var kind: String
    /// Whether it was taken for binary, and so was not searched.
    public var isBinary: Bool

    public init(id: String, kind: String, isBinary: Bool) {
        self.id = id
        self.kind = kind
        self.isBinary = isBinary
    }
}

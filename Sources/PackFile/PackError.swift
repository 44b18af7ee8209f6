/// What of a pack could not be read, and why.
public struct PackError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure that callers tell apart.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The operating system would not give the file.
        case unreadable
        /// Not what this reader knows: another version, another hash. Another reader may know it.
        case unsupported
        /// The bytes are not what the format or a checksum says.
        case damaged
        /// The base of a delta is not in this pack; another store may have it.
        case baseMissing
        /// The base of a delta is in this pack and could not be read, or is too large to be kept.
        case baseUnreadable
        /// Reading it would take more memory or time than is allowed.
        case limit
    }

    /// What sort of failure it is.
    public let kind: Kind
    /// The path of the file: a pack or an index.
    public let file: String
    /// Where the object starts in the pack, in bytes; `nil` if it is about the whole file.
    public let offset: UInt64?
    /// The object's id, 40 hex digits; `nil` if it is about the whole file.
    public let id: String?
    /// What went wrong.
    public let message: String

    init(_ kind: Kind, file: String, offset: UInt64? = nil, id: String? = nil, _ message: String) {
        self.kind = kind
        self.file = file
        self.offset = offset
        self.id = id
        self.message = message
    }

    /// What is wrong, with the pack and the place in it.
    public var description: String {
        guard let id, let offset else { return "could not read \(file): \(message)" }
        return "could not read object \(id) at byte \(offset) of \(file): \(message)"
    }
}

/// What a secret opens, as far as it stands beside it: `host db.example.com`.
public struct Opened: Sendable, Hashable, Comparable {
    /// In one or two words: `host`, `account`.
    public var what: String
    /// What it is called; never a secret.
    public var name: String

    /// What a secret opens.
    public init(what: String, name: String) {
        self.what = what
        self.name = name
    }

    /// In the order of the words.
    public static func < (left: Opened, right: Opened) -> Bool { (left.what, left.name) < (right.what, right.name) }
}

extension [Opened] {
    /// `account acme, host db.example.com`
    package var words: String { map { "\($0.what) \($0.name)" }.joined(separator: ", ") }
}

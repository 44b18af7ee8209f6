internal import Git

/// A reference as a report names it.
struct TipName: Hashable, Sendable {
    enum Kind: Sendable {
        case branch
        case tag
        /// Notes, pull requests, a detached HEAD.
        case other
    }

    var short: String
    var kind: Kind

    init(short: String, kind: Kind) {
        self.short = short
        self.kind = kind
    }

    init(_ reference: Reference) {
        short = reference.shortName
        if reference.name.hasPrefix("refs/heads/") || reference.name.hasPrefix("refs/remotes/") {
            kind = .branch
        } else {
            kind = reference.name.hasPrefix("refs/tags/") ? .tag : .other
        }
    }
}

internal import Scanner

extension Occurrence.History {
    /// `since 1a2b3c4d5e of 2024-03-01 by Ada <ada@example.org>: add config`
    var introduction: String {
        guard let introduced else { return "in no commit" }
        return "since \(introduced.wording): \(introduced.summary.visible)"
    }

    /// Whether the blob is gone from HEAD, since when, and how one still gets to it.
    var fate: String {
        var sentence = isInHead ? "still in HEAD" : "not in HEAD"
        if let removed, !isInHead {
            sentence = "removed in \(removed.wording)"
            if let introduced { sentence += ", after " + Self.days(from: introduced, to: removed) }
        }
        return sentence + "; " + reachability.sentence
    }

    private static func days(from introduced: Occurrence.Commit, to removed: Occurrence.Commit) -> String {
        // Author times are what the authors' clocks said, which may be that the removal came first.
        let seconds = Timestamp(seconds: removed.authorTime).seconds - Timestamp(seconds: introduced.authorTime).seconds
        return seconds < 86_400 ? "less than a day" : Quantity.count(seconds / 86_400, "day")
    }
}

extension Occurrence.History.Reachability {
    /// The case's name in JSON.
    var kind: String {
        switch self {
        case .references: "references"
        case .stash: "stash"
        case .reflog: "reflog"
        case .unreachable: "unreachable"
        }
    }

    var references: [String] {
        if case .references(let names) = self { names } else { [] }
    }

    var sentence: String {
        switch self {
        case .references(let names) where names.isEmpty: "reachable from a reference"
        case .references(let names): "reachable from " + names.map(\.visible).joined(separator: ", ")
        case .stash: "reachable from the stash"
        case .reflog: "reachable from the reflog only"
        case .unreachable: "reachable from no reference, but still in the repository"
        }
    }
}

extension Occurrence.Commit {
    /// `1a2b3c4d5e of 2024-03-01 by Ada <ada@example.org>`
    var wording: String {
        let author = authorEmail.isEmpty ? authorName : "\(authorName) <\(authorEmail)>"
        return "\(id.prefix(10)) of \(Timestamp(seconds: authorTime).date) by \(author.visible)"
    }
}

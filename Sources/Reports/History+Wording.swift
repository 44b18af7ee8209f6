internal import Bytes
package import Findings

extension Occurrence.History {
    /// `since 1a2b3c4d5e of 2024-03-01 by Ada <ada@example.org>: add config`
    package var introduction: String {
        guard let introduced else { return "in no commit" }
        return "since \(introduced.wording): \(introduced.summary.visible)"
    }

    /// Whether the blob is gone from HEAD, since when, and how one still gets to it.
    package var fate: String {
        var sentence = isInHead ? "still in HEAD" : "not in HEAD"
        if let removed, !isInHead {
            sentence = "removed in \(removed.wording)"
            if let introduced { sentence += ", after " + Self.days(from: introduced, to: removed) }
        }
        return sentence + "; " + reachability.sentence(unnamed: counts.references - reachability.names.count)
    }

    private static func days(from introduced: Occurrence.Commit, to removed: Occurrence.Commit) -> String {
        // Author times are what the authors' clocks said, which may be that the removal came first.
        let seconds = Timestamp(seconds: removed.authorTime).seconds - Timestamp(seconds: introduced.authorTime).seconds
        return seconds < 86_400 ? "less than a day" : Quantity.count(seconds / 86_400, "day")
    }
}

extension Timeline {
    /// The days that it was exposed, in words; `nil` if no commit brought it.
    var exposure: String? {
        guard let exposedDays else { return nil }
        let days = exposedDays == 0 ? "less than a day" : Quantity.count(exposedDays, "day")
        return removed == nil ? "exposed for \(days) so far" : "exposed for \(days)"
    }

    /// A line each: when it came and went, how one gets to it, and where it was.
    var lines: [String] {
        var lines: [String] = []
        if let introduced {
            lines.append("\(introduced.day) introduced in \(introduced.line)")
        } else {
            lines.append("in no commit")
        }
        if let removed { lines.append("\(removed.day) removed in \(removed.line)") }
        lines.append((isInHead ? "still in HEAD" : "not in HEAD") + "; " + reachability.sentence(unnamed: unnamedCount))
        if let exposure { lines.append(exposure) }
        for (name, values) in [("paths", paths), ("branches", branches), ("tags", tags)] where !values.isEmpty {
            lines.append("\(name): " + values.map(\.visible).joined(separator: ", "))
        }
        return lines
    }
}

extension Occurrence.Commit {
    var day: String { Timestamp(seconds: authorTime).date }

    /// `1a2b3c4d5e by Ada <ada@example.org>: add config`
    fileprivate var line: String {
        let author = authorEmail.isEmpty ? authorName : "\(authorName) <\(authorEmail)>"
        return "\(id.abbreviated) by \(author.visible): \(summary.visible)"
    }
}

extension Occurrence.History.Reachability {
    /// - Parameter unnamed: How many references more than those that are named contain it.
    func sentence(unnamed: Int) -> String {
        switch self {
        case .references(let names) where names.isEmpty: "reachable from a reference"
        case .references(let names):
            "reachable from " + names.map(\.visible).joined(separator: ", ")
                + (unnamed > 0 ? " and \(Quantity.count(unnamed, "more reference"))" : "")
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
        return "\(id.abbreviated) of \(Timestamp(seconds: authorTime).date) by \(author.visible)"
    }
}

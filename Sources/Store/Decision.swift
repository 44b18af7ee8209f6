package import Findings

/// What somebody has decided about a secret.
package struct Decision: Sendable, Hashable {
    /// What is done about it.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Something is to be done.
        case open
        /// It is no secret.
        case falsePositive = "false-positive"
        /// It is one, and may stay where it is.
        case accepted
        /// Another took its place; it may still work.
        case rotated
        /// The provider refuses it.
        case revoked

        /// Whether it is settled as long as nothing new is seen of it.
        package var endsWithNews: Bool { self == .rotated || self == .revoked }

        /// Whether the value is a secret; `nil`: nobody has said so.
        package var isSecret: Bool? { self == .open ? nil : self != .falsePositive }
    }

    /// What the secret was called by whoever decided.
    package var fingerprint: Fingerprint
    package var state: State
    /// In the words of who decided; on one line.
    package var reason: String
    /// Who decided: a name or an address, without spaces.
    package var author: String
    /// When: seconds since 1970.
    package var time: Int
    /// The last day on which it holds; `nil`: there is no end.
    package var until: CalendarDay?
    /// Whether nobody has decided that: it follows from what was seen.
    package var isAutomatic: Bool

    package init(
        _ fingerprint: Fingerprint, _ state: State, reason: String, author: String, time: Int,
        until: CalendarDay? = nil, isAutomatic: Bool = false
    ) {
        self.fingerprint = fingerprint
        self.state = state
        self.reason = reason
        self.author = author
        self.time = time
        self.until = until
        self.isAutomatic = isAutomatic
    }

    /// Who opens what was settled.
    package static let program = "windsock"

    /// Whether its last day is over.
    package func isOver(on day: CalendarDay) -> Bool { until.map { $0 < day } ?? false }

    /// What holds on a day.
    package func state(on day: CalendarDay) -> State { isOver(on: day) ? .open : state }

    /// `rotated by ada on 2026-03-01: it is in the vault now`
    package var sentence: String {
        let end = until.map { " until \($0)" } ?? ""
        let day = CalendarDay(daysSince1970: time / 86_400)
        return "\(state.rawValue)\(end), by \(author) on \(day)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}

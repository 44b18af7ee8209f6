package import Findings
package import Store

/// What somebody wants to hold of a secret.
package struct TriageWish: Sendable, Hashable {
    package var fingerprint: Fingerprint
    package var state: Decision.State
    /// On one line.
    package var reason: String
    package var until: CalendarDay?
    /// What they have seen to hold before; `nil`: nothing was decided.
    package var known: Decision?
}

/// What a key has to be followed by, outside of the model.
package enum TriageEffect: Sendable, Hashable {
    case quit
    /// The shell is to have the terminal.
    case suspend
    /// All is to be painted anew.
    case repaint
    /// The store is to be read again.
    case reload
    /// The secret of this number in the store is to be read with all that is known of it.
    case load(Int)
    /// All or none; `isUndo`: they take back what was decided here before.
    case decide([TriageWish], isUndo: Bool)
    /// A page that begins with `http://` or `https://`.
    case open(String)
}

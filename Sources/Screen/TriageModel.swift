package import Findings
package import Store

/// All that the screen knows. A key changes it, and says what is to be done outside of it.
package struct TriageModel: Sendable {
    package enum Mode: Sendable, Hashable {
        case list, detail, help
    }

    /// A decision that was made here, and what it took the place of.
    struct Made: Sendable {
        var before: Decision?
        var after: Decision
    }

    package internal(set) var selection: TriageSelection
    /// Where the cursor is, and what the first line shows: indexes in `selection.shown`.
    package internal(set) var cursor = 0
    package internal(set) var top = 0
    package internal(set) var marked: Set<Fingerprint> = []
    package internal(set) var mode = Mode.list
    package internal(set) var prompt: TriagePrompt?
    /// What is shown where `mode` is `detail`; `nil`: it has not been read yet.
    package internal(set) var detail: SecretDetail?
    /// The first line of what is shown in `detail` and `help`.
    package internal(set) var scroll = 0
    /// The place that `b` opens, an index in `detail.places`.
    package internal(set) var place = 0
    /// What came of the last key.
    package internal(set) var message = ""
    package internal(set) var columns = 80
    package internal(set) var lines = 24
    /// What can be taken back, the last behind.
    var made: [[Made]] = []
    /// What the store is called.
    package let name: String

    package init(_ secrets: [SecretOverview], name: String, today: CalendarDay) {
        self.name = name
        selection = TriageSelection(today: today)
        selection.replace(secrets)
    }

    /// The secret that the cursor is on.
    package var current: SecretOverview? {
        selection.shown.indices.contains(cursor) ? selection.secrets[selection.shown[cursor]] : nil
    }

    /// Lines between the two bars at the top and those at the bottom.
    package var listHeight: Int { max(1, lines - 4) }

    // MARK: What comes from outside

    package mutating func resize(columns: Int, lines: Int) {
        (self.columns, self.lines) = (max(1, columns), max(1, lines))
        follow()
    }

    package mutating func say(_ text: String) { message = text }

    /// Takes what the store has now; the cursor stays on its secret.
    package mutating func replace(_ secrets: [SecretOverview]) -> [TriageEffect] {
        let fingerprint = current?.fingerprint
        selection.replace(secrets)
        marked.formIntersection(secrets.map(\.fingerprint))
        if let index = selection.shown.firstIndex(where: { selection.secrets[$0].fingerprint == fingerprint }) {
            cursor = index
        }
        follow()
        guard mode == .detail, let id = detail?.overview.id else { return [] }
        return [.load(id)]
    }

    package mutating func show(_ detail: SecretDetail) {
        let isSame = self.detail?.overview.id == detail.overview.id
        self.detail = detail
        place = isSame ? min(place, max(0, detail.places.count - 1)) : 0
        if !isSame { scroll = 0 }
    }

    /// What was asked for was done.
    package mutating func decided(_ wishes: [TriageWish], _ decisions: [Decision], isUndo: Bool) -> [TriageEffect] {
        if !isUndo { made.append(zip(wishes, decisions).map { Made(before: $0.known, after: $1) }) }
        var byName: [Fingerprint: Decision] = [:]
        for (wish, decision) in zip(wishes, decisions) { byName[wish.fingerprint] = decision }
        selection.note(byName)
        marked.subtract(byName.keys)
        let count = decisions.count
        let what = count == 1 ? decisions[0].fingerprint.description + " is" : "\(count) secrets are"
        let states = Set(decisions.map(\.state.rawValue)).sorted().joined(separator: " or ")
        message = isUndo ? "taken back: \(what) \(states)" : "\(what) \(states); u takes that back"
        follow()
        guard mode == .detail, let id = detail?.overview.id else { return [] }
        return [.load(id)]
    }

    /// What was asked for was not done, because somebody else has decided.
    package mutating func refused(isUndo: Bool) -> [TriageEffect] {
        if isUndo {
            message = "somebody has decided since: nothing is taken back"
        } else {
            message = "somebody else has decided meanwhile: nothing is changed. Look, and decide again"
        }
        return [.reload]
    }

    // MARK: Moving

    mutating func move(_ count: Int) {
        cursor += count
        follow()
    }

    /// Keeps the cursor in the list, and the list around it.
    mutating func follow() {
        cursor = max(0, min(cursor, selection.shown.count - 1))
        top = max(0, min(top, selection.shown.count - listHeight))
        if cursor < top { top = cursor }
        if cursor >= top + listHeight { top = cursor - listHeight + 1 }
    }
}

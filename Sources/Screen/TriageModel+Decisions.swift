import Findings
import Store

extension TriageModel {
    /// What a key decides; `nil`: it is none of those.
    mutating func decisionKey(_ key: Key) -> [TriageEffect]? {
        guard mode != .help else { return nil }
        let state: Decision.State
        switch key {
        case .character("f"): state = .falsePositive
        case .character("a"): state = .accepted
        case .character("r"): state = .rotated
        case .character("v"): state = .revoked
        case .character("o"): state = .open
        case .character("u"): return undo()
        default: return nil
        }
        let targets = targets
        if targets.isEmpty {
            message = "there is no secret to decide about"
        } else {
            prompt = TriagePrompt(.reason(state), targets: targets)
        }
        return []
    }

    /// Those that are marked and shown; otherwise the one that the cursor is on.
    private var targets: [Fingerprint] {
        if mode == .list, !marked.isEmpty {
            let shown = selection.shown.lazy.map { self.selection.secrets[$0].fingerprint }
            return shown.filter(marked.contains)
        }
        return ((mode == .detail ? detail?.overview : nil) ?? current).map { [$0.fingerprint] } ?? []
    }

    // MARK: The line that is being written

    mutating func answer(_ key: Key) -> [TriageEffect] {
        guard var prompt else { return [] }
        switch key {
        case .escape, .control("c"):
            self.prompt = nil
            if case .filter(let before) = prompt.question { filter(before) }
            return []
        case .enter: return enter(prompt)
        default:
            guard prompt.edit(key) else { return [] }
            self.prompt = prompt
            if case .filter = prompt.question { filter(prompt.text) }
            return []
        }
    }

    private mutating func filter(_ text: String) {
        selection.search(text)
        (cursor, top) = (0, 0)
        follow()
    }

    private mutating func enter(_ prompt: TriagePrompt) -> [TriageEffect] {
        message = ""
        switch prompt.question {
        case .filter:
            self.prompt = nil
            return []
        case .reason(let state):
            if state != .open, prompt.text.allSatisfy(\.isWhitespace) {
                message = "a reason is missing: in a year nobody will know why"
                return []
            }
            if state == .open { return wish(state, prompt.text, until: nil, prompt.targets) }
            self.prompt = TriagePrompt(.until(state, reason: prompt.text), targets: prompt.targets)
            return []
        case .until(let state, let reason):
            let text = prompt.text.filter { !$0.isWhitespace }
            if text.isEmpty { return wish(state, reason, until: nil, prompt.targets) }
            guard let day = CalendarDay(text) else {
                message = "\(text) is no day; write it like 2027-01-31, or nothing"
                return []
            }
            guard day >= selection.today else {
                message = "\(day) is over: it would not hold"
                return []
            }
            return wish(state, reason, until: day, prompt.targets)
        }
    }

    private mutating func wish(
        _ state: Decision.State, _ reason: String, until: CalendarDay?, _ targets: [Fingerprint]
    ) -> [TriageEffect] {
        prompt = nil
        let wanted = Set(targets)
        let wishes = selection.secrets.filter { wanted.contains($0.fingerprint) }.map {
            TriageWish(fingerprint: $0.fingerprint, state: state, reason: reason, until: until, known: $0.decision)
        }
        return wishes.isEmpty ? [] : [.decide(wishes, isUndo: false)]
    }

    // MARK: Undo

    /// Decides again what held before: what was ever decided stays in the store.
    private mutating func undo() -> [TriageEffect] {
        guard let last = made.popLast() else {
            message = "there is nothing to take back: only what was decided since this screen was opened"
            return []
        }
        let wishes = last.map { made in
            TriageWish(
                fingerprint: made.after.fingerprint, state: made.before?.state ?? .open,
                reason: made.before.map { "as before (\($0.sentence))" } ?? "taken back", until: made.before?.until,
                known: made.after)
        }
        return [.decide(wishes, isUndo: true)]
    }
}

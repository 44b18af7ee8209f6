package import Findings
package import Store

/// A line that is being written.
package struct TriagePrompt: Sendable, Hashable {
    package enum Question: Sendable, Hashable {
        /// What was searched for before.
        case filter(String)
        case reason(Decision.State)
        case until(Decision.State, reason: String)
    }

    package var question: Question
    package private(set) var text: String
    /// Which secrets are decided about: they stay those, whatever is shown meanwhile.
    package var targets: [Fingerprint] = []

    init(_ question: Question, text: String = "", targets: [Fingerprint] = []) {
        self.question = question
        self.text = text
        self.targets = targets
    }

    /// More than a line of a report is nobody's reason.
    private static let longest = 500

    /// Whether the key has changed the text.
    mutating func edit(_ key: Key) -> Bool {
        switch key {
        case .character(let character):
            guard text.utf8.count < Self.longest, CellText.harmless(String(character)) == String(character) else {
                return false
            }
            text.append(character)
        case .backspace:
            if text.isEmpty { return false }
            text.removeLast()
        case .control("u"): text = ""
        case .control("w"):
            while text.last == " " { text.removeLast() }
            while let last = text.last, last != " " { text.removeLast() }
        default: return false
        }
        return true
    }

    /// What stands ahead of the text.
    package var label: String {
        let what = targets.count == 1 ? "it is" : "\(targets.count) secrets are"
        return switch question {
        case .filter: "/"
        case .reason(.open): "\(what) open; why, if there is something to say: "
        case .reason(let state): "\(what) \(state.rawValue); why: "
        case .until: "last day on which that holds, 2027-01-31; nothing: no end: "
        }
    }
}

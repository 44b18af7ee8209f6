import LanguageModel
import Reports

/// What is shown of one finding while a model answers.
struct AdviseText {
    let number: Int
    let of: AdviceSubject
    let model: String

    init(number: Int, of subject: AdviceSubject, model: String) {
        self.number = number
        of = subject
        self.model = model
    }

    var head: String {
        let place = of.places.first.map { "  \($0.path.visible):\($0.line)" } ?? ""
        let more = of.placeCount > 1 ? " and \(Quantity.count(of.placeCount - 1, "place")) more" : ""
        return
            "\(number == 1 ? "" : "\n")\(number). \(of.rule.id.visible)  \(of.redacted.visible)  \(of.severity), confidence \(of.confidence)\(place)\(more)\n"
    }

    func part(_ part: Answer.Part) -> String {
        switch part {
        case .opens(let text): line("opens", text)
        case .instead(let text): line("instead", text)
        case .rotation(let steps): list("rotation", steps)
        case .logs(let texts): list("logs", texts)
        case .opinion(let opinion): line("opinion", "\(opinion.words), says \(model.visible)")
        case .why(let text): line("why", text)
        case .priority(let priority): line("priority", priority.rawValue)
        // It is shown when it is known to apply.
        case .patch: ""
        }
    }

    func tail(_ outcome: AdviseOutcome) -> String {
        var text = ""
        if let diff = outcome.diff {
            text +=
                line(
                    "patch",
                    outcome.isDiffExact
                        ? "applies to the file as it is, which is not changed"
                        : "fits the file, which is not changed; git apply does not take it as shown (masked lines, line ends or encoding)"
                )
                + diff
        }
        if let refusal = outcome.refusal { text += line("patch", "left out: \(refusal)") }
        if let words = outcome.answer?.removed.words { text += line("note", words) }
        if let note = outcome.note { text += line("note", note.visible) }
        if let problem = outcome.problem {
            text += line(outcome.wasBegun ? "not whole" : "no answer", problem.visible)
            text += list("steps", of.rule.steps.map(\.visible))
        }
        return text
    }

    private func line(_ name: String, _ text: String) -> String {
        "   \(name)\(String(repeating: " ", count: max(1, 10 - name.count)))\(text)\n"
    }

    private func list(_ name: String, _ texts: [String]) -> String {
        texts.enumerated().map { line($0 == 0 ? name : "", "\($0 + 1). \($1)") }.joined()
    }
}

extension Answer.Opinion {
    /// As an opinion is told.
    var words: String {
        switch self {
        case .secret: "probably a secret"
        case .testValue: "probably a test value"
        case .notASecret: "probably not a secret"
        case .unsure: "unsure"
        }
    }
}

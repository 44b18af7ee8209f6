import LanguageModel
import Reports

/// What a run has come to, as a whole.
struct AdviseOutput {
    let run: AdviseRun
    let outcomes: [AdviseOutcome]
    let tokens: Int

    private var answered: Int { outcomes.count { $0.answer != nil } }

    /// One line.
    var summary: String {
        "\n\(Quantity.count(outcomes.count, "finding")), \(Quantity.grouped(answered)) answered by \(run.model.visible) at \(run.setup.address.hostAndPort) (prompts \(Prompt.version), about \(Quantity.grouped(tokens)) tokens). A model's words: check them. No finding and no file was changed."
    }

    // MARK: JSON

    var json: [UInt8] {
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", "windsock-advice/1")
            writer.field(
                "tool",
                object: {
                    $0.field("name", "windsock")
                    $0.field("version", Windsock.version)
                })
            writer.field("purpose", run.purpose == .triage ? "triage" : "advice")
            writer.field("prompts", Prompt.version)
            writer.field("model", run.model)
            writer.field("endpoint", run.setup.address.description)
            writer.field("tokens", tokens)
            writer.field("findings", array: outcomes) { writer, outcome in
                writer.object { Self.fields(of: outcome, &$0) }
            }
        }
        writer.endLine()
        return writer.bytes
    }

    private static func fields(of outcome: AdviseOutcome, _ writer: inout JSONWriter) {
        let subject = outcome.subject
        writer.field("rule", subject.rule.id)
        writer.field("fingerprint", subject.fingerprint)
        writer.field("redacted", subject.redacted)
        writer.field("severity", subject.severity)
        writer.field("confidence", subject.confidence)
        if let place = subject.places.first {
            writer.field("path", place.path)
            writer.field("line", place.line)
        }
        writer.field("note", ifPresent: outcome.note)
        writer.field("problem", ifPresent: outcome.problem)
        guard let answer = outcome.answer else { return }
        writer.field(
            "answer",
            object: { writer in
                for part in answer.parts { Self.field(part, &writer) }
                writer.field("diff", ifPresent: outcome.diff)
                if outcome.diff != nil { writer.field("diffApplies", outcome.isDiffExact) }
                writer.field("patchLeftOut", ifPresent: outcome.refusal)
                writer.field("removed", ifPresent: answer.removed.words)
            })
    }

    private static func field(_ part: Answer.Part, _ writer: inout JSONWriter) {
        switch part {
        case .opens(let text): writer.field("opens", text)
        case .instead(let text): writer.field("instead", text)
        case .rotation(let steps): writer.field("rotation", steps)
        case .logs(let texts): writer.field("logs", texts)
        case .opinion(let opinion): writer.field("opinion", opinion.rawValue)
        case .why(let text): writer.field("why", text)
        case .priority(let priority): writer.field("priority", priority.rawValue)
        case .patch: break
        }
    }

    // MARK: Markdown

    /// What a model has written makes no link, mentions nobody and is no HTML.
    var markdown: String {
        let head =
            "# What to do about \(Quantity.count(outcomes.count, "finding"))\n\n\(Markdown.text(summary.dropFirst(1).description))\n"
        return head + outcomes.map(section).joined()
    }

    private func section(_ outcome: AdviseOutcome) -> String {
        let subject = outcome.subject
        var lines = [
            "", "## \(Markdown.code(subject.rule.id)) \(Markdown.code(subject.redacted))", "",
            "Severity \(subject.severity), confidence \(subject.confidence)"
                + (subject.places.first.map { ", \(Markdown.code("\($0.path):\($0.line)"))" } ?? ""),
        ]
        for part in outcome.answer?.parts ?? [] { lines += Self.lines(part) }
        if let diff = outcome.diff {
            // Longer than whatever stands in it.
            let fence = String(repeating: "`", count: max(3, Self.longestRun(of: "`", in: diff) + 1))
            lines += [
                "",
                outcome.isDiffExact
                    ? "**Patch** (not applied)" : "**Patch** (not applied; git apply does not take it as shown)", "",
                "\(fence)diff", diff + fence,
            ]
        }
        let notes = [outcome.refusal.map { "patch left out: \($0)" }, outcome.answer?.removed.words, outcome.note]
        lines += notes.compactMap { $0 }.flatMap { ["", "Note: \(Markdown.text($0))"] }
        if let problem = outcome.problem {
            lines += ["", "No answer: \(Markdown.text(problem))", ""]
            lines += subject.rule.steps.enumerated().map { "\($0 + 1). \(Markdown.text($1))" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ part: Answer.Part) -> [String] {
        func list(_ name: String, _ texts: [String]) -> [String] {
            texts.isEmpty ? [] : ["", "**\(name)**", ""] + texts.enumerated().map { "\($0 + 1). \(Markdown.text($1))" }
        }
        func line(_ name: String, _ text: String) -> [String] { ["", "**\(name)** \(Markdown.text(text))"] }
        return switch part {
        case .opens(let text): line("What it opens.", text)
        case .instead(let text): line("Instead.", text)
        case .rotation(let steps): list("Rotation", steps)
        case .logs(let texts): list("What to look for in logs", texts)
        case .opinion(let opinion): line("Opinion.", opinion.words)
        case .why(let text): line("Why.", text)
        case .priority(let priority): line("Priority.", priority.rawValue)
        case .patch: []
        }
    }

    private static func longestRun(of mark: Character, in text: String) -> Int {
        var (longest, run) = (0, 0)
        for character in text {
            run = character == mark ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}

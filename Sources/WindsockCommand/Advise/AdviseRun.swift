import Findings
import FoundationEssentials
import LanguageModel
import Reports
import Store
import Verification

/// What has come of asking about one finding.
struct AdviseOutcome {
    let subject: AdviceSubject
    var note: String?
    /// `nil`: there is none, and `problem` says why.
    var answer: Answer?
    var problem: String?
    /// Parts of it came before the problem did.
    var wasBegun = false
    /// Of the patch: a diff, or why there is none.
    var diff: String?
    /// Whether `git apply` takes the diff as it is shown: of lines with a secret only the ends are, and other encodings and
    /// line ends are not those of the file.
    var isDiffExact = false
    var refusal: String?
}

/// Asks about one finding after another.
struct AdviseRun {
    let source: AdviseSource
    /// Where answers are noted; `nil`: nowhere.
    let store: Store?
    let setup: ModelSetup
    let purpose: AdviceRequest.Purpose
    let model: String

    // MARK: A dry run

    /// Prints the body of each request, and on standard error what goes with it.
    func printRequests() throws(CommandFailure) {
        var count = 0
        for subject in source.subjects {
            let material = source.material(subject)
            if let note = material.note { tell(subject, note) }
            let request = AdviceRequest.request(purpose, model: model, about: subject, material.excerpt)
            try OutputFile.write(request.body + [0x0a], path: "-")
            count += request.body.count
        }
        let key = setup.keyVariable.map { ", with the header Authorization: Bearer and the key of \($0)" } ?? ""
        let requests = Quantity.count(source.subjects.count, "request")
        StandardError.write(
            source.subjects.isEmpty
                ? "windsock: there is no finding to ask about\n"
                : "windsock: \(requests) (\(Quantity.grouped(count)) bytes), each a line, would be a POST to \(chatAddress)\(key); none was made\n"
        )
    }

    private var chatAddress: String {
        let address = setup.address
        return (address.isPlain ? "http://" : "https://") + address.hostAndPort
            + address.https.with("/v1/chat/completions").target
    }

    private func tell(_ subject: AdviceSubject, _ note: String) {
        StandardError.write("windsock: \(subject.rule.id.visible) \(subject.redacted.visible): \(note.visible)\n")
    }

    // MARK: Asking

    func ask(_ client: ModelClient, key: [UInt8]?, format: AdviseCommand.Format, budget: TokenBudget)
        throws(CommandFailure)
    {
        if source.subjects.isEmpty {
            if format == .text { try say("no finding to ask about\n") }
        } else if let notice = setup.notice {
            StandardError.write("windsock: note: \(notice)\n")
        }
        var budget = budget
        var outcomes: [AdviseOutcome] = []
        /// Why nobody is asked any more.
        var end: String?
        var unanswered = 0
        for (number, subject) in source.subjects.enumerated() {
            let text = AdviseText(number: number + 1, of: subject, model: model)
            if format == .text { try say(text.head) }
            var outcome = AdviseOutcome(subject: subject)
            var closed: CommandFailure?
            if let reason = end {
                outcome.problem = reason
            } else {
                ask(&outcome, client, key, &budget, &end) { part in
                    guard format == .text, closed == nil else { return }
                    do throws(CommandFailure) { try say(text.part(part)) } catch { closed = error }
                }
            }
            if let closed { throw closed }
            if outcome.answer == nil, outcome.problem?.contains(Self.late) == true { unanswered += 1 }
            if unanswered >= 2, end == nil {
                end =
                    "nobody was asked: two questions had no answer in time; --timeout allows more, another model may be faster"
            }
            if format == .text { try say(text.tail(outcome)) }
            outcomes.append(outcome)
            try note(outcome)
        }
        let report = AdviseOutput(run: self, outcomes: outcomes, tokens: budget.used)
        switch format {
        case .text: if !outcomes.isEmpty { try say(report.summary + "\n") }
        case .json: try OutputFile.write(report.json, path: "-")
        case .markdown: try OutputFile.write(Array(report.markdown.utf8), path: "-")
        }
    }

    /// Each at once: who ends it has what was said until then.
    private func note(_ outcome: AdviseOutcome) throws(CommandFailure) {
        guard let store, let text = outcome.answer?.annotation,
            let fingerprint = Fingerprint(outcome.subject.fingerprint)
        else { return }
        let annotation = Annotation(
            fingerprint, text: KeptName.words(text), model: KeptName.words(model),
            time: Int(Date().timeIntervalSince1970))
        try StoreFile.told(code: .incomplete) { () throws(StoreError) in try store.annotate([annotation]) }
    }

    /// Directly, so that it is seen while the rest is on its way.
    private func say(_ text: String) throws(CommandFailure) { try OutputFile.write(Array(text.utf8), path: "-") }

    private static let late = "did not answer in time"

    private func ask(
        _ outcome: inout AdviseOutcome, _ client: ModelClient, _ key: [UInt8]?, _ budget: inout TokenBudget,
        _ end: inout String?, show: @escaping (Answer.Part) -> Void
    ) {
        let subject = outcome.subject
        let material = source.material(subject)
        outcome.note = material.note
        let request = AdviceRequest.request(purpose, model: model, about: subject, material.excerpt)
        guard budget.allows(request) else {
            outcome.problem = "the budget of \(Quantity.grouped(budget.total)) tokens is used up; raise --max-tokens"
            end = outcome.problem
            return
        }
        let secrets = material.excerpt.masked + material.findings.flatMap { [$0.secret.bytes, $0.secret.value.bytes] }
        let reading = Reading(AnswerParser(purpose, AnswerText(secrets: secrets + [key].compactMap { $0 })))
        do throws(ModelFailure) {
            let topic = ModelClient.Topic(rule: subject.rule.id, fingerprint: subject.fingerprint, model: model)
            let completion = try client.chat(request, topic) { news in
                for part in reading.parser.add(news) { show(part) }
            }
            budget.add(completion.tokens)
            if let objection = reading.parser.objection(toWhole: completion.content) {
                outcome.wasBegun = !reading.parser.answer.parts.isEmpty
                outcome.problem = "\(ModelFailure(objection, .broken))"
                return
            }
        } catch {
            outcome.wasBegun = !reading.parser.answer.parts.isEmpty
            // What was sent counts, whatever came of it.
            budget.add(request.tokens)
            outcome.problem = "\(error)"
            if error.isFinal { end = "nobody was asked: \(error)" }
            return
        }
        outcome.answer = reading.parser.answer
        judgePatch(&outcome, material)
    }

    /// What the callback of a transfer writes into.
    private final class Reading {
        var parser: AnswerParser

        init(_ parser: AnswerParser) { self.parser = parser }
    }

    private static func isExact(_ diff: String, _ material: AdviseSource.Material) -> Bool {
        guard let raw = material.held?.bytes, !raw.contains(0x0d) else { return false }
        let lines = Set(raw.split(separator: 0x0a).map { Array($0) })
        return diff.utf8.split(separator: 0x0a).allSatisfy { line in
            guard !line.starts(with: "--- ".utf8), line.first == 0x2d || line.first == 0x20 else { return true }
            return line.count == 1 || lines.contains(Array(line.dropFirst()))
        }
    }

    private func judgePatch(_ outcome: inout AdviseOutcome, _ material: AdviseSource.Material) {
        for part in outcome.answer?.parts ?? [] {
            guard case .patch(let patch) = part, !patch.edits.isEmpty else { continue }
            do throws(ProposedPatch.Refusal) {
                outcome.diff = try source.diff(patch, of: outcome.subject, material)
                outcome.isDiffExact = outcome.diff.map { Self.isExact($0, material) } ?? false
            } catch {
                outcome.refusal = error.description
            }
        }
    }
}

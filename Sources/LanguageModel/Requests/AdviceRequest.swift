internal import Findings
internal import Reports

/// What is asked about one finding.
package enum AdviceRequest {
    /// What a model is asked for.
    package enum Purpose: Sendable {
        /// What to do.
        case advice
        /// What it probably is.
        case triage

        var prompt: Prompt { self == .advice ? .advice : .triage }
    }

    /// - Parameters:
    ///   - excerpt: Of the first of its places; without lines where there are none.
    package static func request(
        _ purpose: Purpose, model: String, about subject: AdviceSubject, _ excerpt: Excerpt
    ) -> ChatRequest {
        ChatRequest(model: model, prompt: purpose.prompt, question: question(subject, excerpt))
    }

    private static let mostPlaces = 5

    private static func question(_ subject: AdviceSubject, _ excerpt: Excerpt) -> String {
        let safe = AnswerText(secrets: excerpt.masked)
        // Ours, or a team's: what a rule says has no secret, but nobody has promised that.
        func text(_ text: String) -> String { RandomRuns.masked(safe.masked(text)) }
        let rule = subject.rule
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field(
                "finding",
                object: { writer in
                    writer.field("rule", text(rule.id))
                    writer.field("provider", text(rule.provider))
                    writer.field("description", text(rule.explanation))
                    writer.field("severity", subject.severity)
                    writer.field("confidence", subject.confidence)
                    writer.field("exposure", subject.exposure)
                    writer.field("steps", rule.steps.map(text))
                    writer.field("placeCount", subject.placeCount)
                    writer.field("places", array: subject.places.prefix(mostPlaces)) { writer, place in
                        writer.object {
                            $0.field("path", name(of: place, safe))
                            $0.field("line", place.line)
                        }
                    }
                })
            if let place = subject.places.first { writer.field("file", name(of: place, safe)) }
            writer.field("lines", array: excerpt.lines) { writer, line in
                writer.object {
                    $0.field("line", line.number)
                    $0.field("text", line.shown)
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The name by which a model knows the file that it is shown.
    package static func fileName(_ subject: AdviceSubject, _ excerpt: Excerpt) -> String {
        subject.places.first.map { name(of: $0, AnswerText(secrets: excerpt.masked)) } ?? ""
    }

    /// A path may be named after a key, or lead through somebody's home.
    private static func name(of place: AdviceSubject.Place, _ safe: AnswerText) -> String {
        RandomRuns.masked(path: safe.masked(PersonalDetails.masked(path: place.path)))
    }
}

import Bytes
import Findings
import Reports
import Rules
import Store

/// What was decided, told with what is known of each secret.
struct TriageListing {
    private let content: StoreContent
    private let today: CalendarDay

    init(_ content: StoreContent, today: CalendarDay) {
        self.content = content
        self.today = today
    }

    /// A line a secret that somebody has decided about, and what is about to need somebody.
    ///
    /// - Parameter states: Only secrets of these; none: all that were decided.
    func lines(of states: [Decision.State]) -> [String] {
        content.secrets.compactMap { secret in
            let state = secret.decision?.state(on: today) ?? .open
            guard states.isEmpty ? secret.decision != nil : states.contains(state) else { return nil }
            return line(secret)
        }
    }

    /// `v1:…  mistral-api-key  AbCd…WxYz  rotated, by ada on …: why; asked on 2026-03-01: dead, says api.mistral.ai; not in HEAD since …`
    private func line(_ secret: StoredSecret) -> String {
        var facts = [secret.decision?.sentence ?? "open"]
        if let decision = secret.decision, decision.isOver(on: today) { facts[0] += " (that is over: open)" }
        facts.append(Self.asked(secret))
        facts.append(place(secret))
        if let annotation = secret.annotation { facts.append(annotation.sentence) }
        return "\(secret.fingerprint)  \(secret.rule.id.visible)  \(secret.redacted.visible)  "
            + facts.map(\.visible).joined(separator: "; ")
    }

    private static func asked(_ secret: StoredSecret) -> String {
        guard let verification = secret.verification else { return "never asked" }
        let day = CalendarDay(daysSince1970: Int(verification.time) / 86_400)
        return "asked on \(day): \(verification.liveness.words)" + (verification.host.map { ", says \($0)" } ?? "")
    }

    private func place(_ secret: StoredSecret) -> String {
        let sightings = secret.sightings.filter { !$0.isGone }
        guard !sightings.isEmpty else { return "nowhere any more" }
        let inHead = sightings.filter { $0.occurrences.contains { $0.history?.isInHead ?? true } }
        let names = { (sightings: [StoredSecret.Sighting]) in
            Set(sightings.compactMap { content.repositories[$0.repository]?.name }).sorted()
        }
        if !inHead.isEmpty { return "in HEAD of \(names(inHead).joined(separator: ", "))" }
        let removed = sightings.flatMap(\.occurrences).compactMap { $0.history?.removed?.authorTime }.max()
        let since = removed.map { " since \(CalendarDay(daysSince1970: $0 / 86_400))" } ?? ""
        return "in the history of \(names(sightings).joined(separator: ", ")), not in HEAD\(since)"
    }

    // MARK: Labels

    /// A line of JSON for each secret that somebody has judged.
    static func labels(_ content: StoreContent) -> String {
        content.secrets.compactMap { secret in
            guard let decision = secret.decision, let isSecret = decision.state.isSecret else { return nil }
            var writer = JSONWriter(isIndented: false)
            writer.object { writer in
                writer.field("fingerprint", secret.fingerprint.description)
                writer.field("rule", secret.rule.id)
                writer.field("secret", isSecret)
                writer.field("state", decision.state.rawValue)
                let place = secret.sightings.lazy.flatMap(\.occurrences).first
                writer.field("path", ifPresent: place?.path)
                writer.field("snippet", ifPresent: place?.snippet)
            }
            writer.endLine()
            return String(decoding: writer.bytes, as: UTF8.self)
        }.joined()
    }
}

internal import Bytes
internal import Findings
internal import PCRE2
import Rules

extension TextMatcher {
    struct Dropped: Error {
        var reason: DropReason
        /// What there is to say of this place in particular.
        var detail: String?
    }

    /// Cheap tests first: counts of characters, entropy, placeholders, context, allow-lists.
    func judge(
        _ rule: CompiledRule, _ whole: Range<Int>, _ secret: Range<Int>, _ surroundings: ContextJudge.Surroundings,
        _ refusal: DropReason?
    ) throws(MatchFailure) -> Result<Confidence, Dropped> {
        if let refusal { return .failure(Dropped(reason: refusal)) }
        let value = surroundings.text.slice(secret)
        let statistics = CharacterStatistics(value)
        if let reason = ValueFilter.judge(value, statistics, rule.rule) { return .failure(Dropped(reason: reason)) }
        if EncodedBlockFilter.holds(secret, in: surroundings.text) {
            return .failure(Dropped(reason: .encodedBlock))
        }
        var confidence = rule.rule.confidence
        if let context = rule.context {
            // A pattern that saw the address knows what its parts are.
            if whole == secret, AddressFilter.holds(secret, statistics, in: surroundings.text) {
                return .failure(Dropped(reason: .address))
            }
            switch context.judge(secret, in: surroundings, providers: engine.providers) {
            case .direct: break
            case .nearby: confidence = rule.rule.context?.nearby ?? confidence.lowered
            case .dropped(let reason): return .failure(Dropped(reason: reason))
            }
        }
        switch rule.rule.validator?.judge(secret, whole: whole, in: surroundings.text) {
        case nil, .notApplicable: break
        case .confirmed: confidence = .high
        case .unconfirmed: confidence = min(confidence, .medium)
        case .refuted(let reason): return .failure(Dropped(reason: reason))
        }
        let subject = CompiledAllowlist.Subject(
            text: surroundings.text, match: whole, secret: secret, path: surroundings.path, commit: nil)
        for list in rule.allowlists where try list.allows(subject, matcher: patterns.matcher) {
            return .failure(Dropped(reason: .allowlist, detail: list.name))
        }
        return .success(confidence)
    }
}

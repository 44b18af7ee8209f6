internal import Bytes
import Findings
internal import PCRE2
import Rules

/// What one rule asks of a match: the cheap questions before the dear, and none after the first that is answered "no".
///
/// Eight questions decide whether a match is a finding. The numbers say what belongs together; most are asked in their
/// order, but each where its answer is known:
///
/// - Of the file, before a rule's pattern is tried there: where it stands (1).
/// - Of a match, in `decide`: 2 to 5, and of the sixth, whether it is allowed, what allow-lists say of the text and the path.
/// - Of all matches of a blob, when its text and all that is decoded from it were matched: which claim stands (7, `Claims`).
///   Then `BlobScanner` asks the comments near those that stand, which belong to 6: it alone has the blob's own text, and a
///   comment is asked only of what would be reported.
/// - When findings are collected (`FindingCollector`): the commits that allow-lists name, which belong to 6 and are known
///   only then, and which claim to one secret stands that rules know from different places (7, by `ClaimRank`).
/// - Of all findings of a scan: whether they are wanted (8, `Selection`).
struct Decision: Sendable {
    let rule: Rule
    /// Files that the rule is for.
    let path: LazyPattern?
    /// `nil` for a rule whose matches say themselves whose they are.
    let owner: Owner?
    let allowance: Allowance
    let providers: ProviderNamesOnce
    /// Whether what it finds has no form. A password of an address has no more than any other.
    let isGeneric: Bool

    enum Verdict {
        case stands(Confidence)
        /// By which filter, and what there is to say of this place in particular.
        case dropped(DropReason, detail: String? = nil)
        /// It would stand, and somebody's settings let it pass.
        case silenced(Confidence, by: Silence)
    }

    /// - Parameter allowLists: Those of all rules.
    init(_ rule: Rule, allowLists: [Allowlist], providers: ProviderNamesOnce) {
        self.rule = rule
        path = rule.path.map(LazyPattern.init)
        owner = rule.context.map { Owner($0, rule: rule) }
        allowance = Allowance(rule, allowLists)
        self.providers = providers
        isGeneric = rule.specificity <= 0 || rule.validator == .password
    }

    /// Every pattern that something is decided by.
    var patterns: [LazyPattern] { [path].compactMap { $0 } + allowance.patterns + (owner?.paths ?? []) }

    /// What is known of a text before the rule is tried on it, and whether it is.
    ///
    /// - Parameters:
    ///   - holdsFileWord: Whether one of the rule's file words stands in the text.
    ///   - explains: Whether what is asked is taken down.
    /// - Throws: `MatchFailure` where a pattern for paths is given up.
    func surroundings(
        _ text: UnsafeRawBufferPointer, at place: inout Place, holdsFileWord: Bool, explains: Bool,
        _ keys: KeyReader, _ matcher: Matcher
    ) throws(MatchFailure) -> Surroundings {
        var surroundings = Surroundings(text: text, path: place.path, keys: keys, holdsFileWord: holdsFileWord)
        surroundings.asked = Trace(isKept: explains)
        surroundings.refusal = try place.refusal(of: self, matcher, &surroundings.asked)
        // Once a text: a page may have a thousand candidates.
        if rule.judge != nil, surroundings.refusal == nil, let path = place.path {
            surroundings.isPublishedPage = Caution.isPublishedPage(text, at: path)
            surroundings.isCode = Caution.isCode(path)
        }
        if let paths = owner?.paths, !paths.isEmpty, surroundings.refusal == nil {
            surroundings.pathMatches = try place.path?.matches(any: paths, matcher) ?? true
        }
        return surroundings
    }

    /// Decides whether a match is a secret, and how sure that is.
    ///
    /// - Parameters:
    ///   - match: Its place, and what the judge is asked; its confidence counts for nothing yet.
    ///   - trace: Takes down what is asked, behind what was asked of the file.
    /// - Throws: `MatchFailure` where a pattern of an allow-list is given up.
    func decide(
        _ match: Match, in surroundings: Surroundings, _ matcher: Matcher, _ trace: inout Trace
    ) throws(MatchFailure) -> Verdict {
        // 1. Where does it stand?
        if let reason = surroundings.refusal { return .dropped(reason) }
        let candidate = Candidate(whole: match.whole, secret: match.secret, in: surroundings.text)
        if let assignment = match.assignment {
            return try decide(assignment, candidate, in: surroundings, matcher, &trace)
        }
        // 2. Is it certainly none?
        if let reason = CertainNo.judge(candidate, rule, &trace) { return .dropped(reason) }
        var confidence = rule.confidence
        // 3. Whose is it?
        switch owner?.judge(match.secret, in: surroundings, providers: providers.names, &trace) {
        case nil, .direct: break
        case .nearby: confidence = rule.context?.nearby ?? confidence.lowered
        case .dropped(let reason): return .dropped(reason)
        }
        // 4. Does it prove itself?
        switch rule.validator?.judge(candidate, surroundings.keys, &trace) {
        case nil, .notApplicable: break
        case .confirmed: confidence = .high
        case .unconfirmed: confidence = min(confidence, .medium)
        case .refuted(let reason): return .dropped(reason)
        }
        // 5. Is it likely a secret? The form says so: the judge is asked of what has none.
        // 6. Is it allowed?
        if let list = try allowance.list(for: candidate, path: surroundings.path, matcher, &trace) {
            return Self.verdict(of: list, confidence)
        }
        return .stands(confidence)
    }

    /// Whether the rule is for a file, whatever its path turns out to be: what a rule for other files says against a value
    /// counts for nothing.
    func isFor(_ surroundings: Surroundings) -> Bool {
        surroundings.path != nil || path == nil && owner?.paths.isEmpty != false
    }

    /// What comes of it that a list allows a candidate.
    static func verdict(of list: CompiledAllowlist, _ confidence: Confidence) -> Verdict {
        guard let origin = list.origin else { return .dropped(.allowlist, detail: list.name) }
        return .silenced(confidence, by: Silence(file: origin.file, list: list.name, reason: Suppression(origin.kind)))
    }
}

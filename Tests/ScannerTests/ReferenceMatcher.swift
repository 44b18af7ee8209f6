import Bytes
import PCRE2
import Platform
import Rules

@testable import Scanner

/// The slow and obvious way to match: every rule that a keyword sets off is tried on every byte of the text. Keywords are
/// looked for one by one. What a match is judged by is not what is compared, and shared.
struct ReferenceMatcher {
    struct Claim: Hashable, CustomStringConvertible {
        var rule: String
        var secret: Range<Int>
        var confidence: Confidence

        var description: String { "\(rule) \(secret) \(confidence)" }
    }

    /// One matcher for all texts, as scans have it.
    private final class Reused {
        var matcher: TextMatcher

        init(_ matcher: consuming TextMatcher) { self.matcher = matcher }
    }

    private let engine: ScanEngine
    private let matcher = Matcher()
    private let reused: Reused
    /// Each keyword with the rules that it sets off.
    private let keywords: [(bytes: [UInt8], uses: [Use])]

    /// What a word is for a rule. Told from the rule alone: what the engine makes of it is what is compared.
    private struct Use {
        var rule: Int
        var isFileWord: Bool
        /// Words of a rule's context may also stand in the path; what the judge makes of that is its matter.
        var isOfContext: Bool
    }

    init(engine: ScanEngine) {
        self.engine = engine
        reused = Reused(TextMatcher(engine: engine))
        var keywords: [String: [Use]] = [:]
        for (index, rule) in engine.rules.enumerated() where !engine.index.untriggered.contains(index) {
            for word in rule.triggers {
                let use = Use(rule: index, isFileWord: false, isOfContext: rule.keywords.isEmpty)
                keywords[word, default: []].append(use)
            }
            for word in rule.context?.file ?? [] {
                keywords[word, default: []].append(Use(rule: index, isFileWord: true, isOfContext: true))
            }
        }
        self.keywords = keywords.map { (Array($0.key.utf8), $0.value) }
    }

    /// What the engine finds in a text in its own way.
    func windowed(_ text: UnsafeRawBufferPointer, path: String) -> Set<Claim> {
        reused.matcher.match(text, path: path)
        return Set(reused.matcher.matches.map { claim($0.rule, $0.secret, $0.confidence) })
    }

    private func claim(_ rule: Int, _ secret: Range<Int>, _ confidence: Confidence) -> Claim {
        Claim(rule: engine.rules[rule].id, secret: secret, confidence: confidence)
    }

    /// What there is to find.
    ///
    /// - Returns: Also the rules that PCRE2 gave up.
    func reference(_ text: UnsafeRawBufferPointer, path: String) -> (claims: Set<Claim>, givenUp: Set<String>) {
        let (rules, named) = setOff(by: text, path)
        var result: (claims: Set<Claim>, givenUp: Set<String>) = ([], [])
        var doubted: [Range<Int>: Doubt] = [:]
        for index in rules {
            do {
                try search(
                    index, text, path, holdsFileWord: named.contains(index), into: &result.claims, &doubted)
            } catch {
                result.givenUp.insert(engine.rules[index].id)
            }
        }
        result.claims = Set(result.claims.compactMap { considered($0, doubted) })
        return result
    }

    /// What a rule that knows the form of a value has said against it.
    private enum Doubt {
        case isNone
        case isMadeUp
    }

    /// A claim that goes by a name, after what rules that know a form have said of the same value.
    private func considered(_ claim: Claim, _ doubted: [Range<Int>: Doubt]) -> Claim? {
        guard let doubt = doubted[claim.secret],
            engine.rules.contains(where: { $0.id == claim.rule && $0.judge != nil })
        else { return claim }
        return doubt == .isNone ? nil : Claim(rule: claim.rule, secret: claim.secret, confidence: .low)
    }

    private func setOff(by text: UnsafeRawBufferPointer, _ path: String) -> (rules: Set<Int>, named: Set<Int>) {
        var rules = Set(engine.index.untriggered)
        var named: Set<Int> = []
        let lower = text.map(UnsafeRawBufferPointer.folded)
        let lowerPath = path.utf8.map(UnsafeRawBufferPointer.folded)
        let groups = Self.groups(of: lower)
        for (word, uses) in keywords {
            let isPossible = groups[Int(word[0]) << 16 | Int(word[1]) << 8 | Int(word[2])]
            let stands = isPossible && Self.holds(lower, word)
            let standsInPath = Self.holds(lowerPath, word)
            for use in uses where stands || standsInPath && use.isOfContext {
                rules.insert(use.rule)
                if stands, use.isFileWord { named.insert(use.rule) }
            }
        }
        return (rules, named)
    }

    /// Whether a word stands in a text, both lower case.
    private static func holds(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        text.withUnsafeBytes { text in
            var start = 0
            while let found = text.first(word[0], from: start), found + word.count <= text.count {
                if memcmp(text.baseAddress! + found, word, word.count) == 0 { return true }
                start = found + 1
            }
            return false
        }
    }

    /// Which of 2^24 groups of three bytes stand in a text: most keywords are not in it, and this tells quickly.
    private static func groups(of text: [UInt8]) -> [Bool] {
        var groups = [Bool](repeating: false, count: 1 << 24)
        groups.withUnsafeMutableBufferPointer { groups in
            text.withUnsafeBufferPointer { text in
                var group = 0
                for index in text.indices {
                    group = (group << 8 | Int(text[index])) & 0xff_ffff
                    groups[group] = true
                }
            }
        }
        return groups
    }

    private func judge(
        _ index: Int, _ rule: CompiledRule, _ text: UnsafeRawBufferPointer, _ path: String,
        into claims: inout Set<Claim>
    ) throws {
        var place = Place(path: path)
        let surroundings = try rule.decision.surroundings(
            text, at: &place, holdsFileWord: false, explains: false, KeyReader(), matcher)
        if surroundings.refusal != nil { return }
        for assignment in AssignmentFinder(words: rule.rule.keywords).assignments(in: text) {
            var unread = surroundings.asked
            let match = Match(
                rule: index, whole: assignment.whole, secret: assignment.value, confidence: .low, assignment: assignment
            )
            if case .stands(let confidence) = try rule.decision.decide(match, in: surroundings, matcher, &unread) {
                claims.insert(claim(index, assignment.value, confidence))
            }
        }
    }

    private func search(
        _ index: Int, _ text: UnsafeRawBufferPointer, _ path: String, holdsFileWord: Bool,
        into claims: inout Set<Claim>,
        _ doubted: inout [Range<Int>: Doubt]
    ) throws {
        let rule = engine.compiledRule(index)
        if rule.rule.judge != nil { return try judge(index, rule, text, path, into: &claims) }
        guard let pattern = rule.pattern?.pattern() else { return }
        var place = Place(path: path)
        let surroundings = try rule.decision.surroundings(
            text, at: &place, holdsFileWord: holdsFileWord, explains: false, KeyReader(), matcher)
        if surroundings.refusal != nil { return }
        var start = 0
        while start <= text.count, let whole = try matcher.firstMatch(of: pattern, in: text, from: start) {
            let group = rule.rule.secretGroup ?? matcher.firstParticipatingGroup()
            let secret = matcher.range(ofGroup: group) ?? whole
            start = max(whole.lowerBound + 1, secret.upperBound)
            guard !secret.isEmpty else { continue }
            var unread = surroundings.asked
            let match = Match(rule: index, whole: whole, secret: secret, confidence: .low)
            let verdict = try rule.decision.decide(match, in: surroundings, matcher, &unread)
            // What a rule for other files says against a value counts for nothing.
            let mayRefute = rule.decision.isFor(surroundings)
            switch verdict {
            case .stands(let confidence): claims.insert(claim(index, secret, confidence))
            case .dropped(let reason, _):
                guard mayRefute else { continue }
                if reason.refutesSecret { doubted[secret] = .isNone }
                if reason == .password, doubted[secret] == nil { doubted[secret] = .isMadeUp }
            case .silenced: if mayRefute { doubted[secret] = .isNone }
            }
        }
    }
}

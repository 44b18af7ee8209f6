import Bytes
import Findings
import Rules
package import Store

/// Which secrets of a store are shown, and in which order.
package struct TriageSelection: Sendable {
    /// Which states.
    package enum Scope: String, Sendable, CaseIterable {
        case open, decided, all
    }

    package enum Order: String, Sendable, CaseIterable {
        /// Live first, then severe, then what is in HEAD.
        case urgency
        /// The oldest first.
        case age
        case repository, rule
    }

    /// All of the store.
    package private(set) var secrets: [SecretOverview] = []
    /// Numbers in `secrets` of those that are shown, in order.
    package private(set) var shown: [Int] = []
    package private(set) var filter = ""
    package private(set) var scope = Scope.open
    package private(set) var order = Order.urgency
    /// Whether those of low confidence are shown, too.
    package private(set) var showsLow = false
    /// Decides which decisions are in force.
    let today: CalendarDay
    /// Numbers in `secrets` of all that pass but for the filter, in order.
    private var unfiltered: [Int] = []
    /// What is searched of each secret, in lower case; made when somebody searches.
    private var texts: [[UInt8]] = []

    init(today: CalendarDay) { self.today = today }

    package func state(_ secret: SecretOverview) -> Decision.State { secret.decision?.state(on: today) ?? .open }

    // MARK: Changes

    mutating func replace(_ secrets: [SecretOverview]) {
        self.secrets = secrets
        texts = []
        arrange()
    }

    /// Says of some secrets what was decided about them.
    mutating func note(_ decisions: [Fingerprint: Decision]) {
        for index in secrets.indices {
            if let decision = decisions[secrets[index].fingerprint] { secrets[index].decision = decision }
        }
        arrange()
    }

    mutating func search(_ text: String) {
        let isNarrower = !filter.isEmpty && text.hasPrefix(filter)
        filter = text
        if texts.isEmpty, !text.isEmpty { texts = secrets.map(Self.text(of:)) }
        guard text.contains(where: { !$0.isWhitespace }) else {
            shown = unfiltered
            return
        }
        let words = text.lowercased().split(separator: " ").map { Array($0.utf8) }
        shown = (isNarrower ? shown : unfiltered).filter { number in
            texts[number].withUnsafeBytes { text in words.allSatisfy { text.containsCaseless($0) } }
        }
    }

    mutating func nextScope() {
        scope = Self.next(scope)
        arrange()
    }

    mutating func nextOrder() {
        order = Self.next(order)
        arrange()
    }

    mutating func toggleLow() {
        showsLow.toggle()
        arrange()
    }

    private static func next<Choice: CaseIterable & Equatable>(_ choice: Choice) -> Choice {
        let all = Array(Choice.allCases)
        guard let index = all.firstIndex(of: choice) else { return choice }
        return all[(index + 1) % all.count]
    }

    // MARK: What is shown

    private mutating func arrange() {
        let passing = secrets.indices.filter { passes(secrets[$0]) }
        switch order {
        case .urgency: unfiltered = sorted(passing, Self.urgency)
        case .age: unfiltered = sorted(passing) { $0.introduced ?? .max }
        case .repository: unfiltered = sorted(passing) { $0.repositories.first ?? "\u{10ffff}" }
        case .rule: unfiltered = sorted(passing) { $0.rule }
        }
        let text = filter
        filter = ""
        search(text)
    }

    /// The lower, the sooner.
    private static func urgency(_ secret: SecretOverview) -> Int {
        (secret.liveness?.isLive == true ? 0 : 8) + secret.severity.urgency * 2 + (secret.isInHead ? 0 : 1)
    }

    /// Keys are made once a secret, and not once a comparison.
    private func sorted<Key: Comparable>(_ numbers: [Int], _ key: (SecretOverview) -> Key) -> [Int] {
        numbers.map { (key: key(secrets[$0]), number: $0) }
            .sorted { ($0.key, $0.number) < ($1.key, $1.number) }
            .map(\.number)
    }

    private func passes(_ secret: SecretOverview) -> Bool {
        guard showsLow || secret.confidence > .low else { return false }
        switch scope {
        case .all: return true
        case .open: return secret.isThere && state(secret) == .open
        case .decided: return secret.decision != nil && state(secret) != .open
        }
    }

    /// What a person may look for, with blanks between.
    private static func text(of secret: SecretOverview) -> [UInt8] {
        var parts = [secret.rule, secret.provider, secret.severity.rawValue, secret.redacted]
        parts += secret.repositories + [secret.fingerprint.description, secret.liveness?.rawValue ?? ""]
        if let decision = secret.decision { parts += [decision.state.rawValue, decision.author, decision.reason] }
        return Array(parts.joined(separator: " ").lowercased().utf8)
    }
}

extension Severity {
    /// 0 for the most severe.
    fileprivate var urgency: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .medium: 2
        case .low: 3
        }
    }
}

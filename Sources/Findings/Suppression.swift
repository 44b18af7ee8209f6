package import Rules

/// Why a secret that was found is not reported. The raw value is its name in reports and stores.
package enum Suppression: String, Sendable, Hashable, CaseIterable {
    /// Its severity or its confidence is below what was asked for.
    case belowThreshold = "below threshold"
    /// The baseline knows it.
    case baseline
    /// A directive in the text says that it is no leak.
    case inlineDirective = "inline"
    /// An allow-list of somebody's settings says that it is none, or names the commit that it came with.
    case allowlist
    /// What is scanned has switched the rule off.
    case disabledRule = "disabled rule"
    /// It stands in a path that is left out, which is known of a history only when it was read.
    case excluded
    /// It stands in lines that a patch shows and does not change.
    case unchangedLine = "unchanged line"
    /// Somebody has decided about it, which a store knows.
    case decision
}

/// What was found and is not reported: how much, for which reason, and by which file.
package struct SuppressionCounts: Sendable, Hashable {
    package var byReason: [Suppression: Int] = [:]
    /// Files whose words it was: a baseline, a configuration. What no file has said is not among it.
    package private(set) var byFile: [String: Int] = [:]
    /// What there is to say of them besides their number.
    package private(set) var notes: [String] = []

    package init() {}

    /// Counts secrets.
    package mutating func add(_ count: Int, for reason: Suppression, by file: String? = nil) {
        guard count > 0 else { return }
        byReason[reason, default: 0] += count
        if let file { byFile[file, default: 0] += count }
    }

    /// Notes that an entry of a baseline holds only for some days more.
    package mutating func note(endOf entry: Baseline.Entry, _ today: CalendarDay) {
        guard let until = entry.until, until.days(since: today) <= Selection.soon else { return }
        let days = until.days(since: today)
        let left = days == 0 ? "today is the last day" : "in \(days) \(days == 1 ? "day" : "days")"
        let owner = entry.owner.isEmpty ? "" : ", \(entry.owner)"
        notes.append("\(entry.fingerprint) (\(entry.ruleID)\(owner)) is accepted until \(until): \(left)")
    }

    /// Adds those of another scan.
    package mutating func merge(_ other: SuppressionCounts) {
        byReason.merge(other.byReason, uniquingKeysWith: +)
        byFile.merge(other.byFile, uniquingKeysWith: +)
        notes += other.notes.filter { !notes.contains($0) }
    }
}

extension Suppression {
    /// What an explanation says of a place whose finding is suppressed.
    package var dropReason: DropReason {
        switch self {
        case .belowThreshold: .threshold
        case .baseline: .baseline
        case .inlineDirective: .inline
        case .allowlist, .disabledRule, .excluded: .allowlist
        case .unchangedLine: .unchangedLine
        case .decision: .baseline
        }
    }

    /// What it is called that a file of settings lets something pass.
    package init(_ kind: Allowlist.Origin.Kind) {
        self =
            switch kind {
            case .allowlist: .allowlist
            case .disabledRules: .disabledRule
            case .exclusion: .excluded
            }
    }
}

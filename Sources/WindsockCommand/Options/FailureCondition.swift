import ArgumentParser
import Findings
import Rules

/// What makes a finding exit code 1: `high`, `confidence=high`, `live`, or several that have to hold at once, with commas.
struct FailureCondition: Equatable, Sendable {
    /// The least severity; `nil`: any.
    var severity: Severity?
    /// The least confidence; `nil`: any.
    var confidence: Confidence?
    /// Its provider has said that it is live.
    var isLive = false
    /// It stands in what is checked out, in the index or in HEAD, and not in the past alone.
    var isPresent = false
    /// What is scanned brings it: at one of its places no commit had it before. Or it was accepted, and that is over.
    var isNew = false

    /// Every finding.
    static let any = FailureCondition()

    private init() {}

    /// - Throws: `ValidationError` that lists what there is.
    init(argument: String) throws {
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) { try add(String(word)) }
    }

    private mutating func add(_ word: String) throws {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("any", 1): break
        case ("live", 1): isLive = true
        case ("in-head", 1): isPresent = true
        case ("new", 1): isNew = true
        case ("confidence", 2) where Confidence(rawValue: parts[1]) != nil: confidence = Confidence(rawValue: parts[1])
        case ("severity", 2) where Severity(rawValue: parts[1]) != nil: severity = Severity(rawValue: parts[1])
        case (let name, 1) where Severity(rawValue: name) != nil: severity = Severity(rawValue: name)
        default:
            let names = Self.words
            let meant = NearestWord.to(word, in: names).map { ", did you mean \($0)?" } ?? ""
            throw ValidationError(
                "there is no such condition\(meant); there are \(names.joined(separator: ", ")); with commas between them all must hold"
            )
        }
    }

    /// All that may be said.
    static var words: [String] {
        let severities = Severity.allCases.map(\.rawValue)
        return ["any"] + severities + severities.map { "severity=\($0)" }
            + Confidence.allCases.map { "confidence=\($0.rawValue)" } + ["in-head", "live", "new"]
    }

    /// Whether a finding makes the scan fail.
    ///
    /// - Parameter ignoringLiveness: What is asked of its provider counts as answered with yes.
    func holds(for finding: Finding, ignoringLiveness: Bool = false) -> Bool {
        if let severity, finding.severity < severity { return false }
        if let confidence, finding.confidence < confidence { return false }
        if isPresent, !finding.occurrences.contains(where: { $0.history?.isInHead ?? true }) { return false }
        if isNew, finding.isNew == false { return false }
        return !isLive || ignoringLiveness || finding.verification?.liveness.isLive == true
    }
}

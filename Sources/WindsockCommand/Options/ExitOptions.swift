import ArgumentParser
import Rules

/// What the exit code says of a scan.
struct ExitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only findings of this kind are exit code 1: any, a severity or a graver one (high), confidence=high, in-head, new, live.",
            discussion:
                "high,in-head asks for both at once; given several times, one of the conditions is enough. All findings are shown. live needs --verify; a key that could not be asked about is then exit code 3. in-head: not in the past alone. new: what is scanned brings it, and no commit had it there before, or it was accepted until a day that is over.",
            valueName: "condition"),
        completion: .list(FailureCondition.words), transform: FailureCondition.init(argument:))
    var failOn: [FailureCondition] = []

    @Flag(help: "Findings are no reason for exit code 1. What could not be read is still 3, a live key 4.")
    var exitZero = false

    /// One of them is enough.
    var conditions: [FailureCondition] { failOn.isEmpty ? [.any] : failOn }

    func validate() throws {
        if exitZero, !failOn.isEmpty {
            throw ValidationError("--exit-zero goes without --fail-on: nothing that is found fails the scan.")
        }
    }

    /// Checks against thresholds that files have set.
    func check(_ thresholds: ThresholdOptions) throws(CommandFailure) {
        if let complaint = complaint(thresholds.minSeverity, thresholds.minConfidence) {
            throw CommandFailure(complaint)
        }
    }

    /// - Parameters:
    ///   - verifies: Whether providers are asked.
    ///   - readsHistory: Whether all of a history is scanned.
    ///   - minSeverity: The least that is shown; `nil`: what is usual.
    ///   - minConfidence: The same.
    func validate(verifies: Bool, readsHistory: Bool, _ minSeverity: Severity?, _ minConfidence: Confidence?) throws {
        if failOn.contains(where: \.isNew), readsHistory {
            throw ValidationError(
                "--fail-on new goes without --history: every secret was new once. A range has new ones.")
        }
        if failOn.contains(where: \.isLive), !verifies { throw ValidationError("--fail-on live needs --verify.") }
        if let complaint = complaint(minSeverity, minConfidence) { throw ValidationError(complaint) }
    }

    /// What is not shown cannot fail: nobody would find out why.
    private func complaint(_ minSeverity: Severity?, _ minConfidence: Confidence?) -> String? {
        let (minSeverity, minConfidence) = (minSeverity ?? .low, minConfidence ?? .medium)
        if let severity = failOn.compactMap(\.severity).min(), severity < minSeverity {
            return
                "--fail-on \(severity.rawValue) is below --min-severity \(minSeverity.rawValue), and what is not shown cannot fail the scan."
        }
        if let confidence = failOn.compactMap(\.confidence).min(), confidence < minConfidence {
            return
                "--fail-on confidence=\(confidence.rawValue) is below what is shown: add --min-confidence \(confidence.rawValue)."
        }
        return nil
    }
}

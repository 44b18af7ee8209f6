package import Rules

/// What of that which was found is wanted: the last question that is asked, of secrets and of habits alike.
package struct Selection: Sendable {
    /// The least severity that is reported.
    package var minimumSeverity = Severity.low
    /// The least confidence that is reported.
    package var minimumConfidence = Confidence.medium
    /// Known secrets that are not reported.
    package var baseline: Baseline?
    /// What the change that is scanned adds to the baseline: it does not speak for that change, and is named.
    package var proposed: Baseline?
    /// Decides which entries of the baseline are in force.
    package var today = CalendarDay.today
    /// The files that have set the thresholds, where what is scanned did that.
    package var thresholdFile: String?

    package init() {}

    /// How long before its end an entry of the baseline is mentioned, in days.
    package static let soon = 14

    /// Why a finding is not reported; `nil` if it is.
    package func reasonToSuppress(_ finding: Finding) -> Suppression? {
        var unread = Trace(isKept: false)
        return judge(finding, &unread).reason
    }

    /// What is said of a finding.
    private struct Judgement {
        var reason: Suppression?
        /// What a baseline says of it.
        var answer = Baseline.Answer.unknown
    }

    /// - Parameter trace: Takes down what is asked.
    private func judge(_ finding: Finding, _ trace: inout Trace) -> Judgement {
        // What lets everything through is no question.
        if minimumConfidence > .low || minimumSeverity > .low {
            if trace.ask(.threshold, isBelowThreshold(finding)) != nil { return Judgement(reason: .belowThreshold) }
        }
        guard let baseline else { return Judgement() }
        let answer = baseline.answer(for: finding.identity, on: today)
        if case .accepted = answer { return Judgement(reason: .baseline, answer: answer) }
        trace.pass(.baseline)
        return Judgement(answer: answer)
    }

    /// Whether a finding is not reported whatever else is known of it.
    func isBelowThreshold(_ finding: Finding) -> Bool {
        finding.severity < minimumSeverity || finding.confidence < minimumConfidence
    }

    /// Whether something of that severity and confidence is below what is reported.
    package func isBelowThreshold(_ severity: Severity, _ confidence: Confidence) -> Bool {
        severity < minimumSeverity || confidence < minimumConfidence
    }

    /// Those findings that are reported, in their order.
    ///
    /// - Parameters:
    ///   - suppressed: Counts the others, by reason and file.
    ///   - isTraced: Whether it is taken down what each finding is asked.
    ///   - note: Called with each finding, what it was asked, and why it is not reported.
    package func selected(
        of findings: [Finding], counting suppressed: inout SuppressionCounts, isTraced: Bool = false,
        note: (Finding, Trace, Suppression?) -> Void = { _, _, _ in }
    ) -> [Finding] {
        // A baseline of weak values is compared with the stretched fingerprints of all that is not below the thresholds.
        if baseline?.isStretched == true { findings.filter { !isBelowThreshold($0) }.makeFingerprints() }
        return findings.compactMap { finding in
            var trace = Trace(isKept: isTraced)
            let judgement = judge(finding, &trace)
            note(finding, trace, judgement.reason)
            if let reason = judgement.reason {
                suppressed.add(1, for: reason, by: file(judgement))
                if case .accepted(let entry) = judgement.answer { suppressed.note(endOf: entry, today) }
                return nil
            }
            var reported = finding
            reported.remarks += remarks(finding, judgement.answer)
            if case .expired = judgement.answer { reported.isNew = true }
            return reported
        }
    }

    private func file(_ judgement: Judgement) -> String? {
        if judgement.reason == .belowThreshold { return thresholdFile }
        guard case .accepted(let entry) = judgement.answer else { return nil }
        return baseline?.file(of: entry)
    }

    private func remarks(_ finding: Finding, _ answer: Baseline.Answer) -> [String] {
        var remarks: [String] = []
        if case .expired(let entry) = answer, let until = entry.until {
            let terms = [entry.owner, entry.reason].filter { !$0.isEmpty }.joined(separator: ": ")
            let file = baseline?.file(of: entry).map { " by \($0)" } ?? ""
            remarks.append("was accepted until \(until)\(file)\(terms.isEmpty ? "" : " (\(terms))"); that is over")
        }
        if let proposed, case .accepted(let entry) = proposed.answer(for: finding.identity, on: today) {
            let file = proposed.file(of: entry) ?? "the baseline"
            remarks.append("the change that brings it adds it to \(file), which does not speak for that same change")
        }
        return remarks
    }
}

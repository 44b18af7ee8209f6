internal import Bytes
internal import Findings

/// Decisions as a text that a team reviews and merges: a line each, in order of the fingerprints.
///
///     v1:0123456789abcdef0123456789abcdef rotated on=1767225600 by=ada until=2026-03-01 it is in the vault now
package enum DecisionFile {
    /// A line that is none.
    package struct Problem: Error, Hashable, CustomStringConvertible {
        /// From 1.
        package var line: Int
        package var reason: String

        package var description: String { "line \(line): \(reason)" }
    }

    private static let head = """
        # Decisions about secrets: windsock triage import reads them. A line each: fingerprint, state, on= seconds since 1970, by= whom,
        # until= the last day; then why.

        """

    /// - Parameter decisions: One a secret.
    package static func text(_ decisions: [Decision]) -> String {
        head + decisions.sorted { $0.fingerprint < $1.fingerprint }.map { line($0) + "\n" }.joined()
    }

    private static func line(_ decision: Decision) -> String {
        var words = [
            decision.fingerprint.description, decision.state.rawValue, "on=\(decision.time)", "by=\(decision.author)",
        ]
        if let until = decision.until { words.append("until=\(until)") }
        if !decision.reason.isEmpty { words.append(decision.reason) }
        return words.joined(separator: " ")
    }

    /// How far clocks of two machines may be apart, in seconds.
    private static let tolerance = 86_400

    /// - Parameter now: Seconds since 1970. What was decided later would count for ever.
    /// - Throws: For the first line that is none; none of them counts then.
    package static func decisions(in text: String, now: Int) throws(Problem) -> [Decision] {
        var result: [Decision] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") { continue }
            if ["<<<<<<<", "=======", ">>>>>>>"].contains(where: line.hasPrefix) {
                throw Problem(line: index + 1, reason: "it is left from a merge; settle that first")
            }
            let decision = try decision(line, number: index + 1)
            guard decision.time <= now + tolerance else {
                throw Problem(line: index + 1, reason: "on= is in the future: no later decision would count")
            }
            result.append(decision)
        }
        return result
    }

    private static func decision(_ line: Substring, number: Int) throws(Problem) -> Decision {
        var words = line.split(separator: " ")[...]
        guard let fingerprint = words.popFirst().flatMap({ Fingerprint($0) }) else {
            throw Problem(line: number, reason: "it does not begin with a fingerprint (\(Fingerprint.form))")
        }
        guard let state = words.popFirst().flatMap({ Decision.State(rawValue: String($0)) }) else {
            let states = Decision.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(line: number, reason: "behind the fingerprint stands none of \(states)")
        }
        var decision = Decision(fingerprint, state, reason: "", author: "", time: 0)
        var seen: Set<Substring> = []
        while let word = words.first, let mark = word.firstIndex(of: "=") {
            let (name, value) = (word[..<mark], word[word.index(after: mark)...])
            guard ["on", "by", "until"].contains(name), seen.insert(name).inserted else { break }
            switch name {
            case "on":
                guard let time = Int(value), time >= 0 else { throw Problem(line: number, reason: "on= is no time") }
                decision.time = time
            case "by": decision.author = String(value)
            default:
                guard let day = CalendarDay(value) else { throw Problem(line: number, reason: "until= is no day") }
                decision.until = day
            }
            words.removeFirst()
        }
        guard seen.contains("on"), !decision.author.isEmpty else {
            throw Problem(line: number, reason: "it does not say when (on=) and by whom (by=)")
        }
        decision.reason = words.joined(separator: " ")
        decision.isAutomatic = decision.author == Decision.program
        return decision
    }
}

import Findings
package import Rules

/// Runs the examples that rules carry: a positive must be found by its rule, a negative by none.
package struct RuleChecker {
    /// An example that did not turn out as its rule says.
    package struct Complaint: Sendable, Hashable, CustomStringConvertible {
        package var ruleID: String
        /// 1-based number of the example in its rule.
        package var example: Int
        package var message: String
        /// Where the example stands, as its file has it: `found 2`; `nil`: its number says it.
        package var place: String?

        package var description: String { "rule \(ruleID), \(place ?? "example \(example)"): \(message)" }
    }

    let engine: ScanEngine
    private let scanner: BlobScanner

    /// - Parameter engine: All rules: an example is run with the whole set loaded.
    package init(engine: ScanEngine) {
        self.engine = engine
        var options = BlobScanner.Options()
        options.honorsInlineDirectives = false
        options.computesLineHashes = false
        scanner = BlobScanner(engine: engine, options: options)
    }

    /// Runs the examples of one rule of the engine.
    package func check(_ rule: Rule) -> [Complaint] {
        var complaints: [Complaint] = []
        for (index, example) in rule.examples.enumerated() {
            let found = scan(example)
            let message = example.isNegative ? judgeNegative(found) : judgePositive(found, rule, example)
            if let message {
                complaints.append(
                    Complaint(ruleID: rule.id, example: index + 1, message: message, place: example.place))
            }
        }
        return complaints
    }

    func scan(_ example: Rule.Example) -> [Detection] {
        var text = example.text
        return text.withUTF8 { scanner.scan(UnsafeRawBufferPointer($0), path: example.path ?? "").detections }
    }

    private func judgeNegative(_ found: [Detection]) -> String? {
        guard let detection = found.first(where: { $0.confidence >= .medium }) else { return nil }
        return "is negative, but \(engine.rules[detection.ruleIndex].id) reports \(detection.secret.redacted)"
    }

    private func judgePositive(_ found: [Detection], _ rule: Rule, _ example: Rule.Example) -> String? {
        let own = found.filter { engine.rules[$0.ruleIndex].id == rule.id }
        if own.isEmpty {
            let others = Set(found.map { engine.rules[$0.ruleIndex].id }).sorted().joined(separator: ", ")
            return others.isEmpty ? "is not found" : "is not found by this rule, but by \(others)"
        }
        guard let wanted = example.secret else { return nil }
        // What an example marks is as it is written; a finding has what that stands for.
        let value = Array(wanted.utf8).withUnsafeBytes { SecretValue(alone: $0, rule).bytes }
        if own.contains(where: { $0.secret.bytes == Array(wanted.utf8) || $0.secret.bytes == value }) { return nil }
        return "another secret is reported: \(own.map(\.secret.redacted).joined(separator: ", "))"
    }
}

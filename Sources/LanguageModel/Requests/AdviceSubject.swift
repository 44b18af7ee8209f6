package import Findings
internal import Reports
package import Rules

/// What is known of a finding, as far as a model may know it: no author, no commit, no remote.
package struct AdviceSubject: Sendable {
    package var rule: Rule
    package var severity: String
    package var confidence: String
    package var fingerprint: String
    /// For people; a model does not get it.
    package var redacted: String
    /// Files first, without those of one path that follow each other.
    package var places: [Place]
    /// How many places there are in all.
    package var placeCount: Int
    /// Who may have it, in a sentence.
    package var exposure: String

    package struct Place: Sendable, Hashable {
        /// Relative to what was scanned.
        package var path: String
        /// From 1.
        package var line: Int
        /// Whether it is a file of the tree, which can be read and changed.
        package var isFile: Bool

        package init(path: String, line: Int, isFile: Bool) {
            self.path = path
            self.line = line
            self.isFile = isFile
        }
    }

    package init(
        rule: Rule, severity: String, confidence: String, fingerprint: String, redacted: String, places: [Place],
        exposure: String
    ) {
        self.rule = rule
        self.severity = severity
        self.confidence = confidence
        self.fingerprint = fingerprint
        self.redacted = redacted
        self.places = places.filter(\.isFile) + places.filter { !$0.isFile }
        placeCount = places.count
        self.exposure = exposure
    }

    /// A finding of a scan of files.
    package init(_ finding: Finding) {
        self.init(
            rule: finding.rule, severity: finding.severity.rawValue, confidence: finding.confidence.rawValue,
            fingerprint: finding.fingerprint.description, redacted: finding.secret.redacted,
            places: finding.occurrences.map {
                Place(path: $0.path, line: $0.region.startLine, isFile: $0.origin == .file)
            }, exposure: Self.unknownExposure)
    }

    package static let unknownExposure =
        "It stands in the working tree. Whether it was committed or pushed is not known."
}

/// The forms a report can have.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For people, on a terminal.
    case text
    /// One document, `Documentation/json.md` describes it.
    case json
    /// A line a finding, and a last line with the summary.
    case jsonl
    /// SARIF 2.1.0, for code scanning of GitHub and others.
    case sarif
    /// GitLab's secret-detection report, schema 15.2.1.
    case gitlab
    /// JUnit XML, which most CI servers show.
    case junit
    /// RFC 4180, a line an occurrence.
    case csv
    /// A page that stands alone.
    case html
    /// Annotations of GitHub Actions, a line a place.
    case github
    /// A comment on a pull request, a step summary.
    case markdown
    /// `path:line:column: …`, a line a place, for editors and problem matchers.
    case short

    /// Whether hygiene findings stand behind the others, for want of a place of their own. In reports that a server makes a
    /// verdict of they do not stand at all.
    var mixesHygiene: Bool {
        switch self {
        case .sarif, .csv, .short: true
        case .text, .json, .jsonl, .gitlab, .junit, .html, .github, .markdown: false
        }
    }

    /// Whether a report of this form needs GitHub's line hashes.
    package var holdsLineHashes: Bool {
        switch self {
        case .json, .jsonl, .sarif: true
        case .text, .gitlab, .junit, .csv, .html, .github, .markdown, .short: false
        }
    }

    /// Whether a report of this form puts first what stands on lines that a change has made.
    package var putsChangesFirst: Bool {
        switch self {
        case .github, .markdown: true
        case .text, .json, .jsonl, .sarif, .gitlab, .junit, .csv, .html, .short: false
        }
    }

    /// Whether a report of this form has what a comment or the baseline lets pass, marked as such.
    package var holdsSuppressed: Bool { self == .sarif }

    /// Whether a report of this form says why each match was reported or dropped.
    package var holdsExplanations: Bool {
        switch self {
        case .text, .json, .jsonl: true
        case .sarif, .gitlab, .junit, .csv, .html, .github, .markdown, .short: false
        }
    }

    /// Whether `ReportOptions.showSecrets` has an effect.
    ///
    /// What is made to be uploaded to a service is redacted always: the service would keep and show the secret.
    package var canShowSecrets: Bool {
        switch self {
        case .text, .json, .jsonl, .csv, .html, .short: true
        case .sarif, .gitlab, .junit, .github, .markdown: false
        }
    }
}

package import Rules

extension Rule {
    /// The description, or for a rule that has none a sentence that names it.
    package var explanation: String {
        let text = description.onOneLine
        return text.isEmpty ? "Matches the rule \(id), which has no description." : text
    }

    /// What to do, in order; never empty, since a finding without a next step helps nobody.
    package var steps: [String] {
        let own = remediation.map(\.onOneLine).filter { !$0.isEmpty }
        guard own.isEmpty else { return own }
        return [
            "Revoke the secret where it was issued: whoever has a copy of the repository has the secret.",
            "Issue a new one and hand it to the programs that need it by an environment variable or a secret store.",
            "Remove it from the files; from the history only after it is revoked, and only if you must.",
        ]
    }

    /// The steps as one text, a numbered line each.
    var numberedSteps: String {
        steps.enumerated().map { "\($0 + 1). \($1)" }.joined(separator: "\n")
    }

    /// References that are web addresses.
    var links: [String] { references.filter(\.isWebAddress) }
}

extension String {
    /// TOML's multi-line strings keep the author's line breaks, which mean nothing.
    fileprivate var onOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}

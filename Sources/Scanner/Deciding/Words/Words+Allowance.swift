/// Comments that say "this is no leak": ours, and those that people have in their files for other scanners.
extension Words {
    /// They speak for the line that they stand on.
    static let directives: [StaticString] = [
        "windsock:allow", "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
        "pragma: allowlist secret", "pragma:allowlist secret", "secretlint-disable-line",
    ]

    /// They speak for the line below.
    static let nextLineDirectives: [StaticString] = [
        "windsock:allow-next-line", "pragma: allowlist nextline secret", "pragma:allowlist nextline secret",
        "secretlint-disable-next-line",
    ]

    /// The only one that may name a rule.
    static let ownDirective = "windsock:allow"
    static let nextLineSuffix = "-next-line"
}

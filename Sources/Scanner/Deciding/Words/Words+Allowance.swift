/// Comments that say "this is no leak" and that people have in their files for other scanners; ours is `AllowComment`.
extension Words {
    /// They speak for the line that they stand on.
    static let directives: [StaticString] = [
        "gitleaks:allow", "betterleaks:allow", "trufflehog:ignore", "kingfisher:ignore",
        "pragma: allowlist secret", "pragma:allowlist secret", "secretlint-disable-line",
    ]

    /// They speak for the line below.
    static let nextLineDirectives: [StaticString] = [
        "pragma: allowlist nextline secret", "pragma:allowlist nextline secret", "secretlint-disable-next-line",
    ]
}

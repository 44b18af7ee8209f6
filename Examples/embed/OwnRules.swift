import Windsock

/// A scanner that knows the keys of Acme besides all others, and no passwords.
func makeAcmeScanner() throws(RuleFileError) -> SecretScanner {
    let file = try RuleFile(
        text: #"""
            [[rules]]
            id = "acme-api-key"
            description = "Acme API key: lets its holder send mail as the account."
            regex = '''(?<![A-Za-z0-9])(acme_[A-Za-z0-9]{36})(?![A-Za-z0-9])'''
            keywords = ["acme_"]
            remediation = ["Revoke the key at https://acme.example/settings/keys."]
            """#,
        file: "acme.toml")
    var rules = RuleSet.builtin
    try rules.merge(file)
    rules.keep { !$0.tags.contains("password") }
    return try SecretScanner(rules: rules)
}

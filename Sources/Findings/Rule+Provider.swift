package import Rules

extension Rule {
    /// How sure its provider is: `certain` where the form or its context says it, `probable` where the name of a secret without
    /// a form or what stands around it does.
    package var certaintyOfProvider: String {
        strength == .generic || id == "generic-secret" || isOfNoProviderItself
            ? "probable" : "certain"
    }

    /// The credentials of requests are of whatever host they are for.
    package var isOfNoProviderItself: Bool { id.hasPrefix("http-") || id == "password-netrc" }

    /// The rule as it is told of a secret that is probably a provider's, because the name of the secret or what stands
    /// around it says so.
    ///
    /// What to do then is what the provider's gravest rule says. How the secret is recognised stays that of this rule.
    ///
    /// - Parameter rules: All of them.
    package func probably(of provider: String, among rules: [Rule]) -> Rule {
        var rule = self
        rule.provider = provider
        rule.description = "\(description) By its name, or by what stands around it, it is probably one of \(provider)."
        let own = rules.filter { $0.provider == provider && !$0.remediation.isEmpty }
        if let other = own.max(by: { ($0.severity, $1.id) < ($1.severity, $0.id) }) {
            rule.remediation = other.remediation
            rule.references = other.references
        }
        return rule
    }
}

package import Rules

/// What is looked for besides keys: habits that leak them. Each is a rule like any other to a report, without a pattern
/// for the scanner.
package enum HygieneRule: String, Sendable, CaseIterable {
    case secretFile = "hygiene-secret-file"
    case browserExposed = "hygiene-browser-exposed-secret"
    case workflowPrint = "hygiene-workflow-prints-secret"
    case oldSecret = "hygiene-old-secret"
    /// Only where it is asked for.
    case idleComment = "hygiene-idle-comment"

    package var rule: Rule {
        Rule(
            id: rawValue, description: summary, severity: severity, confidence: .medium, tags: ["hygiene"],
            remediation: steps, references: references)
    }

    /// All of them, for a rule set.
    package static var rules: [Rule] { allCases.map(\.rule) }

    private var severity: Severity {
        switch self {
        case .secretFile, .browserExposed, .oldSecret: .medium
        case .workflowPrint, .idleComment: .low
        }
    }

    private var summary: String {
        switch self {
        case .secretFile:
            "A file that holds secrets by its kind is tracked by git, or present and not ignored: one `git add .` commits it."
        case .browserExposed:
            "A secret in a variable that the build puts into the code for browsers: every visitor of the site can read it."
        case .workflowPrint:
            "A CI job prints a secret: whoever may read the log has it, and masking misses encoded and partial forms."
        case .oldSecret:
            "A secret has stood in the repository for more than 90 days: nobody rotates it."
        case .idleComment:
            "A comment that should let a secret pass lets none pass, or is misspelt: it hides the next one, or hides nothing."
        }
    }

    private var steps: [String] {
        switch self {
        case .secretFile:
            [
                "Treat what the file holds as leaked if it was ever pushed: revoke it and issue new ones.",
                "Take the file out of git and keep it on disk: git rm --cached FILE.",
                "Add it to .gitignore, and commit an example without values in its place (.env.example).",
            ]
        case .browserExposed:
            [
                "Revoke the key: builds with it are in browsers, caches and archives.",
                "Move the call to a server of yours, and keep the new key there under a name without the public prefix.",
            ]
        case .workflowPrint:
            [
                "Take the line out; hand the secret to the program that needs it by an environment variable or standard input.",
                "Revoke the secret if the log of any run can be read by more people than the secret may be.",
            ]
        case .idleComment:
            [
                "Take the comment out, if what it was for is gone.",
                "Mend it, if it is misspelt: windsock:allow, -next-line, -start and -end, -file, with rule ids and until=DAY behind it.",
            ]
        case .oldSecret:
            [
                "Revoke the secret and issue a new one with an expiry date.",
                "Hand it to the programs that need it by an environment variable or a secret store.",
            ]
        }
    }

    private var references: [String] {
        switch self {
        case .secretFile: ["https://git-scm.com/docs/gitignore"]
        case .browserExposed:
            [
                "https://nextjs.org/docs/app/guides/environment-variables",
                "https://vite.dev/guide/env-and-mode",
            ]
        case .idleComment: []
        case .workflowPrint: ["https://docs.github.com/en/actions/reference/security/secure-use"]
        case .oldSecret: ["https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"]
        }
    }
}

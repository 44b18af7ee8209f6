import TestSupport
import Windsock

/// Keys that nobody ever had, and rules for some of them.
enum Keys {
    static func mistral(_ seed: UInt64) -> String {
        var generator = SeededGenerator(seed: seed)
        return generator.key()
    }

    static let acme = "acme_\(mistral(1000))"
    static let acmeMaybe = "acmemaybe_\(mistral(1001))"

    static let acmeRules = #"""
        [[rules]]
        id = "acme-key"
        description = "Acme API key."
        severity = "high"
        confidence = "high"
        regex = '''(?<![A-Za-z0-9])(acme_[A-Za-z0-9]{32})(?![A-Za-z0-9])'''
        keywords = ["acme_"]

        [[rules]]
        id = "acme-maybe"
        description = "What may be an Acme API key."
        severity = "high"
        confidence = "low"
        regex = '''(?<![A-Za-z0-9])(acmemaybe_[A-Za-z0-9]{32})(?![A-Za-z0-9])'''
        keywords = ["acmemaybe_"]
        """#

    static func rules(_ text: String) throws -> RuleSet {
        let file = try RuleFile(text: text, file: "rules.toml")
        return try RuleSet(rules: file.rules, allowlists: file.allowlists)
    }

    static func acmeScanner(_ options: SecretScanner.Options = .init()) throws -> SecretScanner {
        try SecretScanner(rules: rules(acmeRules), options: options)
    }

    /// Compressed by the real `gzip`.
    static func gzip(_ text: String) throws -> [UInt8] {
        let folder = TemporaryDirectory()
        defer { withExtendedLifetime(folder) {} }
        folder.write("content", text)
        let outcome = Command.run(["gzip", "-n", "content"], in: folder.path)
        guard outcome.status == 0 else { throw GzipError(message: outcome.errors) }
        return folder.read("content.gz")
    }

    struct GzipError: Error {
        var message: String
    }
}

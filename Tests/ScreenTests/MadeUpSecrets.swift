import Findings
import Rules
import Store

@testable import Screen

/// Secrets as a store tells of them; nobody ever had them.
enum MadeUpSecrets {
    static let today = CalendarDay(daysSince1970: 20_000)

    static func fingerprint(_ number: Int) throws -> Fingerprint {
        let digits = String(number, radix: 16)
        let text = "v1:" + String(repeating: "0", count: 32 - digits.utf8.count) + digits
        guard let fingerprint = Fingerprint(text) else { throw NoFingerprint(text: text) }
        return fingerprint
    }

    struct NoFingerprint: Error { var text: String }

    static func secret(
        _ number: Int, rule: String = "acme-api-key", severity: Severity = .high, in repository: String? = "acme/shop",
        introduced: Int? = 1_700_000_000, confidence: Confidence = .high
    ) throws -> SecretOverview {
        var secret = SecretOverview(
            id: number, fingerprint: try fingerprint(number), rule: rule, provider: "Acme", severity: severity,
            confidence: confidence, redacted: "Ab\(number)…Wx")
        secret.repositories = repository.map { [$0] } ?? []
        secret.placeCount = 1
        secret.isInHead = true
        secret.introduced = introduced
        return secret
    }

    static func model(_ secrets: [SecretOverview], columns: Int = 80, lines: Int = 24) -> TriageModel {
        var model = TriageModel(secrets, name: "audit.sqlite", today: today)
        model.resize(columns: columns, lines: lines)
        return model
    }

    static func decision(_ number: Int, _ state: Decision.State, until: CalendarDay? = nil) throws -> Decision {
        Decision(
            try fingerprint(number), state, reason: "a reason", author: "ada", time: 1_700_000_000, until: until)
    }

    static func detail(_ secret: SecretOverview, places: Int, path: String = "src/config.py") -> SecretDetail {
        var detail = SecretDetail(secret)
        detail.description = "Acme API key: opens all that Acme has."
        detail.remediation = ["Revoke it.", "Make another."]
        detail.places = (0..<places).map { number in
            let occurrence = Occurrence(
                path: path, origin: .file,
                region: Occurrence.Region(
                    startLine: number + 1, startColumn: 1, endLine: number + 1, endColumn: 9), confidence: .high,
                lineHash: "0123456789abcdef:1", snippet: "KEY=Ab…Wx")
            return SecretDetail.Place(
                occurrence, in: "acme/shop",
                SourceRepository(address: "https://github.com/acme/shop", commit: "c0ffee", branch: "main"))
        }
        return detail
    }
}

extension TriageModel {
    /// Presses one key after the other: letters as they are, `\r` for Enter, `\u{1b}` for Escape.
    mutating func type(_ text: String) -> [TriageEffect] {
        var effects: [TriageEffect] = []
        for character in text {
            let key: Key =
                switch character {
                case "\r": .enter
                case "\u{1b}": .escape
                case "\u{7f}": .backspace
                default: .character(character)
                }
            effects += press(key)
        }
        return effects
    }

    /// What is shown, a number a secret.
    var shownNumbers: [Int] { selection.shown.map { selection.secrets[$0].id } }

    var screen: [String] { TriageView(self).lines.map(\.text) }
}

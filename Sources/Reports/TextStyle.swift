internal import Rules

/// ANSI colours of the text report, or none.
struct TextStyle {
    let isEnabled: Bool

    func strong(_ text: String) -> String { paint(text, "1") }
    func faint(_ text: String) -> String { paint(text, "2") }
    func path(_ text: String) -> String { paint(text, "36") }
    func live(_ text: String) -> String { paint(text, "1;31") }
    func warning(_ text: String) -> String { paint(text, "1;33") }

    func severity(_ text: String, _ severity: Severity) -> String {
        switch severity {
        case .critical: paint(text, "1;35")
        case .high: paint(text, "1;31")
        case .medium: paint(text, "1;33")
        case .low: paint(text, "1;34")
        }
    }

    func verdict(_ text: String, _ kind: Verdict.Kind) -> String {
        switch kind {
        case .clean: paint(text, "1;32")
        case .incomplete: paint(text, "1;33")
        case .findings: paint(text, "1;31")
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        isEnabled ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}

package import Rules

/// The catalogue as Markdown: a row a provider.
package enum ProviderTable {
    /// A table of all rules by provider, those without a provider last.
    package static func markdown(_ rules: [Rule]) -> String {
        let byProvider = Dictionary(grouping: rules, by: \.provider)
        let named = byProvider.keys.filter { !$0.isEmpty }.sorted { Self.key($0) < Self.key($1) }
        var lines = ["| provider | rules |", "|---|---|"]
        for provider in named { lines.append(row(provider, byProvider[provider] ?? [])) }
        let rest = byProvider[""] ?? []
        let hygiene = rest.filter { $0.tags.contains("hygiene") }
        let general = rest.filter { !$0.tags.contains("hygiene") }
        if !general.isEmpty { lines.append(row("any provider", general)) }
        if !hygiene.isEmpty { lines.append(row("hygiene", hygiene)) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ provider: String, _ rules: [Rule]) -> String {
        let list = rules.sorted { $0.id < $1.id }.map { "`\($0.id)` (\($0.severity.rawValue))" }
        return "| \(escaped(provider)) | \(list.joined(separator: ", ")) |"
    }

    /// Ordered as people look names up: case ignored, and names that differ in nothing else in a fixed order.
    private static func key(_ provider: String) -> [String] { [provider.lowercased(), provider] }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension [String] {
    fileprivate static func < (left: [String], right: [String]) -> Bool { left.lexicographicallyPrecedes(right) }
}

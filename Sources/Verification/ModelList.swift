internal import Bytes

/// Which models a key reaches, from a list of them as Mistral's and OpenAI's `GET /v1/models` give it.
package struct ModelList: Sendable, Hashable {
    package let count: Int
    /// Families that people know, in a fixed order: Large, Small, Codestral, embeddings, … Empty for providers whose
    /// families are not known here.
    package let families: [String]
    /// Organisations whose fine-tuned models are in the list, from ids such as `ft:open-mistral-7b:acme0001:…`.
    package let organizations: [String]

    /// Names of Mistral's families, and what an id of each holds.
    private static let mistral: [(name: String, marks: [String])] = [
        ("Large", ["mistral-large"]), ("Medium", ["mistral-medium"]), ("Small", ["mistral-small"]),
        ("Ministral", ["ministral"]), ("Codestral", ["codestral"]), ("Devstral", ["devstral"]),
        ("Magistral", ["magistral"]), ("Pixtral", ["pixtral"]), ("Voxtral", ["voxtral"]), ("embeddings", ["embed"]),
        ("moderation", ["moderation"]), ("OCR", ["ocr"]), ("open models", ["open-mi"]),
    ]

    /// - Returns: `nil` unless the answer is such a list.
    package init?(_ response: Response, provider: String) {
        guard response.status == 200, let value = response.body.withBytes({ JSONValue(parsing: $0) }),
            let entries = value["data"]?.elements
        else { return nil }
        let ids = entries.compactMap { $0["id"]?.text?.lowercased() }
        guard ids.count == entries.count else { return nil }
        count = ids.count
        let own = ids.filter { !$0.hasPrefix("ft:") }
        let isMistral = provider.lowercased().hasPrefix("mistral")
        families =
            isMistral
            ? Self.mistral.filter { family in own.contains { id in family.marks.contains { id.contains($0) } } }.map(
                \.name)
            : []
        // Only what an id of an organisation can hold is shown: the text comes from the other side.
        organizations = Set(
            ids.filter { $0.hasPrefix("ft:") }.compactMap { id -> String? in
                let parts = id.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count > 2, (1...64).contains(parts[2].utf8.count),
                    parts[2].utf8.allSatisfy({
                        $0.isDigit || $0.isLowercase || $0 == .hyphen || $0 == .underscore
                    })
                else { return nil }
                return String(parts[2])
            }
        ).sorted()
    }

    /// `5: Large, Codestral, fine-tunes of acme0001`
    package var words: String {
        let all = families + organizations.map { "fine-tunes of \($0)" }
        return all.isEmpty ? "\(count)" : "\(count): \(all.joined(separator: ", "))"
    }
}

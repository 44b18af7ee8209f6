import Reports

/// What the server offers to do.
enum MCPTool: String, CaseIterable {
    case scanText = "scan_text"
    case scanPath = "scan_path"
    case scanStaged = "scan_staged"
    case scanHistory = "scan_history"
    case explainFinding = "explain_finding"
    case listRules = "list_rules"
    case verify

    struct Parameter {
        var name: String
        var kind = "string"
        var text: String
        var isRequired = false
    }

    var description: String {
        switch self {
        case .scanText:
            "Find secrets (API keys, passwords, private keys) in a text, before it is written, sent or committed. Secrets come back redacted."
        case .scanPath: "Find secrets in a file or folder: what is in the repository or could be committed."
        case .scanStaged: "Find secrets in what the git index would commit. Run it before each commit."
        case .scanHistory:
            "Find secrets in everything that a git repository remembers, with who brought each and since when. May take a minute."
        case .explainFinding: "Say why each match in a text or file is reported or not, and what to do about what is."
        case .listRules: "List the rules: which secrets of which providers are looked for."
        case .verify:
            "Ask the providers whether the keys in a text or file are live. Sends each key to its own provider."
        }
    }

    var parameters: [Parameter] {
        let path = Parameter(name: "path", text: "A file or folder in a root.")
        let text = Parameter(name: "text", text: "The text.")
        let name = Parameter(
            name: "name",
            text: "What the text is called, for example config/settings.py: some rules are for files of a kind.")
        let repository = Parameter(
            name: "repository", text: "The repository, or a folder in it. Default: the first root.")
        var needed = text
        needed.isRequired = true
        var place = path
        place.isRequired = true
        return switch self {
        case .scanText: [needed, name]
        case .scanPath: [place]
        case .scanStaged: [repository]
        case .scanHistory:
            [
                repository,
                Parameter(name: "since", text: "Only commits since then: 2024-03-01, 7d, \"2 weeks ago\"."),
                Parameter(name: "branch", text: "Only what this branch or tag contains."),
            ]
        case .explainFinding, .verify: [text, name, path]
        case .listRules: [Parameter(name: "filter", text: "Only rules whose id or provider holds this text.")]
        }
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("name", rawValue)
        writer.field("description", description)
        writer.field(
            "inputSchema",
            object: { writer in
                writer.field("type", "object")
                writer.field(
                    "properties",
                    object: { writer in
                        for parameter in parameters {
                            writer.field(
                                parameter.name,
                                object: {
                                    $0.field("type", parameter.kind)
                                    $0.field("description", parameter.text)
                                })
                        }
                    })
                writer.field("required", parameters.filter(\.isRequired).map(\.name))
                writer.field("additionalProperties", false)
            })
        writer.field("outputSchema", object: { $0.field("type", "object") })
        writer.field(
            "annotations",
            object: {
                $0.field("readOnlyHint", self != .verify)
                $0.field("openWorldHint", self == .verify)
            })
    }
}

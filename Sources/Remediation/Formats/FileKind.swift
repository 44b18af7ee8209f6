import Bytes

/// What kind of file it is: how something else can take a literal's place in it.
enum FileKind {
    case code(Language)
    case shell
    case dockerfile
    case makefile
    case terraform
    case terraformValues
    case yaml(YAMLFixer.Kind)
    case json(JSONSettings.Kind)
    case notebook
    case lines(ReferenceForm, comments: [String])
    /// `.env`: it holds values, and stays out of the repository.
    case environment
    /// `.env.example`: it holds names without values.
    case environmentExample
    /// Nothing can, and why.
    case unsupported(String)

    /// - Parameter path: With `/` between its components.
    init(path: String, _ bytes: [UInt8]) {
        let components = path.split(separator: "/").map(String.init)
        let name = components.last?.lowercased() ?? ""
        // What is far above a file says nothing about it.
        let folders = components.dropLast().suffix(3).map { $0.lowercased() }
        if let own = Self.named(name, folders) {
            self = own
        } else if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
            self = Self.yaml(name, folders, bytes)
        } else if name.hasSuffix(".json") || name.hasSuffix(".jsonc") {
            self = Self.json(name, folders)
        } else if Self.isShell(name, bytes) {
            self = .shell
        } else if let language = Language(name: name, firstLine: bytes.string(bytes.line(of: 0))) {
            self = .code(language)
        } else {
            self = .unsupported(Self.reason(name))
        }
    }

    /// Whether what is looked up there is the environment of whoever runs the program.
    var looksUpEnvironment: Bool {
        switch self {
        case .code, .shell, .dockerfile, .makefile, .terraform, .terraformValues, .json, .notebook, .lines,
            .environmentExample:
            true
        case .yaml(.references), .yaml(.ansible): true
        case .yaml, .environment, .unsupported: false
        }
    }

    private static func named(_ name: String, _ folders: [String]) -> FileKind? {
        if let kind = environment(name) { return kind }
        if name == "dockerfile" || name.hasPrefix("dockerfile.") || name.hasSuffix(".dockerfile")
            || name == "containerfile"
        {
            return .dockerfile
        }
        if name == "makefile" || name == "gnumakefile" || name.hasSuffix(".mk") { return .makefile }
        if name.hasSuffix(".bat") || name.hasSuffix(".cmd") {
            return .lines(.percent, comments: ["REM ", "rem ", "::"])
        }
        if name.hasSuffix(".tf") { return .terraform }
        if name.hasSuffix(".tfvars") { return .terraformValues }
        if isSpring(name), name.hasSuffix(".properties") { return .lines(.braces, comments: ["#", "!"]) }
        switch name {
        case _ where name.hasSuffix(".ipynb"): return .notebook
        case ".npmrc": return .lines(.braces, comments: ["#", ";"])
        case "pom.xml", "settings.xml": return .lines(.maven, comments: ["<!--"])
        case "requirements.txt", "pip.conf": return .lines(.braces, comments: ["#"])
        default: return nil
        }
    }

    /// `.env` and its copies, and their examples.
    private static func environment(_ name: String) -> FileKind? {
        let isOne =
            name == ".env" || name.hasPrefix(".env.") || name.hasPrefix(".env-") || name.hasPrefix(".env_")
            || name.hasSuffix(".env")
            || name == ".envrc" || name == ".flaskenv"
        guard isOne else { return nil }
        let words = name.split { ".-_".contains($0) }
        let isExample = words.contains { ["example", "sample", "template", "dist", "defaults"].contains($0) }
        return isExample ? .environmentExample : .environment
    }

    private static func isSpring(_ name: String) -> Bool {
        name.hasPrefix("application") || name.hasPrefix("bootstrap")
    }

    private static func isShell(_ name: String, _ bytes: [UInt8]) -> Bool {
        if [".sh", ".bash", ".zsh", ".ksh"].contains(where: name.hasSuffix) { return true }
        if [".bashrc", ".zshrc", ".profile", ".bash_profile", ".zshenv", ".zprofile"].contains(name) { return true }
        let first = bytes.string(bytes.line(of: 0))
        return first.hasPrefix("#!")
            && first.split(whereSeparator: { $0 == "/" || $0 == " " }).contains {
                ["sh", "bash", "zsh", "dash", "ksh", "ash"].contains($0)
            }
    }

    private static func yaml(_ name: String, _ folders: [String], _ bytes: [UInt8]) -> FileKind {
        if name.hasPrefix("docker-compose") || name.hasPrefix("compose") { return .yaml(.references(.required)) }
        if isSpring(name) { return .yaml(.references(.braces)) }
        if folders.suffix(2) == [".github", "workflows"] || folders.suffix(2) == [".gitea", "workflows"]
            || folders.suffix(2) == [".forgejo", "workflows"]
        {
            return .yaml(.actions)
        }
        if name == "action.yml" || name == "action.yaml" { return .yaml(.composite) }
        if name.hasSuffix("gitlab-ci.yml") || name.hasSuffix("gitlab-ci.yaml") {
            return .yaml(.pipeline(settings: "GitLab's Settings, CI/CD, Variables"))
        }
        if folders.last == ".circleci" {
            return .yaml(.pipeline(settings: "CircleCI's project settings, Environment Variables"))
        }
        if name == "bitbucket-pipelines.yml" {
            return .yaml(.pipeline(settings: "Bitbucket's Repository variables, secured"))
        }
        if name.hasPrefix("azure-pipelines") { return .yaml(.references(.parentheses)) }
        if name == "serverless.yml" || name == "serverless.yaml" { return .yaml(.references(.editor)) }
        if name == ".yarnrc.yml" { return .yaml(.references(.braces)) }
        func holds(_ text: StaticString) -> Bool { bytes.withUnsafeBytes { $0.containsCaseless(text) } }
        if holds("apiversion:"), holds("kind:"), !folders.contains("templates") { return .yaml(.kubernetes) }
        let ansible: Set<String> = ["group_vars", "host_vars", "roles", "playbooks"]
        if folders.contains(where: ansible.contains) || name.contains("playbook")
            || holds("\n  tasks:") && holds("hosts:")
        {
            return .yaml(.ansible)
        }
        return .unsupported(
            "which program reads this YAML is not known, and so how it refers to a variable; put the value where that program takes secrets from"
        )
    }

    private static func json(_ name: String, _ folders: [String]) -> FileKind {
        if name.hasPrefix("appsettings") { return .json(.dotnet) }
        if name == ".mcp.json" { return .json(.references(.braces)) }
        if [".vscode", ".cursor", ".windsurf"].contains(folders.last ?? "") { return .json(.references(.editor)) }
        if name.hasSuffix("-lock.json") || name == "npm-shrinkwrap.json" { return .unsupported(lock) }
        return .unsupported(
            "JSON holds values and no look-ups; let the program that reads it take this one from the environment")
    }

    private static let lock =
        "a lock file is made by a program; take the secret out of what it is made from, and make it anew"

    private static func reason(_ name: String) -> String {
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        if ending == "lock" || name == "go.sum" { return lock }
        switch ending {
        case "md", "markdown", "rst", "adoc", "txt", "org":
            return "a document is read by people: put a name like <API_KEY> in its place"
        case "html", "htm", "vue", "svelte", "css":
            return "a page shows everybody what it holds; let a server make the call"
        case "pem", "key", "ppk", "p12", "jks", "asc":
            return "the file is the key; take it out of the repository, and keep its path in a variable"
        case "sql": return "SQL has no look-up; hand the value over as a parameter"
        case "toml", "ini", "cfg", "conf", "properties", "xml", "plist":
            return "which program reads it is not known, and so whether it takes values from the environment"
        case "csv", "tsv", "log", "jsonl": return "it is data or a record; remove it, or mask what it holds"
        case "diff", "patch": return "a patch fits only as it is"
        default: return "no look-up is known for this kind of file"
        }
    }
}

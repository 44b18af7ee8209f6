import TestSupport

/// Programs that read a kind of file without running it, where they are installed.
enum LanguageParser {
    private static let programs: [String: [String]] = [
        "python": ["python3", "-c", "import ast, sys; ast.parse(open(sys.argv[1]).read())"],
        "javascript": ["node", "--check"], "shell": ["bash", "-n"], "go": ["gofmt", "-e"], "php": ["php", "-l"],
        "ruby": ["ruby", "-c"], "swift": ["swiftc", "-frontend", "-parse"], "lua": ["luac", "-p"],
        "rust": ["rustfmt", "--check", "--config", "max_width=400"], "terraform": ["terraform", "fmt", "-write=false"],
        "json": ["python3", "-c", "import json, sys; json.load(open(sys.argv[1]))"],
    ]
    private static let yaml = ["compose", "kubernetes", "actions", "gitlab", "spring", "yaml"]

    /// - Parameter kind: As `FixShapes` has it.
    /// - Returns: What is wrong with a file; `nil`: nothing, or nobody here can say.
    static func problem(_ kind: String, _ path: String) -> String? {
        var command = programs[kind]
        if yaml.contains(kind) {
            command = ["python3", "-c", "import sys, yaml; list(yaml.safe_load_all(open(sys.argv[1])))"]
        }
        guard var command, Command.run(["which", command[0]]).status == 0 else { return nil }
        command.append(path)
        let outcome = Command.run(command)
        if outcome.errors.contains("No module named") { return nil }
        // rustfmt says in another way that it would write something otherwise.
        if command[0] == "rustfmt" { return outcome.errors.contains("error") ? outcome.errors : nil }
        return outcome.status == 0 ? nil : outcome.errors
    }
}

/// How a language writes a comment at the end of a line.
enum LSPComment {
    /// - Parameters:
    ///   - language: As editors call it.
    ///   - path: For what they do not know.
    /// - Returns: What stands ahead of the comment's text and behind it; `nil`: the language has none, or it is not known.
    static func form(_ language: String, path: String?) -> (ahead: String, behind: String)? {
        switch language.lowercased() {
        case "json": return nil
        case "python", "ruby", "shellscript", "bash", "sh", "fish", "zsh", "yaml", "toml", "dockerfile", "makefile",
            "perl",
            "r", "elixir", "powershell", "properties", "dotenv", "terraform", "hcl", "graphql", "nix", "julia",
            "coffeescript":
            return (" # ", "")
        case "c", "cpp", "csharp", "dart", "fsharp", "go", "groovy", "java", "javascript", "javascriptreact", "jsonc",
            "kotlin",
            "objective-c", "objective-cpp", "php", "rust", "scala", "swift", "typescript", "typescriptreact", "zig",
            "proto",
            "less", "scss":
            return (" // ", "")
        case "sql", "lua", "haskell", "elm", "ada": return (" -- ", "")
        case "html", "xml", "vue", "svelte", "markdown": return (" <!-- ", " -->")
        case "css": return (" /* ", " */")
        case "ini", "clojure", "lisp", "scheme": return (" ; ", "")
        case "latex", "tex", "erlang", "prolog": return (" % ", "")
        default: break
        }
        let name = path?.split(separator: "/").last.map(String.init) ?? ""
        return name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env") || name.hasSuffix(".conf")
            ? (" # ", "") : nil
    }
}

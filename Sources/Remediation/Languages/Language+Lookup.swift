extension Language {
    /// The expression that looks a variable of the environment up.
    ///
    /// - Parameters:
    ///   - quote: For the name, where the language lets one choose: another than that of the literal around it.
    ///   - isDeno: The program is one of Deno, which has no `process` of its own accord.
    func lookup(_ name: String, quote: String = "\"", isDeno: Bool = false) -> String {
        switch self {
        case .python: "os.environ[\(quote)\(name)\(quote)]"
        case .javascript, .typescript:
            isDeno ? "Deno.env.get(\(quote)\(name)\(quote))" : "process.env.\(name)"
        case .go: "os.Getenv(\"\(name)\")"
        case .ruby: "ENV.fetch(\(quote)\(name)\(quote))"
        case .java, .kotlin: "System.getenv(\"\(name)\")"
        case .groovy: "System.getenv(\(quote)\(name)\(quote))"
        case .csharp: "Environment.GetEnvironmentVariable(\"\(name)\")"
        case .php: "getenv('\(name)')"
        case .rust: "std::env::var(\"\(name)\").expect(\"\(name) is not set\")"
        case .swift: "ProcessInfo.processInfo.environment[\"\(name)\", default: \"\"]"
        case .scala: "sys.env(\"\(name)\")"
        case .dart: "Platform.environment[\(quote)\(name)\(quote)]"
        case .c: "getenv(\"\(name)\")"
        case .cpp: "std::getenv(\"\(name)\")"
        case .perl: "$ENV{\(name)}"
        case .lua: "os.getenv(\(quote)\(name)\(quote))"
        case .elixir: "System.fetch_env!(\"\(name)\")"
        case .powershell: "$env:\(name)"
        case .r: "Sys.getenv(\(quote)\(name)\(quote))"
        case .julia: "ENV[\"\(name)\"]"
        }
    }

    /// The look-up where a text is wanted, and nothing that may be missing.
    func assertion(isDeno: Bool) -> String {
        switch self {
        case .typescript, .dart: "!"
        default: ""
        }
    }

    /// What a literal of a form has in the place of a part of its text; `nil` where it has no such thing, and is split.
    func interpolated(_ name: String, in token: SourceText.Token, isDeno: Bool) -> String? {
        guard let form = token.form else { return nil }
        let quote = form.open.last == 0x22 ? "'" : "\""
        let expression = lookup(name, quote: quote, isDeno: isDeno)
        switch self {
        case .perl: return form.interpolation == nil ? nil : expression
        case .powershell: return form.interpolation == nil ? nil : "${env:\(name)}"
        // Their look-up needs the quotes that the literal is in.
        case .scala, .php: return nil
        case .csharp where token.prefix.contains("@"): return nil
        case .swift where form.interpolation == nil: return nil
        default: break
        }
        guard let mark = form.interpolation else { return nil }
        // TypeScript puts anything into a text; Dart would put in `null`.
        return String(decoding: mark.open, as: UTF8.self) + expression
            + (self == .dart ? assertion(isDeno: isDeno) : "")
            + String(decoding: [mark.close], as: UTF8.self)
    }

    /// What joins a literal and a look-up; `nil`: nothing does.
    var joiner: String? {
        switch self {
        case .python, .javascript, .typescript, .go, .ruby, .java, .kotlin, .csharp, .scala, .groovy, .dart,
            .powershell,
            .swift:
            "+"
        case .php, .perl: "."
        case .lua: ".."
        case .elixir: "<>"
        case .julia: "*"
        case .rust, .c, .cpp, .r: nil
        }
    }

    /// What has to be imported for the look-up.
    var imports: [String] {
        switch self {
        case .python, .go: ["os"]
        case .csharp: ["System"]
        case .swift: ["Foundation"]
        case .dart: ["dart:io"]
        case .c: ["stdlib.h"]
        case .cpp: ["cstdlib"]
        case .javascript, .typescript, .ruby, .java, .kotlin, .groovy, .php, .rust, .scala, .perl, .lua, .elixir,
            .powershell, .r, .julia:
            []
        }
    }
}

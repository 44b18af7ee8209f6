/// What takes the place of a literal in a program.
enum CodeValue {
    /// A variable of the environment.
    case lookup
    /// The same text, put together at run time out of pieces in which no scanner sees a secret.
    case assembled(pieces: [String])

    var isLookup: Bool { if case .lookup = self { true } else { false } }

    func expression(_ language: Language, _ name: String, isDeno: Bool) -> String {
        switch self {
        case .lookup: language.lookup(name, isDeno: isDeno)
        case .assembled(let pieces): language.assembled(pieces) ?? ""
        }
    }

    func assertion(_ language: Language, isDeno: Bool) -> String {
        if case .lookup = self { language.assertion(isDeno: isDeno) } else { "" }
    }

    func interpolated(_ language: Language, _ name: String, in token: SourceText.Token, isDeno: Bool) -> String? {
        if case .lookup = self { language.interpolated(name, in: token, isDeno: isDeno) } else { nil }
    }

    func imports(_ language: Language, isDeno: Bool) -> [String] {
        switch self {
        case .lookup: language.imports
        case .assembled: language == .go ? ["strings"] : []
        }
    }
}

extension Language {
    /// An expression that puts pieces together when it runs; `nil`: there is none that compilers do not undo.
    ///
    /// Not with the sign that joins literals, which scanners undo.
    func assembled(_ pieces: [String]) -> String? {
        let double = pieces.map { "\"\($0)\"" }.joined(separator: ", ")
        let single = pieces.map { "'\($0)'" }.joined(separator: ", ")
        switch self {
        case .python: return "\"\".join([\(double)])"
        case .javascript, .typescript: return "[\(double)].join(\"\")"
        case .go: return "strings.Join([]string{\(double)}, \"\")"
        case .ruby: return "[\(double)].join"
        case .java: return "String.join(\"\", \(double))"
        case .kotlin: return "listOf(\(double)).joinToString(\"\")"
        case .csharp: return "string.Concat(\(double))"
        case .php: return "implode('', [\(single)])"
        case .rust: return "[\(double)].concat()"
        case .swift: return "[\(double)].joined()"
        case .scala: return "List(\(double)).mkString"
        case .groovy: return "[\(single)].join('')"
        case .dart: return "[\(single)].join()"
        case .perl: return "join('', \(single))"
        case .lua: return "table.concat({\(double)})"
        case .elixir: return "Enum.join([\(double)])"
        case .powershell: return "(@(\(single)) -join '')"
        case .r: return "paste0(\(double))"
        case .julia: return "join([\(double)])"
        case .c, .cpp: return nil
        }
    }
}

extension Language {
    /// How it writes comments and literals.
    var grammar: Grammar {
        switch self {
        case .python: Self.pythonGrammar
        case .javascript, .typescript: Self.javascriptGrammar
        case .go:
            Grammar(
                line: ["//"], block: Self.blocks,
                [.init("`", escape: .none, spansLines: true), .init("\""), .init("'", isCharacter: true)])
        case .ruby: Self.rubyGrammar
        case .java:
            Grammar(
                line: ["//"], block: Self.blocks,
                [.init("\"\"\"", spansLines: true), .init("\""), .init("'", isCharacter: true)])
        case .kotlin:
            Grammar(
                line: ["//"], block: Self.blocks,
                [
                    .init("\"\"\"", escape: .none, spansLines: true, Self.dollarBrace), .init("\"", Self.dollarBrace),
                    .init("'", isCharacter: true),
                ])
        case .csharp: Self.csharpGrammar
        case .php: Self.phpGrammar
        case .rust: Self.rustGrammar
        case .swift:
            Grammar(
                line: ["//"], block: Self.blocks,
                [
                    .init("#\"", "\"#", escape: .none),
                    .init("\"\"\"", spansLines: true, Grammar.Interpolation("\\(", ")")),
                    .init("\"", Grammar.Interpolation("\\(", ")")),
                ])
        case .scala: Self.scalaGrammar
        case .groovy:
            Grammar(
                line: ["//"], block: Self.blocks,
                [
                    .init("\"\"\"", spansLines: true, Self.dollarBrace), .init("'''", spansLines: true),
                    .init("\"", Self.dollarBrace), .init("'"),
                ])
        case .dart: Self.dartGrammar
        case .c, .cpp: Self.cGrammar
        case .perl: Self.perlGrammar
        case .lua:
            Grammar(
                line: [], block: [("--[[", "]]"), ("--", "\n")],
                [.init("[[", "]]", escape: .none, spansLines: true), .init("\""), .init("'")])
        case .elixir:
            Grammar(
                line: ["#"],
                [
                    .init("\"\"\"", spansLines: true, Self.numberBrace),
                    .init("\"", spansLines: true, Self.numberBrace),
                    .init("'", Self.numberBrace),
                ])
        case .powershell: Self.powershellGrammar
        case .r: Grammar(line: ["#"], [.init("\"", spansLines: true), .init("'", spansLines: true)])
        case .julia:
            Grammar(
                line: ["#"], block: [("#=", "=#")],
                [
                    .init("\"\"\"", spansLines: true, Grammar.Interpolation("$(", ")")),
                    .init("\"", Grammar.Interpolation("$(", ")")), .init("'", isCharacter: true),
                ])
        }
    }

    private static let blocks = [("/*", "*/")]
    private static let dollarBrace = Grammar.Interpolation("${", "}")
    private static let numberBrace = Grammar.Interpolation("#{", "}")

    private static let pythonGrammar: Grammar = {
        let plain: Set<String> = ["", "u", "r", "b", "br", "rb"]
        let formatted: Set<String> = ["f", "fr", "rf", "t", "tr", "rt"]
        let braces = Grammar.Interpolation("{", "}", isDoubled: true)
        return Grammar(
            line: ["#"],
            ["\"\"\"", "'''", "\"", "'"].flatMap { quote in
                [
                    Grammar.Literal(quote, nil, plain, spansLines: quote.count == 3),
                    Grammar.Literal(quote, nil, formatted, spansLines: quote.count == 3, braces),
                ]
            })
    }()

    private static let javascriptGrammar: Grammar = {
        var grammar = Grammar(
            line: ["//"], block: blocks,
            [.init("`", spansLines: true, dollarBrace), .init("\""), .init("'")])
        grammar.hasPatterns = true
        return grammar
    }()

    private static let rubyGrammar: Grammar = {
        var grammar = Grammar(
            line: ["#"], block: [("\n=begin", "\n=end")],
            [.init("\"", spansLines: true, numberBrace), .init("'", spansLines: true), .init("`", numberBrace)])
        grammar.heredoc = Array("<<".utf8)
        grammar.heredocInterpolation = numberBrace
        grammar.hasPatterns = true
        return grammar
    }()

    private static let csharpGrammar = Grammar(
        line: ["//"], block: blocks,
        [
            .init("\"\"\"", nil, ["", "$"], escape: .none, spansLines: true),
            .init("\"", nil, ["@"], escape: .doubled, spansLines: true),
            .init(
                "\"", nil, ["$@", "@$"], escape: .doubled, spansLines: true,
                Grammar.Interpolation("{", "}", isDoubled: true)),
            .init("\"", nil, ["$"], Grammar.Interpolation("{", "}", isDoubled: true)),
            .init("\""), .init("'", isCharacter: true),
        ])

    private static let phpGrammar: Grammar = {
        var grammar = Grammar(
            line: ["//", "#"], block: blocks,
            [.init("\"", spansLines: true, Grammar.Interpolation("{$", "}")), .init("'", spansLines: true)])
        grammar.heredoc = Array("<<<".utf8)
        grammar.heredocInterpolation = Grammar.Interpolation("{$", "}")
        grammar.hasTags = true
        return grammar
    }()

    private static let rustGrammar = Grammar(
        line: ["//"], block: blocks,
        [
            .init("##\"", "\"##", ["r", "br", "cr"], escape: .none, spansLines: true),
            .init("#\"", "\"#", ["r", "br", "cr"], escape: .none, spansLines: true),
            .init("\"", nil, ["r", "br", "cr"], escape: .none, spansLines: true),
            .init("\"", nil, ["", "b", "c"], spansLines: true),
        ])

    private static let scalaGrammar = Grammar(
        line: ["//"], block: blocks,
        [
            .init("\"\"\"", nil, ["", "raw"], escape: .none, spansLines: true),
            .init("\"\"\"", nil, ["s", "f"], escape: .none, spansLines: true, dollarBrace),
            .init("\"", nil, ["s", "f"], dollarBrace), .init("\"", nil, ["", "raw"]),
        ])

    private static let dartGrammar = Grammar(
        line: ["//"], block: blocks,
        ["\"\"\"", "'''", "\"", "'"].flatMap { quote in
            [
                Grammar.Literal(quote, nil, ["r"], escape: .none, spansLines: quote.count == 3),
                Grammar.Literal(quote, nil, [""], spansLines: quote.count == 3, dollarBrace),
            ]
        })

    private static let cGrammar = Grammar(
        line: ["//"], block: blocks,
        [
            .init("\"(", ")\"", ["r", "lr", "u8r"], escape: .none, spansLines: true),
            .init("\"", nil, ["", "l", "u", "u8"]), .init("'", isCharacter: true),
        ])

    private static let perlGrammar: Grammar = {
        var grammar = Grammar(
            line: ["#"], block: [("\n=pod", "\n=cut"), ("\n=head1", "\n=cut")],
            [.init("\"", spansLines: true, Grammar.Interpolation("@{", "}")), .init("'", spansLines: true)])
        grammar.heredoc = Array("<<".utf8)
        grammar.heredocInterpolation = Grammar.Interpolation("@{", "}")
        grammar.hasPatterns = true
        return grammar
    }()

    private static let powershellGrammar = Grammar(
        line: ["#"], block: [("<#", "#>")],
        [
            .init("@\"", "\n\"@", escape: .backtick, spansLines: true, Grammar.Interpolation("$(", ")")),
            .init("@'", "\n'@", escape: .none, spansLines: true),
            .init("\"", escape: .backtick, spansLines: true, Grammar.Interpolation("$(", ")")),
            .init("'", escape: .doubled, spansLines: true),
        ])
}

extension Grammar.Literal {
    /// A form without letters before its quote, whose quotes are the same.
    init(_ quote: String, _ interpolation: Grammar.Interpolation) { self.init(quote, nil, [""], interpolation) }
}

extension Grammar {
    /// Terraform's language, and HashiCorp's others.
    static let terraform: Grammar = {
        var grammar = Grammar(
            line: ["#", "//"], block: [("/*", "*/")], [.init("\"", Interpolation("${", "}"))])
        grammar.heredoc = Array("<<".utf8)
        grammar.heredocInterpolation = Interpolation("${", "}")
        return grammar
    }()
}

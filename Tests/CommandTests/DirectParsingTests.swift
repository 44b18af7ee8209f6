import Testing

/// Arguments that a subcommand takes are read by it alone; all else is said as the whole command says it.
@Suite struct DirectParsingTests {
    @Test(arguments: [["scan"], ["hook", "run"], ["rules", "list"], ["baseline", "add"]])
    func helpIsThatOfTheWholeCommand(_ words: [String]) {
        let inside = Windsock.run(words + ["--help"], in: "/")
        #expect(inside.status == 0)
        #expect(inside.output.contains("USAGE: windsock \(words.joined(separator: " "))"))
        #expect(inside.output.contains("--version"))
        #expect(Windsock.run(["help"] + words, in: "/").output == inside.output)
    }

    @Test(arguments: [["scan"], ["hook", "run"], ["rules", "list"]])
    func errorsAreThoseOfTheWholeCommand(_ words: [String]) {
        let outcome = Windsock.run(words + ["--no-such-option"], in: "/")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("See 'windsock \(words.joined(separator: " ")) --help'"), "\(outcome.errors)")
    }

    @Test(arguments: [["scan", "--version"], ["rules", "list", "--version"], ["hook", "run", "--version"]])
    func everySubcommandTellsTheVersion(_ words: [String]) {
        let outcome = Windsock.run(words, in: "/")
        #expect(outcome.status == 0)
        #expect(outcome.output == Windsock.run(["--version"], in: "/").output)
    }
}

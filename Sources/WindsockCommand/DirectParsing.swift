import ArgumentParser

extension Windsock {
    /// Reads arguments by the subcommand that their first words name.
    ///
    /// The parser would describe all options of the subcommand to itself three times over on the way there: a third of
    /// what a staged scan takes.
    ///
    /// - Returns: `nil` where the first words name no subcommand, or where the subcommand does not take the others: what
    ///   there is to say then, and help, is the whole command's.
    static func parseDirectly(_ words: [String]) -> (any ParsableCommand)? {
        var command: any ParsableCommand.Type = Windsock.self
        var rest = words[...]
        while let word = rest.first,
            let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
        {
            command = next
            rest.removeFirst()
        }
        guard rest.count < words.count, command.configuration.subcommands.isEmpty else { return nil }
        // Help is another command, and speaks of the whole.
        guard let parsed = try? command.parseAsRoot(Array(rest)), type(of: parsed) == command else { return nil }
        return parsed
    }
}

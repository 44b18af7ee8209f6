import ArgumentParser
import FoundationEssentials

/// What the parser says of a command: the part of its own description that the manual page needs.
struct CommandDescription: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandDescription]?
    let arguments: [Argument]?
    let shouldDisplay: Bool

    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let sectionTitle: String?
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let discussion: String?
        let defaultValue: String?
        let isRepeating: Bool

        struct Name: Decodable {
            let kind: String
            let name: String

            /// As it is written: `--only`, `-q`.
            var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }
    }

    private struct Dump: Decodable { let command: CommandDescription }

    /// The whole command.
    ///
    /// - Throws: `CommandFailure` if the parser describes itself in another way than it did.
    static func ofProgram() throws(CommandFailure) -> CommandDescription {
        do {
            return try JSONDecoder().decode(Dump.self, from: Data(Windsock._dumpHelp().utf8)).command
        } catch {
            throw CommandFailure("the parser of arguments does not describe the commands as it did: \(error)")
        }
    }
}

import ArgumentParser

/// A shell's completions: those of the parser, and what it leaves out.
enum CompletionScript {
    static func text(for shell: CompletionShell) -> String {
        let script = Windsock.completionScript(for: shell)
        let commands = Windsock.configuration.subcommands.compactMap { $0.configuration.commandName }
            .joined(separator: " ")
        // The parser knows of no words behind `help`.
        switch shell {
        case .zsh: return script.replacing("'*:subcommands:'", with: "'*:subcommands:(\(commands))'")
        case .bash:
            guard let start = script.firstRange(of: "\n_windsock_help() {\n")?.upperBound,
                let end = script[start...].firstRange(of: "\n}\n")?.lowerBound
            else { return script }
            return script[..<end] + "\n    __windsock_add_completions -W \"$(printf '%s\\n' \(commands))\""
                + script[end...]
        default:
            return script + "complete -c 'windsock' -n '__fish_seen_subcommand_from help' -fa '\(commands)'\n"
        }
    }
}

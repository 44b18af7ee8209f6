import ArgumentParser

/// `windsock completions SHELL`
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completions of a shell; `make install` puts them in place.")

    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() throws {
        let shell: CompletionShell =
            switch self.shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        try OutputFile.write(Array(CompletionScript.text(for: shell).utf8), path: "-")
    }
}

/// `windsock manual`
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, for man(1); `make install` puts it in place.")

    func run() throws { try OutputFile.write(Array(ManualPage.text().utf8), path: "-") }
}

import ArgumentParser
import LanguageModel
import Reports
import Rules

/// `windsock llm`
struct LLMCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "llm",
        abstract:
            "Set up the language model that `windsock advise` asks: test the connection, list models, choose one.",
        subcommands: [LLMTest.self, LLMModels.self, LLMUse.self])
}

struct LLMTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Whether the server answers and takes the key, and which models it has.",
        discussion: "Exit code: 0 it does; 1 it does not, with what to do about it; 2 wrong usage, nobody was asked.")

    @OptionGroup var options: ModelOptions

    func run() throws {
        let setup = try ModelSetup(options)
        let models = try setup.models(attempt: "connection failed")
        var text = "Connection successful: \(setup.address.hostAndPort)\n" + models.map { "  \($0)\n" }.joined()
        if let notice = setup.notice { text += "note: \(notice)\n" }
        var isThere = true
        if let model = setup.model {
            isThere = models.contains(model)
            text +=
                isThere ? "chosen: \(model)\n" : "chosen: \(model), which the server does not list; \(Self.choose)\n"
        } else {
            text += "none is chosen: `windsock llm use MODEL`; else \(ModelSetup.standardModel) is asked\n"
        }
        try OutputFile.write(Array(text.utf8), path: "-")
        if !isThere { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private static let choose = "choose another with `windsock llm use MODEL`"
}

struct LLMModels: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List the models that the server has, one a line.")

    @OptionGroup var options: ModelOptions

    func run() throws {
        let models = try ModelSetup(options).models(attempt: "could not list models")
        try OutputFile.write(Array(models.map { $0 + "\n" }.joined().utf8), path: "-")
    }
}

struct LLMUse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use", abstract: "Choose the model, and with it the address and the variable with the key.",
        discussion: """
            Written to llm.json beside your configuration ($XDG_CONFIG_HOME/windsock, else ~/.config/windsock); the key itself is \
            not. The server is asked first whether it has the model.
            """)

    @Argument(help: "The model, as `windsock llm models` lists it.")
    var model: String

    @Flag(help: "Do not ask the server whether it has the model.")
    var unchecked = false

    @OptionGroup var options: ModelOptions

    func run() throws {
        let setup = try ModelSetup(options, model: model, choosesAnew: true)
        if !unchecked {
            let models = try setup.models(attempt: "nothing was chosen")
            guard models.contains(model) else {
                let meant = NearestWord.to(model, in: models).map { "; did you mean \($0)?" } ?? ""
                throw CommandFailure(
                    "\(setup.address.hostAndPort) has no model \(model.visible)\(meant) `windsock llm models` lists them; --unchecked chooses it all the same",
                    code: .findings)
            }
        }
        let path = try setup.choice(model).save()
        var text = "\(model) at \(setup.address.hostAndPort) is asked from now on; written to \(path)\n"
        text +=
            setup.keyVariable.map { "the key is read from \($0) each time, and stored nowhere\n" } ?? "without a key\n"
        if let notice = setup.notice { text += "note: \(notice)\n" }
        try OutputFile.write(Array(text.utf8), path: "-")
    }
}

extension ModelSetup {
    /// The models that the server lists.
    fileprivate func models(attempt: String) throws(CommandFailure) -> [String] {
        let client = try client().client
        do throws(ModelFailure) {
            return try client.models()
        } catch {
            throw CommandFailure(error, attempt: attempt)
        }
    }
}

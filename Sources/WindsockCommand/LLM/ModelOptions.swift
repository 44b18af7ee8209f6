import ArgumentParser

/// Which language model is asked, and how.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask at this address: Mistral's, or any that is compatible (Ollama, llama.cpp, vLLM, a gateway).",
            discussion:
                "https, or http on this machine: http://localhost:11434. Default: what `windsock llm use` has chosen, or https://api.mistral.ai.",
            valueName: "url"))
    var endpoint: String?

    @Option(
        help: ArgumentHelp(
            "Take the key out of this variable. Default: MISTRAL_API_KEY at Mistral's own addresses, none elsewhere.",
            valueName: "name"))
    var keyEnv: String?

    @Flag(help: "Ask also at https addresses outside of the public internet: this machine, the local network.")
    var allowPrivateAddresses = false

    @Option(help: ArgumentHelp("Most time for one question: 90s, 5m.", valueName: "time"))
    var timeout = TimeSpan(seconds: 120)

    @Option(
        help: ArgumentHelp(
            "Append a line of JSON to a file before each request and after it; no key and no text is in it.",
            valueName: "file"),
        completion: .file())
    var auditLog: String?

    func validate() throws {
        if let keyEnv, !Self.isVariable(keyEnv) {
            // What was written there may be the key itself, which is repeated nowhere.
            throw ValidationError(
                "--key-env takes the name of a variable, and never a key. If a key was just written here, take it for leaked."
            )
        }
    }

    private static func isVariable(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { byte in
            byte == 0x5f || (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        }
    }
}

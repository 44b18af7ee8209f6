import Bytes
import FoundationEssentials
import LanguageModel
import Reports

/// What `windsock llm use` has chosen: in a file of its own, which is read when a model is asked and at no other time. No
/// repository has a say in it.
struct ModelChoice {
    var model: String
    /// As it was written; `nil`: Mistral's.
    var endpoint: String?
    /// The name of a variable; the key itself is nowhere.
    var keyVariable: String?
    var allowsPrivateAddresses = false

    private static let schema = "windsock-llm/1"

    /// Where it is; `nil`: there is no home.
    static var path: String? {
        let folder =
            Environment.value("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? Environment.value("HOME").map { $0 + "/.config" }
        return folder.map { $0 + "/windsock/llm.json" }
    }

    /// `nil`: nothing was chosen.
    static func saved() throws(CommandFailure) -> ModelChoice? {
        guard let path, TextFile.exists(path) else { return nil }
        let text = try TextFile.read(path, purpose: "the choice of a model,")
        let root: JSONNode
        do throws(JSONProblem) {
            root = try JSONDocument(Array(text.utf8)).root
        } catch {
            throw CommandFailure("\(path) is not what `windsock llm use` writes: \(error); choose again")
        }
        guard root[name: "schema"]?.text == schema, let model = root[name: "model"]?.text, ModelClient.isName(model)
        else { throw CommandFailure("\(path) is not what `windsock llm use` writes; choose again") }
        return ModelChoice(
            model: model, endpoint: root[name: "endpoint"]?.text, keyVariable: root[name: "keyEnv"]?.text,
            allowsPrivateAddresses: root[name: "allowPrivateAddresses"]?.flag ?? false)
    }

    /// - Returns: Where it was written.
    func save() throws(CommandFailure) -> String {
        guard let path = Self.path else {
            throw CommandFailure(
                "there is no place for your configuration: HOME names no folder; set HOME or XDG_CONFIG_HOME")
        }
        let folder = String(path.dropLast("/llm.json".count))
        try StateFolder.make(folder)
        var writer = JSONWriter(isIndented: true)
        writer.object { writer in
            writer.field("schema", Self.schema)
            writer.field("model", model)
            writer.field("endpoint", ifPresent: endpoint)
            writer.field("keyEnv", ifPresent: keyVariable)
            if allowsPrivateAddresses { writer.field("allowPrivateAddresses", true) }
        }
        writer.endLine()
        try OutputFile.write(writer.bytes, path: path)
        return path
    }
}

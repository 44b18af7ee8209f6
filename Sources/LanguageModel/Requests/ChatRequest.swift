internal import Reports

/// One question to a model, as it is sent: a chat completion, bound to a schema, streamed.
package struct ChatRequest: Sendable {
    /// What the whole of it is, byte for byte.
    package let body: [UInt8]
    /// Tokens that an answer may have.
    package let longestAnswer: Int

    /// - Parameters:
    ///   - question: For the model, as JSON.
    init(model: String, prompt: Prompt, question: String) {
        longestAnswer = prompt.longestAnswer
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("model", model)
            writer.field("messages", array: [("system", prompt.text), ("user", question)]) { writer, message in
                writer.object {
                    $0.field("role", message.0)
                    $0.field("content", message.1)
                }
            }
            writer.field("temperature", 0)
            writer.field("max_tokens", prompt.longestAnswer)
            writer.field("stream", true)
            writer.field(
                "response_format",
                object: { writer in
                    writer.field("type", "json_schema")
                    writer.field(
                        "json_schema",
                        object: {
                            $0.field("name", prompt.name)
                            $0.field("strict", true)
                            $0.field("schema", raw: prompt.schema)
                        })
                })
        }
        body = writer.bytes
    }

    /// How many tokens it probably is.
    package var tokens: Int { TokenBudget.estimate(bytes: body.count) }
}

extension Prompt {
    /// What to do about a finding.
    static var advice: Prompt { Prompt(name: "advice", text: ground + "\n" + task, schema: form, longestAnswer: 1500) }

    private static let task = """
        Say what to do about the finding:
        "opens": what somebody who has the secret can do, in one to three sentences, from the provider and what the code does with it.
        "instead": how this code should get the secret instead, in the file's own language and framework, in one to three sentences.
        "patch": the change of this one file that does so, as edits of the numbered lines. "file" is the path from the message. Each \
        edit replaces the lines "old", copied exactly as they were shown, without their numbers, the first of which has the number \
        "line", by the lines "new". Lines that stay are not part of an edit, unless something is inserted beside them. A new line holds no literal \
        secret and no __MASKED__; it looks the value up, and fails loudly if it is missing. Add what has to be imported, unless it is \
        imported already. If no change of this file is right, or no lines were given, "edits" is empty.
        "rotation": the steps of rotating this secret in this exposure, in order, each one sentence: what to make anew, where to put \
        it, what to check, when to revoke the old one.
        "logs": what to look for, and in which log, to see whether somebody has used it, each one sentence.
        """

    private static let form = """
        {"type":"object","additionalProperties":false,"required":["opens","instead","patch","rotation","logs"],"properties":{\
        "opens":{"type":"string"},"instead":{"type":"string"},\
        "patch":{"type":"object","additionalProperties":false,"required":["file","edits"],"properties":{"file":{"type":"string"},\
        "edits":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["line","old","new"],"properties":{\
        "line":{"type":"integer"},"old":{"type":"array","items":{"type":"string"}},"new":{"type":"array","items":{"type":"string"}}}}}}},\
        "rotation":{"type":"array","items":{"type":"string"}},"logs":{"type":"array","items":{"type":"string"}}}}
        """
}

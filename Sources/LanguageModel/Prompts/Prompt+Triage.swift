extension Prompt {
    /// What a finding probably is.
    static var triage: Prompt { Prompt(name: "triage", text: ground + "\n" + task, schema: form, longestAnswer: 300) }

    private static let task = """
        Give your opinion of the finding; it is shown beside the finding, which stays as it is:
        "opinion": "secret" if it probably is or was one that works somewhere; "test-value" if it was made for a test, an example or \
        a document; "not-a-secret" if it is something else, such as a digest, an id or a name; "unsure" if the message does not tell.
        "why": one or two sentences that name what in the lines or the facts speaks for it.
        "priority": "now", "soon" or "later": when somebody should look at it.
        A comment that says that a value is harmless is weak evidence: whoever leaks a secret can write one.
        """

    private static let form = """
        {"type":"object","additionalProperties":false,"required":["opinion","why","priority"],"properties":{\
        "opinion":{"type":"string","enum":["secret","test-value","not-a-secret","unsure"]},"why":{"type":"string"},\
        "priority":{"type":"string","enum":["now","soon","later"]}}}
        """
}

extension RuleDraft {
    /// What the short forms say and should not, one sentence each, without the rule's name.
    func objections(to rule: Rule, shared: SharedRules) -> [String] {
        var objections: [String] = []
        if let token, token.prefix.isEmpty, rule.context == nil, rule.keywords.isEmpty, rule.path == nil {
            objections.append(
                "looks for a token without a prefix wherever it stands: say with near = [\"…\"] what must stand near it"
            )
        }
        if let revoke, !revoke.contains(where: { !$0.isWhitespace }) {
            objections.append(
                "has an empty \"revoke\": write the address where it is revoked, or a sentence, or leave it out")
        }
        if let kind, then == nil, shared.kinds[kind] == nil {
            let meant =
                NearestWord.to(kind, in: shared.kinds.keys).map { "did you mean \"\($0)\"? If not, name" } ?? "name"
            objections.append(
                "is of the kind \"\(kind)\", for which shared.toml has no steps: \(meant) them with then = […], which may be empty"
            )
        }
        return objections
    }
}

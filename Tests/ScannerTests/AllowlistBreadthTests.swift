import Rules
import Scanner
import Testing

/// How much an allow-list lets pass is measured with secrets and paths that have nothing to do with it.
@Suite struct AllowlistBreadthTests {
    @Test(arguments: [
        [".*"], [".+"], ["."], ["[A-Za-z0-9]"], ["(?i)."], ["^"], ["$"], ["\\w+"], ["[a-m]", "[n-z]"], ["^.{8,}$"],
        ["(?!x)"],
        ["[0-9]"], ["(?s).*"], ["a|e|i|o|u"], ["^[A-Za-z0-9]+$"], ["\\S"], ["[^-]"],
    ]) func patternsForEverything(_ regexes: [String]) {
        #expect(AllowlistBreadth.objection(to: Allowlist(regexes: regexes)) != nil)
        // Whom it is for and where it comes from changes nothing.
        var list = Allowlist(regexes: regexes, targetRules: ["mistral-api-key"])
        list.origin = Allowlist.Origin(file: "x", folder: "deep")
        #expect(AllowlistBreadth.objection(to: list) != nil)
    }

    @Test(arguments: [
        [".*"], ["/"], ["."], ["\\."], ["(?i)[a-z]"], ["^(?!vendor/)"], ["^"], ["e"],
        ["\\.(md|py|ts|go|rb|php|html|ya?ml|tf|sh|json)$"],
    ]) func patternsForEveryPath(_ paths: [String]) {
        #expect(AllowlistBreadth.objection(to: Allowlist(paths: paths))?.contains("paths let") == true)
    }

    @Test(arguments: ["abcdefghijklmnopqrstuvwxyz0123456789".map(String.init), ["1", "2", "3"]])
    func wordsOfOneLetter(_ words: [String]) {
        for word in words.count == 36 ? words.map({ [$0] }) : [words] {
            #expect(AllowlistBreadth.objection(to: Allowlist(stopwords: word)) != nil, "\(word)")
        }
    }

    @Test(arguments: ["a", "1f", "abc"]) func beginningsOfManyCommits(_ commit: String) {
        #expect(AllowlistBreadth.objection(to: Allowlist(commits: [commit])) != nil)
    }

    @Test func linesAndMatchesAreMeasuredAsWhatTheyAre() {
        #expect(AllowlistBreadth.objection(to: Allowlist(target: .line, regexes: ["="])) != nil)
        #expect(AllowlistBreadth.objection(to: Allowlist(target: .line, regexes: ["\""])) != nil)
        #expect(AllowlistBreadth.objection(to: Allowlist(target: .match, regexes: ["."])) != nil)
        #expect(AllowlistBreadth.objection(to: Allowlist(target: .line, regexes: ["public_key", "# nosec"])) == nil)
    }

    @Test func whereAllMustHoldOneThatIsNarrowIsEnough() {
        func objection(_ condition: Allowlist.Condition, _ regex: String, _ path: String) -> String? {
            AllowlistBreadth.objection(to: Allowlist(condition: condition, regexes: [regex], paths: [path]))
        }
        #expect(objection(.all, ".*", "^docs/") == nil)
        #expect(objection(.all, "^AKIA", ".*") == nil)
        #expect(objection(.all, ".*", ".*") != nil)
        #expect(objection(.any, ".*", "^docs/") != nil)
        #expect(objection(.any, "^AKIA", "/") != nil)
        #expect(
            AllowlistBreadth.objection(to: Allowlist(condition: .all, regexes: [".*"], commits: ["1f3a5b7"])) == nil)
    }

    /// What people write for good reasons is not spoken of.
    @Test(arguments: [
        Allowlist(regexes: ["^[0-9a-f]{40}$"]), Allowlist(regexes: ["(?i)example|test|dummy|sample"]),
        Allowlist(regexes: ["^AKIA", "-fake$"]), Allowlist(regexes: ["^[A-Z0-9]{20}$"]),
        Allowlist(regexes: ["\\$\\{[^}]+\\}"]),
        Allowlist(paths: ["^docs/", "^test/"]), Allowlist(paths: ["\\.(md|rst|txt|lock|svg)$"]),
        Allowlist(paths: ["(^|/)vendor/", "(^|/)node_modules/"]),
        Allowlist(paths: ["(?i)\\.(png|jpe?g|gif|pdf|zip|woff2?)$", "go\\.sum$", "package-lock\\.json$"]),
        Allowlist(stopwords: ["test", "xx", "fake", "abc", "changeme"]), Allowlist(commits: ["1f3a5b7"]), Allowlist(),
    ]) func whatIsSpecialIsLeftAlone(_ list: Allowlist) {
        #expect(AllowlistBreadth.objection(to: list) == nil)
    }

    @Test func whatIsLeftOutIsMeasuredByPaths() {
        #expect(AllowlistBreadth.objection(toLeavingOut: { _ in true }) != nil)
        #expect(AllowlistBreadth.objection(toLeavingOut: { $0.contains("/") }) != nil)
        #expect(AllowlistBreadth.objection(toLeavingOut: { $0.hasPrefix("docs/") }) == nil)
    }
}

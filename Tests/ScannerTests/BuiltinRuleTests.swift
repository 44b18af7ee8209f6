import Rules
import TestSupport
import Testing

@testable import Scanner

/// Every rule file is tested by what stands in it.
struct BuiltinRuleTests {
    /// The rules of all files, examples included.
    private static let files: [String: Result<[Rule], any Error>] = Dictionary(
        uniqueKeysWithValues: RuleFolder.names.map { name in
            (name, Result { try RuleFolder.file(name).rules })
        })

    private static let engine = Result {
        ScanEngine(try RuleSet(rules: files.values.flatMap { try $0.get() }))
    }

    @Test func theFolderIsFound() { #expect(RuleFolder.names.contains("mistral/rule.toml")) }

    @Test(arguments: RuleFolder.names) func everyExampleTurnsOutAsItsRuleSays(file: String) throws {
        let checker = RuleChecker(engine: try Self.engine.get())
        for rule in try #require(Self.files[file]).get() {
            for complaint in checker.check(rule) {
                let text = rule.examples[complaint.example - 1].text
                Issue.record("\(file): \(complaint)\n\(text)")
            }
        }
    }

    @Test(arguments: RuleFolder.names) func everyRuleIsCompleteAndCompiles(file: String) throws {
        let rules = try #require(Self.files[file]).get()
        #expect(!rules.isEmpty)
        for rule in rules {
            #expect(rule.examples.count { !$0.isNegative } >= 3, "\(rule.id): fewer than 3 positive examples")
            #expect(rule.examples.count { $0.isNegative } >= 3, "\(rule.id): fewer than 3 negative examples")
            #expect(!rule.description.isEmpty, "\(rule.id): no description")
            #expect(!rule.remediation.isEmpty, "\(rule.id): no remediation")
            #expect(!rule.references.isEmpty, "\(rule.id): no references")
            #expect(rule.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.id): not kebab-case")
        }
        try Self.engine.get().validate(Set(rules.map(\.id)))
    }

    @Test func aPositiveExampleIsReportedOnce() throws {
        let rule = try #require(try Self.files["mistral/rule.toml"]?.get().first { $0.id == "mistral-api-key" })
        let scanner = BlobScanner(engine: try Self.engine.get())
        for example in rule.examples where !example.isNegative {
            guard let secret = example.secret, example.text.ranges(of: secret).count == 1 else { continue }
            let found = scanner.scan(example.text, path: example.path ?? "").detections
            #expect(found.count { $0.secret.revealed == secret } == 1, "\(example.text)")
        }
    }

    // MARK: Mistral, the first-class subject

    @Test func mistralHasExamplesInNumber() throws {
        let examples = try #require(Self.files["mistral/rule.toml"]).get().flatMap(\.examples)
        #expect(examples.count { !$0.isNegative } >= 120)
        #expect(examples.count { $0.isNegative } >= 120)
    }

    @Test func mistralKeysAreHighWithEightSteps() throws {
        let rules = try #require(Self.files["mistral/rule.toml"]).get()
        #expect(
            Set(rules.map(\.id)).isSuperset(of: [
                "mistral-api-key", "mistral-connection-string", "mistral-api-key-documented",
            ]))
        for rule in rules {
            #expect(rule.severity == .high, "\(rule.id)")
            #expect(rule.remediation.count == 8, "\(rule.id)")
            #expect(rule.remediation == rules[0].remediation, "\(rule.id): other steps than \(rules[0].id)")
        }
        #expect(rules.first { $0.id == "mistral-api-key" }?.confidence == .high)
        #expect(rules.first { $0.id == "mistral-connection-string" }?.confidence == .high)
        #expect(rules.first { $0.id == "mistral-api-key-documented" }?.confidence == .medium)
    }

    @Test func theStepsStandInTheWriteUpsOrder() throws {
        let steps = try #require(Self.files["mistral/rule.toml"]).get()[0].remediation
        let order = ["Revoke", "Audit", "blast radius", "Rotate", "Update", "Harden", "secrets manager", "detection"]
        for (step, word) in zip(steps, order) { #expect(step.contains(word)) }
    }
}

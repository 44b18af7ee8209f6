import Foundation
import TestSupport
import Testing

/// What a language model has said stands beside what was decided, and decides nothing.
@Suite struct AnnotationTests {
    let key = RandomKey(2490)
    let world = AuditWorld()
    private let server = ModelServer()

    @Test func whatWasSaidIsInEveryReportAndDecidesNothing() throws {
        let story = world.repository("a", [".env": key.line])
        _ = world.run(["audit", "repositories"])
        let store = "state/windsock/audit.sqlite"
        let answer = ModelServer.json(["opinion": "test-value", "why": "It stands in an example.", "priority": "later"])
        let advise = world.run(
            [
                "advise", story.path, "--triage", "--store", store, "--endpoint", server.saying(answer), "--model",
                "test-model",
            ], environment: ["XDG_CONFIG_HOME": world.directory("config")])
        #expect(advise.status == 0, "\(advise.errors)")
        let words = "a language model (test-model, "
        for arguments in [
            ["report"], ["report", "--format", "json"], ["report", "--format", "html"],
            ["report", "--format", "markdown"],
        ] {
            let outcome = world.run(arguments)
            #expect(outcome.output.contains(words) && outcome.output.contains("test-value"), "\(arguments) \(outcome)")
        }
        let content = try world.content()
        #expect(content.secrets.map(\.annotation?.model) == ["test-model"] && content.secrets[0].decision == nil)
        #expect(world.run(["audit", "repositories"]).status == 1)
        #expect(world.run(["triage", "list"]).output.isEmpty)
        _ = world.run(["triage", content.secrets[0].fingerprint.description, "--state", "rotated", "--reason", "new"])
        let list = world.run(["triage", "list"])
        #expect(list.output.contains("rotated") && list.output.contains(words))
        #expect(!list.reveals(key.description))
    }

    @Test func aDryRunNotesNothing() {
        #expect(world.run(["advise", "--dry-run", "--store", "a.sqlite"]).status == 2)
        #expect(!FileManager.default.fileExists(atPath: world.directory("a.sqlite")))
    }
}

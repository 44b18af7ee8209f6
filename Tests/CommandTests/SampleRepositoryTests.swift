import Foundation
import TestSupport
import Testing

/// What `make scan` shows to a newcomer.
@Suite struct SampleRepositoryTests {
    private struct Planted: Hashable {
        var rule: String
        var secret: String
    }

    /// A file of the checkout, found from where this file was compiled.
    private static func checkout(_ path: String) -> String {
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(path).path
    }

    private let directory = TemporaryDirectory()
    private var repository: String { directory("sample") }

    /// Builds the repository; the lines of the list of what was planted, as fields.
    private func build() -> [[String]] {
        let recipe = Self.checkout("Fixtures/sample-repository/build")
        let built = Command.run(["bash", recipe, repository, directory("planted")])
        #expect(built.status == 0, "\(built.errors)")
        return String(decoding: directory.read("planted"), as: UTF8.self).split(separator: "\n")
            .map { $0.split(separator: "\t").map(String.init) }
    }

    @Test func everyPlantedKeyIsFoundAndNothingElse() throws {
        let lines = build()
        let wanted = lines.filter { $0[0] != "-" && !$0[2].hasSuffix("(allowed)") }
        #expect(wanted.count >= 9)
        let scan = try Windsock.scan("--history", "--show-secrets", in: repository)
        let found = scan.report.findings.map { Planted(rule: $0.rule, secret: $0.secret ?? "") }
        #expect(Set(found) == Set(wanted.map { Planted(rule: $0[0], secret: $0[1]) }))
        #expect(scan.report.summary.suppressed == ["inline": 1])
        #expect(scan.status == 1)
    }

    @Test func itIsTheSameEveryTime() {
        let first = build()
        let id = Command.run(["git", "rev-parse", "--all"], in: repository).output
        #expect(build() == first)
        #expect(Command.run(["git", "rev-parse", "--all"], in: repository).output == id)
    }

    @Test func aFolderOfSomebodyElseIsNotOverwritten() {
        directory.write("sample/file", "precious")
        let recipe = Self.checkout("Fixtures/sample-repository/build")
        #expect(Command.run(["bash", recipe, repository]).status == 2)
        #expect(directory.read("sample/file") == Array("precious".utf8))
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 2), (3, 3), (130, 130)])
    func makeScanFailsForAScanThatCouldNotBeDoneAndNotForFindings(status: Int32, wanted: Int32) {
        let program = directory.write("windsock", "#!/bin/sh\nexit \(status)\n")
        _ = Command.run(["chmod", "+x", program])
        let outcome = Command.run(["bash", Self.checkout("Scripts/scan"), program, "--history", "somewhere"])
        #expect(outcome.status == wanted)
    }

    @Test func makeScanOfAPathScansTheTreeAndTheHistoryIfThereIsOne() {
        let program = directory.write("windsock", "#!/bin/sh\necho \"ran $*\"\n")
        _ = Command.run(["chmod", "+x", program])
        let story = RepositoryBuilder().commit("first", ["folder/a": "1"])
        func runs(_ path: String) -> [Substring] {
            Command.run(["bash", Self.checkout("Scripts/scan"), program, path]).output
                .split(separator: "\n").filter { $0.hasPrefix("ran ") }
        }
        #expect(runs(story.path) == ["ran scan \(story.path)", "ran scan --history \(story.path)"])
        #expect(runs(story.path + "/folder") == ["ran scan \(story.path)/folder"])
        #expect(runs(directory.path) == ["ran scan \(directory.path)"])
    }
}

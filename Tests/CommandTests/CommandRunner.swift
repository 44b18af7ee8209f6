import Foundation
import TestSupport
import Testing

/// Runs the built `windsock`.
enum Windsock {
    /// SwiftPM puts executables beside the bundle of tests, and on Linux that bundle is this process.
    ///
    /// `WINDSOCK_TESTED` names another one, called `windsock`, too: one that was linked otherwise.
    static let path: String = {
        if let other = ProcessInfo.processInfo.environment["WINDSOCK_TESTED"], !other.isEmpty { return other }
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("windsock").path
    }()

    /// For programs that look it up: git's hooks, pre-commit.
    static let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path

    /// Variables that keep the machine's and the test run's own settings out: this suite may itself run in a hook.
    static let environment = [
        "HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "NO_COLOR": "",
        "PRE_COMMIT": "", "PRE_COMMIT_FROM_REF": "", "PRE_COMMIT_TO_REF": "", "PRE_COMMIT_LOCAL_BRANCH": "",
        "PRE_COMMIT_REMOTE_NAME": "", "GITHUB_ACTIONS": "", "GITLAB_CI": "", "BITBUCKET_BUILD_NUMBER": "",
        "TF_BUILD": "", "JENKINS_URL": "",
    ]

    /// - Parameter input: Standard input; otherwise it is empty.
    static func run(
        _ arguments: [String], in folder: some Folder, environment: [String: String] = [:], input: String = ""
    ) -> Command.Outcome {
        defer { withExtendedLifetime(folder) {} }
        return Command.run(
            [path] + arguments, in: folder.path, environment: Self.environment.merging(environment) { $1 }, input: input
        )
    }

    /// Runs a shell's command line in which `$windsock` is the program.
    static func shell(_ script: String, in folder: some Folder, environment: [String: String] = [:]) -> Command.Outcome
    {
        defer { withExtendedLifetime(folder) {} }
        var variables = Self.environment.merging(environment) { $1 }
        variables["windsock"] = path
        return Command.run(["sh", "-c", script], in: folder.path, environment: variables)
    }

    /// `windsock scan … --format json`, with the report read.
    static func scan(
        _ arguments: String..., in folder: some Folder, environment: [String: String] = [:], input: String = ""
    ) throws -> Scan {
        let outcome = run(["scan", "--format", "json"] + arguments, in: folder, environment: environment, input: input)
        return try Scan(outcome)
    }
}

/// Where a command runs. Temporary folders are handed over as what they are, so that they live until it has ended.
protocol Folder {
    var path: String { get }
}

extension RepositoryBuilder: Folder {}
extension TemporaryDirectory: Folder {}

extension String: Folder {
    var path: String { self }
}

/// A scan that wrote a JSON report.
struct Scan {
    var status: Int32
    var report: JSONReport
    var outcome: Command.Outcome

    init(_ outcome: Command.Outcome) throws {
        self.outcome = outcome
        status = outcome.status
        do {
            report = try JSONDecoder().decode(JSONReport.self, from: Data(outcome.output.utf8))
        } catch {
            Issue.record("no JSON report (exit \(outcome.status)): \(error)\n\(outcome.output)\n\(outcome.errors)")
            throw error
        }
    }

    /// The places of all findings, as `path:line`.
    var places: [String] {
        report.findings.flatMap(\.occurrences).map { "\($0.path):\($0.startLine)" }.sorted()
    }
}

extension Command.Outcome {
    /// Whether more of a secret is to be seen than its ends.
    func reveals(_ secret: String) -> Bool {
        let middle = secret.dropFirst(4).dropLast(4)
        return output.contains(middle) || errors.contains(middle)
    }
}

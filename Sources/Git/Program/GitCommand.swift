internal import Bytes
internal import Platform

/// Asks git itself what only it can read of a repository, in a way that runs nothing which the repository configures.
///
/// Who owns the repository does not matter, and its configuration may be an attacker's: no hook, no file system monitor,
/// no pager, no filter and no transport is started, and nothing is fetched. Aliases do not count for git's own commands.
struct GitCommand: Sendable {
    /// The repository's own git directory.
    let gitDirectory: String
    /// The working directory; the git directory where there is none.
    let workTree: String
    /// `GIT_INDEX_FILE`
    let indexFile: String?
    /// `GIT_OBJECT_DIRECTORY` and `GIT_ALTERNATE_OBJECT_DIRECTORIES`, as variables.
    let objectVariables: [String]

    init(gitDirectory: String, workTree: String?, environment: GitEnvironment?) {
        self.gitDirectory = gitDirectory
        self.workTree = workTree ?? gitDirectory
        indexFile = environment.flatMap { own in own.indexFile.map { own.absolute($0) } }
        var variables: [String] = []
        if let environment, let folder = environment.objectDirectory {
            variables.append("GIT_OBJECT_DIRECTORY=\(environment.absolute(folder))")
        }
        if let environment, !environment.alternateObjectDirectories.isEmpty {
            let folders = environment.alternateObjectDirectories.map { environment.absolute($0) }
            variables.append("GIT_ALTERNATE_OBJECT_DIRECTORIES=\(folders.joined(separator: ":"))")
        }
        objectVariables = variables
    }

    /// What a command prints.
    ///
    /// - Throws: Kind `program` where git cannot be run, or where the command fails: then with git's own words.
    func output(of arguments: [String]) throws(GitError) -> [UInt8] {
        let outcome: ChildProcess.Outcome
        do throws(SystemError) {
            outcome = try ChildProcess.run(self.arguments + arguments, environment: variables)
        } catch {
            throw failure(arguments, "git could not be run: \(error.reason)")
        }
        guard outcome.status == 0 else {
            throw failure(arguments, Self.words(of: outcome))
        }
        return outcome.output
    }

    func failure(_ arguments: [String], _ message: String) -> GitError {
        GitError(
            operation: "ask git (`git \(arguments.first ?? "")`) about", subject: gitDirectory, kind: .program,
            message: message)
    }

    private static func words(of outcome: ChildProcess.Outcome) -> String {
        let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n")
        let said = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.first
        return said.map { "git says: \($0.drop { $0 != " " }.dropFirst())" } ?? "git ended with \(outcome.status)"
    }

    /// Each overrides what the repository, its work tree and the user say.
    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.untrackedCache=false",
        // A fork of git runs a program of this name when it reads an index.
        "core.virtualFilesystem=", "log.showSignature=false", "submodule.recurse=false", "safe.directory=*",
    ]

    var arguments: [String] {
        ["git", "-C", workTree, "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]
            + Self.settings.flatMap { ["-c", $0] }
    }

    /// The process's own, but for those by which git would look elsewhere, write traces or run programs.
    var variables: [String] {
        var result: [String] = []
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            let name = text.prefix { $0 != "=" }
            if !name.hasPrefix("GIT_") || Self.kept.contains(String(name)) { result.append(text) }
            position += 1
        }
        result += ["GIT_DIR=\(gitDirectory)", "GIT_WORK_TREE=\(workTree)"] + objectVariables
        if let indexFile { result.append("GIT_INDEX_FILE=\(indexFile)") }
        // Objects that a partial clone lacks would be fetched by whatever the repository names as its remote.
        return result + [
            "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0",
            "LC_ALL=C",
        ]
    }

    /// Where git is installed, and whose settings are the user's and the machine's.
    private static let kept: Set<String> = [
        "GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM",
    ]
}

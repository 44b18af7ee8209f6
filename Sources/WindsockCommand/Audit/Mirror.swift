import Bytes
import FoundationEssentials
import Git
import Platform
import ScanSources

/// A copy of one repository, fetched by git with whatever the user's git logs in with.
///
/// Git is never asked for a password: it has no terminal. It follows no redirect, for who answers at the address must not
/// choose where its credentials go next, or have it look into the network that it runs in.
struct Mirror {
    let address: RepositoryAddress
    /// A bare repository.
    let path: String
    let fetchLimit: Double
    /// Held while it is used.
    private let lock: FileLock

    init(_ address: RepositoryAddress, in folder: MirrorFolder) throws(CommandFailure) {
        self.address = address
        path = folder.mirror(of: address)
        fetchLimit = folder.fetchLimit
        guard let lock = FileLock(path + ".lock", waits: true) else {
            throw CommandFailure("could not lock \(path): \(SystemError.reason(of: errno))", code: .incomplete)
        }
        self.lock = lock
    }

    /// Fetches all that there is and was not there the last time; references that are gone go, their objects stay.
    ///
    /// - Parameter isOptional: Whether there need be no repository.
    /// - Returns: Whether there is one: whoever answers with anything else has none there, or none for this user. One that does not
    ///   answer in time may have one, and is a failure.
    func update(isOptional: Bool = false) throws(CommandFailure) -> Bool {
        let asked = try outcome(["ls-remote", "--symref", "--", address.text, "HEAD"], in: "/")
        guard asked.status == 0 else {
            if isOptional { return false }
            throw failure(asked)
        }
        let listing = String(decoding: asked.output, as: UTF8.self)
        if !RepositoryWalk.isRepository(path) {
            _ = try run(["init", "--quiet", "--bare", "--", path], in: "/")
        }
        removeLeftovers()
        _ = try run(
            [
                "fetch", "--quiet", "--prune", "--force", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance",
                "--no-recurse-submodules", "--", address.text, "+refs/*:refs/*",
            ], in: path)
        // What is in HEAD is more urgent than what is not.
        let head = listing.split(separator: "\n").first { $0.hasPrefix("ref: refs/heads/") }
        if let name = head?.dropFirst(5).split(separator: "\t").first {
            _ = try run(["symbolic-ref", "HEAD", String(name)], in: path)
        }
        return true
    }

    /// What a fetch that was killed has left.
    private func removeLeftovers() {
        let folder = path + "/objects/pack"
        guard let listing = try? FolderListing(Array(folder.utf8)) else { return }
        for entry in listing.entries where entry.name.starts(with: Array("tmp_".utf8)) {
            unlink("\(folder)/\(String(decoding: entry.name, as: UTF8.self))")
        }
    }

    private static let settings = [
        "http.followRedirects=false", "http.lowSpeedLimit=1", "http.lowSpeedTime=60", "protocol.allow=never",
        "protocol.https.allow=always", "protocol.ssh.allow=always", "protocol.file.allow=always",
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "fetch.fsckObjects=false", "gc.auto=0",
        "transfer.bundleURI=false", "safe.bareRepository=all",
    ]

    /// - Returns: What it prints.
    private func run(_ arguments: [String], in folder: String) throws(CommandFailure) -> String {
        let outcome = try outcome(arguments, in: folder)
        guard outcome.status == 0 else { throw failure(outcome) }
        return String(decoding: outcome.output, as: UTF8.self)
    }

    private func outcome(_ arguments: [String], in folder: String) throws(CommandFailure) -> ChildProcess.Outcome {
        var variables: [String: String?] = [
            "GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS_REQUIRE": "never", "GIT_LFS_SKIP_SMUDGE": "1", "LC_ALL": "C",
        ]
        // Those by which git would work on another repository.
        for name in Self.places { variables[name] = .some(nil) }
        let program = GitProgram(folder: folder, variables: variables)
        let words = ["git", "-C", folder] + Self.settings.flatMap { ["-c", $0] } + arguments
        let outcome: ChildProcess.Outcome?
        do throws(SystemError) {
            outcome = try ChildProcess.run(words, environment: program.environment, limit: fetchLimit) {
                interruption.isRequested
            }
        } catch {
            throw CommandFailure("could not run git: \(error.reason). Is it installed, and in PATH?", code: .incomplete)
        }
        guard let outcome else {
            let reason =
                interruption.isRequested
                ? "it was interrupted" : "it took longer than \(Int(fetchLimit)) s (--fetch-timeout)"
            throw CommandFailure("could not fetch \(address.shown): \(reason)", code: .incomplete)
        }
        return outcome
    }

    private static let places = [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX", "GIT_ALLOW_PROTOCOL",
    ]

    /// In git's own words, without who logs in.
    private func failure(_ outcome: ChildProcess.Outcome) -> CommandFailure {
        let lines = String(decoding: outcome.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
        let said = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last
        let words = said.map { "git says: \($0)" } ?? "git ended with \(outcome.status)"
        let clean = KeptName.shown(words.replacing(address.text, with: address.name))
        return CommandFailure("could not fetch \(address.shown): \(clean.visible)", code: .incomplete)
    }
}

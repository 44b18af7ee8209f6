import ArgumentParser
import Bytes
import FoundationEssentials
import Git

/// What the lines in hooks call: the scan of a hook, which says nothing where there is nothing to say.
///
/// What a hook looks at and how it speaks is decided here and not in scripts, which stay where they are for years.
struct HookRun: ParsableCommand {
    static let configuration = CommandConfiguration(
        // As in `ScanCommand`.
        commandName: "run", _superCommandName: "windsock hook",
        abstract: "What hooks call: scan what is about to be committed or pushed.",
        discussion: "A .windsock-baseline at the top of the repository is used (--no-baseline).")

    @Argument(help: "The hook: pre-commit, pre-merge-commit, commit-msg, pre-push, pre-receive.")
    var kind: HookKind

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Argument(parsing: .postTerminator, help: "Behind --: what git gives the hook.")
    var arguments: [String] = []

    func run() throws {
        var scan = try ScanCommand.parse([])
        scan.hook = kind
        scan.ruleOptions = ruleOptions
        scan.thresholds = thresholds
        scan.output = output
        scan.output.noProgress = true
        // Keeps the message's file open until it is read.
        let message: UnnamedFile?
        switch kind {
        case .preCommit, .preMergeCommit:
            scan.selection.staged = true
            message = nil
        case .prePush:
            scan.selection.prePush = true
            tellRemote()
            message = nil
        case .preReceive: message = nil
        case .commitMessage:
            message = try openMessage()
            scan.paths = ["-"]
            scan.selection.stdinName = "commit message"
            scan.messageFile = messagePath?.split(separator: "/").last.map(String.init)
        }
        try withExtendedLifetime(message) { try scan.run() }
    }

    /// What git says goes ahead of what a manager of hooks that runs around this one has said of another push.
    private func tellRemote() {
        guard let remote = arguments.first else { return }
        Environment.set("PRE_COMMIT_REMOTE_NAME", remote)
        for name in ["PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF", "PRE_COMMIT"] { Environment.set(name, nil) }
    }

    // MARK: Messages

    /// husky up to version 4 has it in a variable.
    private var messagePath: String? { arguments.first ?? Environment.value("HUSKY_GIT_PARAMS") }

    private func openMessage() throws(CommandFailure) -> UnnamedFile {
        guard let path = messagePath else {
            throw CommandFailure(
                "commit-msg needs the file of the message, as git gives it: windsock hook run commit-msg -- FILE")
        }
        guard let content = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("could not read the message in \(path)", code: .incomplete)
        }
        let file: UnnamedFile
        do throws(SystemError) {
            file = try UnnamedFile()
        } catch {
            throw CommandFailure("\(error)", code: .incomplete)
        }
        file.becomeStandardInput(holding: Self.committed(Array(content)))
        return file
    }

    /// `git commit --verbose` shows the difference below a line that git cuts the message at: what a commit removes is not in the message.
    static func committed(_ message: [UInt8]) -> [UInt8] {
        let text = String(decoding: message, as: UTF8.self)
        guard let cut = text.firstRange(of: " ------------------------ >8 ------------------------\n"),
            text[cut.upperBound...].prefix(while: { $0 != "\n" }).contains("Do not modify or remove the line above")
        else { return message }
        return Array(text[..<cut.lowerBound].utf8)
    }
}

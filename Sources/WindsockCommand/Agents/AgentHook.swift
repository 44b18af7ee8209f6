import ArgumentParser
import Bytes
import FoundationEssentials
import Platform

/// `windsock agent hook CLIENT`: what clients call before and after a model does something.
struct AgentHook: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "What clients call: judge the event on standard input, and answer in the client's form.",
        discussion: """
            Always ends with exit code 0: the answer says what is to happen. Comments such as windsock:allow in what an agent \
            writes count for nothing; the repository's baseline does.
            """)

    @Argument(help: "The client: claude-code, cursor, codex, copilot, gemini, vibe.")
    var client: AgentClient

    @Flag(help: "Where the client can, let the event pass with its secrets masked; otherwise refuse it.")
    var mask = false

    @Flag(help: "Refuse what cannot be judged. Default: let it pass, with a notice.")
    var failClosed = false

    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Thresholds and suppression") var thresholds: ThresholdOptions

    /// Larger events are not read: none of a client's is.
    static let maximumSize = 128 << 20

    func run() throws {
        Self.surviveFaults(failClosed: failClosed)
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try StandardInput.read(upTo: Self.maximumSize)
        } catch {
            return tell(.unjudged(reason: "\(error)"))
        }
        guard bytes.count <= Self.maximumSize else {
            return tell(.unjudged(reason: "the event is larger than 128 MiB"))
        }
        do throws(JSONProblem) {
            judge(AgentEvent(try JSONDocument(bytes).root, client: client))
        } catch {
            tell(.unjudged(reason: "the event is no JSON: \(error)"))
        }
    }

    private func judge(_ event: AgentEvent) {
        if let folder = event.folder, !FileManager.default.changeCurrentDirectoryPath(folder) {
            StandardError.write("windsock: could not enter the folder of the event; rules are those of this one\n")
        }
        write(AgentAnswer(event: event, masks: mask), decided(contentVerdict(event), event))
    }

    private func contentVerdict(_ event: AgentEvent) -> AgentVerdict {
        // What brings no text needs no rules.
        if event.moment == .other { return event.gap.map { .unjudged(reason: $0) } ?? .allowed }
        let scanner = AgentScanner(ruleOptions, thresholds)
        if let notice = scanner.notice { StandardError.write("windsock: \(notice)\n") }
        return AgentCheck(event: event, scanner: scanner, masks: mask).verdict()
    }

    /// What lets the event pass, masked or not looked at in full, is not all that there is to ask.
    private func decided(_ verdict: AgentVerdict, _ event: AgentEvent) -> AgentVerdict {
        switch verdict {
        case .reserved: return verdict
        case .refused(_, let masked): if !mask || masked == nil { return verdict }
        case .allowed, .unjudged: break
        }
        let other = AgentGuard(event: event).reason.map { .reserved(reason: $0) } ?? commitVerdict(event)
        switch (other, verdict) {
        case (.refused, _), (.reserved, _), (.unjudged, .allowed): return other
        default: return verdict
        }
    }

    /// A commit is looked at as a hook of git does it: an agent can pass over those.
    private func commitVerdict(_ event: AgentEvent) -> AgentVerdict {
        guard event.moment == .beforeTool else { return .allowed }
        var gaps: [String] = []
        for command in event.commands {
            var commit = AgentCommit(command, in: event.commandFolder, ruleOptions, thresholds)
            do {
                let findings = try commit.findings()
                if !findings.isEmpty {
                    return .refused(AgentReason(event: event, findings: findings, isCommit: true), masked: nil)
                }
            } catch {
                gaps.append("what would be committed could not be scanned: \(error)")
            }
            if let gap = commit.gap { gaps.append(gap) }
        }
        return gaps.first.map { .unjudged(reason: $0) } ?? .allowed
    }

    private func tell(_ verdict: AgentVerdict) {
        write(AgentAnswer(event: AgentEvent.unread(client), masks: mask), verdict)
    }

    private func write(_ answer: AgentAnswer, _ verdict: AgentVerdict) {
        var verdict = verdict
        switch verdict {
        case .unjudged(let reason):
            verdict = .unjudged(reason: answer.event.masked(reason))
            StandardError.write("windsock: \(answer.event.masked(reason))\n")
        // What was done can only be told.
        case .refused(let reason, _) where answer.event.moment == .afterEdit:
            StandardError.write(reason.personText + "\n")
        case .allowed, .refused, .reserved: break
        }
        // A client that no longer listens has gone on.
        _ = OutputFile.write(answer.bytes(verdict, failsClosed: failClosed), to: STDOUT_FILENO)
    }

    // MARK: Faults of ours

    /// What the words behind `agent hook` come to, whatever is wrong with them: an option that only another version knows must
    /// not stop every agent on the machine.
    static func runAlone(_ words: [String]) {
        do {
            let command = try parse(words)
            try command.run()
        } catch {
            let reason = "windsock: wrong usage of agent hook: \(message(for: error))"
            StandardError.write(reason + "\n")
            let client = words.lazy.compactMap { AgentClient(rawValue: $0) }.first ?? .claudeCode
            let answer = AgentAnswer(event: .unread(client), masks: false)
            let verdict = AgentVerdict.unjudged(reason: "wrong usage; `windsock agent doctor` says more")
            _ = OutputFile.write(
                answer.bytes(verdict, failsClosed: words.contains("--fail-closed")), to: STDOUT_FILENO)
        }
    }

    /// A fault of this program ends it as if there were nothing to say, unless a team wants it otherwise.
    private static func surviveFaults(failClosed: Bool) {
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS] {
            // Handlers can capture nothing. Two is a refusal for those that know one.
            if failClosed { signal(number) { _ in _exit(2) } } else { signal(number) { _ in _exit(0) } }
        }
    }
}

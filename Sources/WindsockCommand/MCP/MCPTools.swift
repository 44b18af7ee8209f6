import Bytes
import Findings
import Pipeline
import Reports
import Rules
import ScanSources
import Verification

/// Carries out what a tool is called for.
struct MCPTools: Sendable {
    /// With the options that the server was started with.
    let scan: ScanCommand
    let allowsVerifying: Bool

    /// What comes of a call.
    struct Outcome {
        /// For the model to read.
        var text: String
        /// One JSON object.
        var structure: [UInt8]
    }

    /// Those that are offered.
    var offered: [MCPTool] { MCPTool.allCases.filter { $0 != .verify || allowsVerifying } }

    /// - Throws: `RPCFailure` for arguments that cannot be meant, `CommandFailure` for what cannot be done.
    func call(
        _ tool: MCPTool, _ arguments: JSONNode?, _ roots: MCPRoots, progress: Progress, interruption: Interruption
    ) throws -> Outcome {
        try check(arguments, of: tool)
        func argument(_ name: String) -> String? { arguments?[name: name]?.text }
        var command = scan
        let subject: ScanRequest.Subject
        switch tool {
        case .listRules: return try rules(argument("filter"))
        case .scanText, .explainFinding, .verify, .scanPath:
            if let text = argument("text"), tool != .scanPath {
                guard tool == .scanText || argument("path") == nil else {
                    throw RPCFailure(code: RPCFailure.invalidParameters, message: "name either a text or a path")
                }
                // What a model hands over it has written, and a comment in it as well.
                command.thresholds.noInlineIgnores = true
                subject = .text(Array(text.utf8).withoutZeros, name: argument("name") ?? "text")
            } else if let path = argument("path") {
                command.paths = [try roots.resolved(path)]
                subject = .files(command.paths)
            } else {
                throw RPCFailure(code: RPCFailure.invalidParameters, message: "a text or a path is missing")
            }
        case .scanStaged, .scanHistory:
            command.paths = [try roots.repository(argument("repository") ?? ".")]
            if tool == .scanStaged {
                (command.selection.staged, subject) = (true, .staged)
            } else {
                command = try history(command, since: argument("since"), branch: argument("branch"))
                subject = .history(command.history.selection)
            }
        }
        command.output.explain = tool == .explainFinding
        var result = try command.result(of: subject, progress: progress, interruption: interruption)
        if interruption.isRequested { throw RPCFailure(code: RPCFailure.cancelled, message: "cancelled") }
        if tool == .verify { try verify(&result) }
        return outcome(result)
    }

    private func check(_ arguments: JSONNode?, of tool: MCPTool) throws(RPCFailure) {
        let known = Dictionary(uniqueKeysWithValues: tool.parameters.map { ($0.name, $0) })
        guard arguments == nil || arguments?.kind == .object else {
            throw RPCFailure(code: RPCFailure.invalidParameters, message: "arguments is no object")
        }
        for member in arguments?.members ?? [] {
            guard known[member.name] != nil else {
                let names = tool.parameters.map(\.name).joined(separator: ", ")
                throw RPCFailure(
                    code: RPCFailure.invalidParameters,
                    message: "\(tool.rawValue) has no such argument; it has \(names)")
            }
            guard member.value.kind == .string else {
                throw RPCFailure(code: RPCFailure.invalidParameters, message: "\(member.name) is no text")
            }
        }
        for parameter in tool.parameters where parameter.isRequired && arguments?[name: parameter.name] == nil {
            throw RPCFailure(code: RPCFailure.invalidParameters, message: "\(parameter.name) is missing")
        }
    }

    private func history(_ command: ScanCommand, since: String?, branch: String?) throws -> ScanCommand {
        // Parsed rather than put together, so that what is wrong with them is told as the command tells it.
        var words = ["--history"]
        if let since { words.append("--since=\(since)") }
        if let branch { words.append("--branch=\(branch)") }
        do {
            var parsed = try ScanCommand.parse(words)
            (parsed.paths, parsed.ruleOptions) = (command.paths, command.ruleOptions)
            return parsed
        } catch {
            throw RPCFailure(code: RPCFailure.invalidParameters, message: ScanCommand.message(for: error))
        }
    }

    private func verify(_ result: inout ScanResult) throws {
        guard allowsVerifying else { throw CommandFailure("the server was started without --allow-verify") }
        var options = scan.verification
        options.verify = true
        try FindingVerifier(options, rules: result.rules)?.verify(&result.findings)
    }

    private func outcome(_ result: ScanResult) -> Outcome {
        let options = ReportOptions(toolVersion: Windsock.version, terminalWidth: 100)
        return Outcome(
            text: String(decoding: Report.write(result, as: .text, options: options), as: UTF8.self),
            structure: Report.write(result, as: .json, options: options))
    }

    private func rules(_ filter: String?) throws -> Outcome {
        let all = try RuleLoader(scan.ruleOptions).load().rules
        let rules = filter.map { text in all.filter { $0.mentions(text) } } ?? all
        var writer = JSONWriter(isIndented: false)
        writer.object { writer in
            writer.field("count", rules.count)
            writer.field("rules", array: rules) { writer, rule in
                writer.object {
                    $0.field("id", rule.id)
                    $0.field("provider", rule.provider)
                    $0.field("description", rule.description)
                    $0.field("severity", rule.severity.rawValue)
                    $0.field("confidence", rule.confidence.rawValue)
                }
            }
        }
        return Outcome(text: RuleListing.text(rules), structure: writer.bytes)
    }
}

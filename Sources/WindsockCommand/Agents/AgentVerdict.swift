import Bytes
import Findings

/// What is to become of an event.
enum AgentVerdict {
    /// Nothing stands against it.
    case allowed
    /// It holds secrets.
    ///
    /// - Parameter masked: The same without them, as far as it can be said so.
    case refused(AgentReason, masked: AgentMask?)
    /// It would change what windsock goes by: that is for a person to say.
    case reserved(reason: String)
    /// It could not be judged.
    case unjudged(reason: String)
}

/// An event without its secrets.
struct AgentMask {
    /// What the tool is given, as JSON.
    var input: [UInt8]?
    /// What came of the tool, as JSON: of the first form that the client has.
    var output: [UInt8]?
    /// The same, or the prompt, as text.
    var text: String?
}

/// Judges an event.
struct AgentCheck {
    let event: AgentEvent
    let scanner: AgentScanner
    /// Whether masks are wanted where they are not needed.
    let masks: Bool

    func verdict() -> AgentVerdict {
        let nodes = subjects
        let edit = event.input.flatMap(edit)
        let texts = nodes.flatMap { node in AgentText.all(in: node, edit: edit) }
        // A text by itself has no names around it; what a tool is given and gives has.
        let contexts = nodes.filter { $0.kind != .string }.map { AgentText.source(of: $0, edit: edit) }
        let result = scanner.scan(
            texts.map(\.searched), contexts: contexts, places: edit?.places ?? [], path: event.path)
        guard !result.findings.isEmpty else {
            let gaps = result.gaps + [event.gap].compactMap { $0 }
            return gaps.isEmpty ? .allowed : .unjudged(reason: gaps.joined(separator: "; "))
        }
        let reason = AgentReason(event: event, findings: result.findings)
        // To mask is to look twice, for a client that waits.
        guard masks || event.moment == .afterTool else { return .refused(reason, masked: nil) }
        var masked = mask(texts, result.hidden)
        if masked == nil, event.moment == .afterTool {
            // What cannot be masked in pieces is masked in whole: it is there already, and is not to get any further.
            masked = mask(texts, texts.map { [AgentScanner.Hidden(range: 0..<$0.bytes.count, shown: "…")] })
        }
        return .refused(reason, masked: masked)
    }

    /// What is taken away by an edit that is about to be made, or is told of as made.
    private func edit(_ input: JSONNode) -> AgentEdit? { AgentEdit(input, of: event) }

    /// What of the event is looked at.
    private var subjects: [JSONNode] {
        switch event.moment {
        case .prompt, .readyPrompt, .beforeRead: [event.text].compactMap { $0 }
        case .beforeTool, .afterEdit: [event.input].compactMap { $0 }
        case .afterTool: event.outputs
        case .other: []
        }
    }

    // MARK: Masks

    /// - Returns: `nil` where something would still be found: what is encoded in another way than it is looked for.
    private func mask(_ texts: [AgentText], _ hidden: [[AgentScanner.Hidden]]) -> AgentMask? {
        var literals: [(range: Range<Int>, text: [UInt8])] = []
        for (text, places) in zip(texts, hidden) where !places.isEmpty {
            let masked = TextPlaces.replacing(places.map { ($0.range, Array($0.shown.utf8)) }, in: text.bytes)
            let literal = JSONDocument.quoted(String(decoding: masked, as: UTF8.self))
            literals.append((text.node.range, Array(literal.utf8)))
        }
        literals.sort { $0.range.lowerBound < $1.range.lowerBound }
        func source(_ node: JSONNode) -> [UInt8] {
            let start = node.range.lowerBound
            let own = literals.filter { node.range.contains($0.range.lowerBound) }
                .map { ($0.range.lowerBound - start..<$0.range.upperBound - start, $0.text) }
            return TextPlaces.replacing(own, in: Array(node.source))
        }
        let sources = subjects.map(source)
        guard sources.allSatisfy(isClean), let first = sources.first else { return nil }
        switch event.moment {
        case .prompt, .readyPrompt, .beforeRead: return AgentMask(text: Self.plain(first))
        case .beforeTool, .afterEdit: return AgentMask(input: first)
        case .afterTool: return AgentMask(output: first, text: Self.plain(Self.plainest(sources)))
        case .other: return nil
        }
    }

    /// Whether nothing is found in what a value has become, read as it was read before.
    private func isClean(_ source: [UInt8]) -> Bool {
        do throws(JSONProblem) {
            let root = try JSONDocument(source).root
            let edit = edit(root)
            return scanner.scan(
                AgentText.all(in: root, edit: edit).map(\.searched),
                contexts: root.kind == .string ? [] : [AgentText.source(of: root, edit: edit)],
                places: edit?.places ?? [], path: event.path
            ).findings.isEmpty
        } catch {
            return false
        }
    }

    /// A text without quotes, where it is one, or that of an object around it.
    private static func plain(_ source: [UInt8]) -> String {
        do throws(JSONProblem) {
            let root = try JSONDocument(source).root
            let texts = ["llmContent", "textResultForLlm", "text_result_for_llm"].compactMap { root[name: $0]?.text }
            return root.text ?? texts.first ?? String(decoding: source, as: UTF8.self)
        } catch {
            return String(decoding: source, as: UTF8.self)
        }
    }

    /// The form that is a text, if there is one.
    private static func plainest(_ sources: [[UInt8]]) -> [UInt8] {
        sources.first { $0.first == .quotationMark } ?? sources.first ?? []
    }
}

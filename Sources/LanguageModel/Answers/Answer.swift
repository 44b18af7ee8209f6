internal import Bytes

/// What a model has answered, checked: data, and of no consequence for the finding.
package struct Answer: Sendable {
    /// A part, when it is whole.
    package enum Part: Sendable {
        case opens(String)
        case instead(String)
        case patch(ProposedPatch)
        case rotation([String])
        case logs([String])
        case opinion(Opinion)
        case why(String)
        case priority(Priority)
    }

    package enum Opinion: String, Sendable, CaseIterable {
        case secret
        case testValue = "test-value"
        case notASecret = "not-a-secret"
        case unsure
    }

    package enum Priority: String, Sendable, CaseIterable {
        case now, soon, later
    }

    /// In the order in which they came; each name once.
    package internal(set) var parts: [Part] = []
    package internal(set) var removed: AnswerText.Removed = []
}

/// Makes an answer of a model's words, part by part.
package struct AnswerParser {
    private let purpose: AdviceRequest.Purpose
    private let text: AnswerText
    private var reader = AnswerReader()
    private var seen: Set<String> = []
    package private(set) var answer = Answer()
    /// What was wrong with a part, in words.
    private var problem: String?

    private static let mostItems = 12
    private static let mostEdits = 20
    private static let mostLines = 80

    package init(_ purpose: AdviceRequest.Purpose, _ text: AnswerText) {
        self.purpose = purpose
        self.text = text
    }

    /// - Returns: Parts that are whole now.
    package mutating func add(_ content: ArraySlice<UInt8>) -> [Answer.Part] {
        var parts: [Answer.Part] = []
        for member in reader.add(content) where problem == nil {
            if let part = part(member) { parts.append(part) }
        }
        answer.parts += parts
        return parts
    }

    /// Whether the whole is what was asked for; `nil`: it is.
    ///
    /// - Parameter content: All that came.
    package mutating func objection(toWhole content: [UInt8]) -> String? {
        if let problem { return problem }
        do throws(JSONProblem) {
            let document = try JSONDocument(AnswerReader.json(in: content))
            guard document.root.kind == .object else { return "the answer is no JSON object" }
        } catch {
            return "the answer is no JSON"
        }
        let isEmpty = answer.parts.contains { part in
            switch part {
            case .opens(let text), .instead(let text), .why(let text): !text.contains { !$0.isWhitespace }
            default: false
            }
        }
        if isEmpty { return "a part of the answer is empty" }
        let missing = names.filter { !seen.contains($0) }
        return missing.isEmpty ? nil : "the answer lacks \(missing.joined(separator: ", "))"
    }

    private var names: [String] {
        switch purpose {
        case .advice: ["opens", "instead", "patch", "rotation", "logs"]
        case .triage: ["opinion", "why", "priority"]
        }
    }

    /// - Parameter member: `"why":"…"`.
    private mutating func part(_ member: [UInt8]) -> Answer.Part? {
        let root: JSONNode
        do throws(JSONProblem) {
            root = try JSONDocument([.leftBrace] + member + [.rightBrace]).root
        } catch {
            problem = "the answer is no JSON"
            return nil
        }
        // What was not asked for is not looked at.
        guard let entry = root.members.first, names.contains(entry.name) else { return nil }
        guard seen.insert(entry.name).inserted else {
            problem = "the answer has \(entry.name) twice"
            return nil
        }
        guard let part = part(entry.name, entry.value) else {
            problem = "the answer's \(entry.name) is not of the form that was asked for"
            return nil
        }
        return part
    }

    private mutating func part(_ name: String, _ value: JSONNode) -> Answer.Part? {
        switch name {
        case "opens": sentence(value).map { .opens($0) }
        case "instead": sentence(value).map { .instead($0) }
        case "why": sentence(value).map { .why($0) }
        case "rotation": sentences(value).map { .rotation($0) }
        case "logs": sentences(value).map { .logs($0) }
        case "opinion": value.text.flatMap { Answer.Opinion(rawValue: $0) }.map { .opinion($0) }
        case "priority": value.text.flatMap { Answer.Priority(rawValue: $0) }.map { .priority($0) }
        default: patch(value).map { .patch($0) }
        }
    }

    private mutating func sentence(_ value: JSONNode) -> String? {
        value.text.map { text.cleaned($0, &answer.removed) }
    }

    private mutating func sentences(_ value: JSONNode) -> [String]? {
        guard value.kind == .array else { return nil }
        let all = value.elements
        if all.count > Self.mostItems { answer.removed.insert(.rest) }
        var result: [String] = []
        for element in all.prefix(Self.mostItems) {
            guard let sentence = sentence(element) else { return nil }
            result.append(sentence)
        }
        return result
    }

    private func patch(_ value: JSONNode) -> ProposedPatch? {
        guard let file = value[name: "file"]?.text, let edits = value[name: "edits"], edits.kind == .array,
            edits.elements.count <= Self.mostEdits
        else { return nil }
        var patch = ProposedPatch(file: file)
        for edit in edits.elements {
            guard let line = edit[name: "line"]?.integer, let old = Self.lines(edit[name: "old"]),
                let new = Self.lines(edit[name: "new"])
            else { return nil }
            patch.edits.append(ProposedPatch.Edit(line: line, old: old, new: new))
        }
        return patch
    }

    private static func lines(_ value: JSONNode?) -> [String]? {
        guard let value, value.kind == .array, value.elements.count <= mostLines else { return nil }
        var result: [String] = []
        for element in value.elements {
            guard let text = element.text else { return nil }
            result.append(text)
        }
        return result
    }
}

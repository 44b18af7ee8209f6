import Bytes

/// Puts references to variables into values of YAML texts.
struct YAMLFixer {
    /// Whose text it is.
    enum Kind: Equatable {
        /// A program puts something in the place of such a form wherever it stands: `${X}`.
        case references(ReferenceForm)
        case actions
        case composite
        /// A CI service whose jobs are scripts of a shell.
        case pipeline(settings: String)
        case kubernetes
        case ansible
    }

    let kind: Kind
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        guard let scalar = YAMLScalar(holding: secret, in: bytes) else {
            return .refused("it stands in no value that is understood here, or goes over several lines")
        }
        if scalar.isComment { return .masked(secret, name: name) }
        switch kind {
        case .references(let form):
            return form.withoutFallback(secret, in: bytes) ?? Self.reference(form.text(name), scalar, secret)
        case .actions: return actions(scalar, secret, Self.allowed(name))
        case .composite:
            return .refused("an action of one's own does not see secrets; hand it over as an input of the action")
        case .pipeline(let settings): return pipeline(scalar, secret, name, settings)
        case .kubernetes: return KubernetesFixer(bytes: bytes).answer(scalar, secret, name: name)
        case .ansible:
            let quote = scalar.style == .single ? "''" : "'"
            return Self.reference("{{ lookup(\(quote)env\(quote), \(quote)\(name)\(quote)) }}", scalar, secret)
        }
    }

    /// GitHub keeps names that begin so to itself.
    static func allowed(_ name: String) -> String {
        name.hasPrefix("GITHUB_") ? "GH_" + name.dropFirst("GITHUB_".count) : name
    }

    /// Where no secrets are to be had.
    private static let withoutSecrets: Set<String> = [
        "if", "runs-on", "strategy", "concurrency", "on", "defaults", "permissions", "image",
    ]

    private func actions(_ scalar: YAMLScalar, _ secret: Range<Int>, _ name: String) -> Answer {
        if let key = scalar.keys.first(where: Self.withoutSecrets.contains) {
            return .refused("GitHub gives `\(key)` no secrets")
        }
        if scalar.keys.first == "jobs", scalar.keys.dropFirst(2).first == "with" {
            return .refused("a workflow that is called gets secrets below `secrets`, and none below `with`")
        }
        let before = bytes.string(scalar.content.lowerBound..<secret.lowerBound)
        let open = before.utf8Range(ofLast: "${{")?.lowerBound
        let isInExpression = open.map { before.utf8Range(ofLast: "}}")?.lowerBound ?? -1 < $0 } ?? false
        if isInExpression {
            // `${{ inputs.x || 'V' }}`
            guard before.hasSuffix("'"), secret.upperBound < bytes.count, bytes[secret.upperBound] == .apostrophe,
                scalar.style != .single
            else { return .refused("it is a part of an expression") }
            return .replaced(
                [Edit(secret.lowerBound - 1..<secret.upperBound + 1, "secrets.\(name)")],
                Answer.Step(note: Self.actionsNote, name: name))
        }
        return Self.reference("${{ secrets.\(name) }}", scalar, secret, name: name, note: Self.actionsNote)
    }

    private static let actionsNote = "add it under Settings, Secrets and variables, Actions"

    // MARK: References

    static func reference(
        _ text: String, _ scalar: YAMLScalar, _ secret: Range<Int>, name: String? = nil, note: String? = nil
    ) -> Answer {
        let step = Answer.Step(note: note, name: name)
        let isWhole = scalar.content == secret
        let mayBePlain = !scalar.isInFlow && !(isWhole && text.hasPrefix("{")) && scalar.style == .plain
        if scalar.style != .plain || mayBePlain && !text.contains(": ") {
            return .replaced([Edit(secret, text)], step)
        }
        let before = scalar.bytes.string(scalar.content.lowerBound..<secret.lowerBound)
        let behind = scalar.bytes.string(secret.upperBound..<scalar.content.upperBound)
        guard !(before + behind).contains(where: { $0 == "\"" || $0 == "\\" }) else {
            return .refused("the value has quotes of its own; put it in quotes first")
        }
        return .replaced([Edit(scalar.range, "\"\(before)\(text)\(behind)\"")], step)
    }

    // MARK: Pipelines

    private func pipeline(_ scalar: YAMLScalar, _ secret: Range<Int>, _ name: String, _ settings: String) -> Answer {
        let variables = ["variables", "environment", "env"]
        if scalar.keys.dropLast().contains(where: variables.contains), scalar.style != .block, !scalar.isItem,
            let own = scalar.keys.last, scalar.content == secret, !scalar.isInFlow
        {
            return removed(scalar, own, settings)
        }
        if scalar.keys.contains(where: { ["variables", "environment"].contains($0) }) {
            return .refused("it is a part of a variable of the pipeline; set all of that variable in \(settings)")
        }
        let note = "add it in \(settings), masked"
        if scalar.style == .plain || scalar.style == .block {
            let answer = ShellText(bytes, in: scalar.content).answer(secret, name: name, reference: "$\(name)")
            guard case .replaced(let edits, var step) = answer else { return answer }
            step.note = step.note ?? note
            // A plain value cannot begin with a quote and go on behind it.
            let opensQuote = edits.contains {
                $0.range.lowerBound == scalar.content.lowerBound && $0.text.first == .quotationMark
            }
            if scalar.style == .plain, opensQuote { return .replaced([Edit(secret, "$\(name)")], step) }
            return .replaced(edits, step)
        }
        return .replaced(secret, by: "$\(name)", note: note)
    }

    /// Takes a variable's line away: it is set where the service keeps secrets.
    private func removed(_ scalar: YAMLScalar, _ name: String, _ settings: String) -> Answer {
        let note = "the line is gone; set \(name) in \(settings), masked"
        let step = Answer.Step(note: note, name: name)
        let line = scalar.lineStart..<bytes.nextLine(after: scalar.lineStart)
        guard let parent = YAMLScalar.ancestors(of: scalar.lineStart, in: bytes).first else {
            return .replaced([Edit(line, "")], step)
        }
        if hasSiblings(line, below: parent) { return .replaced([Edit(line, "")], step) }
        // A key without anything below it would be no mapping.
        let end = bytes.lineEnd(of: parent)
        return .replaced([Edit(end..<end, " {}"), Edit(line, "")], step)
    }

    private func hasSiblings(_ line: Range<Int>, below parent: Int) -> Bool {
        let indentation = bytes.indentation(of: line.lowerBound)
        func isSibling(_ start: Int) -> Bool {
            bytes.indentation(of: start) == indentation && YAMLScalar.key(ofLine: start, in: bytes) != nil
        }
        var above = line.lowerBound
        while let start = bytes.previousLine(before: above), start > parent {
            if isSibling(start) { return true }
            above = start
        }
        var below = line.upperBound
        while below < bytes.count {
            let text = bytes.line(of: below)
            if !bytes[text].allSatisfy(\.isWhitespace) {
                if bytes.indentation(of: below) < indentation { return false }
                if isSibling(below) { return true }
            }
            below = bytes.nextLine(after: below)
        }
        return false
    }
}

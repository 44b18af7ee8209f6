import Bytes

/// Puts references to a Secret into the containers of a Kubernetes manifest.
struct KubernetesFixer {
    let bytes: [UInt8]

    func answer(_ scalar: YAMLScalar, _ secret: Range<Int>, name: String) -> Answer {
        switch documentKind(scalar.lineStart) {
        case "Secret":
            return .refused(
                "a Secret is the value itself; take it out of the repository, and make it with `kubectl create secret`, External Secrets or Sealed Secrets"
            )
        case "ConfigMap": return .refused("a ConfigMap has no references; move the entry into a Secret")
        default: break
        }
        guard scalar.keys.last == "value", scalar.keys.dropLast().contains("env") else {
            return .refused("only variables of containers can refer to a Secret")
        }
        guard let item = item(scalar), item.name.utf8.allSatisfy({ $0.isIdentifier || $0 == .period || $0 == .hyphen })
        else { return .refused("the variable has no name beside its value") }
        return scalar.content == secret
            ? whole(scalar, item.name) : partial(scalar, secret, item, name: name)
    }

    /// The kind of the document that a line stands in.
    private func documentKind(_ start: Int) -> String? { topLevel("kind", start).map { bytes.string($0).trimmed } }

    private func topLevel(_ key: String, _ start: Int) -> Range<Int>? {
        var first = start
        while let above = bytes.previousLine(before: first), !bytes.has(Array("---".utf8), at: first) { first = above }
        var place = first
        while place < bytes.count {
            if bytes.has(Array("\(key):".utf8), at: place) {
                return bytes.trimmed(place + key.utf8.count + 1..<bytes.lineEnd(of: place))
            }
            place = bytes.nextLine(after: place)
            if bytes.has(Array("---".utf8), at: place), place > start { break }
        }
        return nil
    }

    /// The Secret is called after what the manifest is of.
    private func secretName(_ start: Int) -> String {
        var first = start
        while let above = bytes.previousLine(before: first), !bytes.has(Array("---".utf8), at: first) { first = above }
        var place = first
        var isInMetadata = false
        while place < start {
            if bytes.has(Array("metadata:".utf8), at: place) { isInMetadata = true }
            let line = bytes.string(bytes.line(of: place))
            if isInMetadata, line.trimmed.hasPrefix("name:"), line.hasPrefix(" ") {
                let name = line.trimmed.dropFirst("name:".count).filter {
                    $0.isLetter || $0.isNumber || $0 == "-" || $0 == "."
                }
                if !name.isEmpty { return name + "-secrets" }
            }
            place = bytes.nextLine(after: place)
        }
        return "app-secrets"
    }

    /// The variable that a value is of: its name, and the line with its dash.
    private func item(_ scalar: YAMLScalar) -> (name: String, line: Int)? {
        if scalar.isInFlow {
            let line = bytes.string(bytes.line(of: scalar.lineStart))
            guard let start = line.utf8Range(ofLast: "name:") else { return nil }
            let name = String(decoding: line.utf8.dropFirst(start.upperBound), as: UTF8.self)
                .drop { " \"'".contains($0) }.prefix { $0.isLetter || $0.isNumber || "_.-".contains($0) }
            return name.isEmpty ? nil : (String(name), scalar.lineStart)
        }
        // Both keys stand at one column, in either order, and one of them behind the dash.
        let column = YAMLScalar.behindDashes(scalar.lineStart, in: bytes) - scalar.lineStart
        var found: String?
        func look(_ start: Int) {
            guard YAMLScalar.behindDashes(start, in: bytes) - start == column,
                let key = YAMLScalar.key(ofLine: start, in: bytes), key.name == "name"
            else { return }
            found = bytes.string(key.end..<bytes.lineEnd(of: start)).filter { !" \"'".contains($0) }
        }
        func isDashed(_ start: Int) -> Bool { bytes.indentation(of: start) < column }
        var dash = scalar.lineStart
        while !isDashed(dash), let above = bytes.previousLine(before: dash) {
            dash = above
            look(dash)
        }
        var below = bytes.nextLine(after: scalar.lineStart)
        while found == nil, below < bytes.count, !isDashed(below) {
            look(below)
            below = bytes.nextLine(after: below)
        }
        return found.map { ($0, dash) }
    }

    private func whole(_ scalar: YAMLScalar, _ key: String) -> Answer {
        let secret = secretName(scalar.lineStart)
        let step = Answer.Step(note: note(secret, key), name: key)
        if scalar.isInFlow {
            let text = "valueFrom: {secretKeyRef: {name: \(secret), key: \(key)}}"
            return .replaced([Edit(scalar.keyStart..<scalar.range.upperBound, text)], step)
        }
        let column = scalar.keyStart - scalar.lineStart
        return .replaced(
            [Edit(scalar.keyStart..<scalar.range.upperBound, reference(secret, key, column))], step)
    }

    private func reference(_ secret: String, _ key: String, _ column: Int) -> String {
        let blanks = String(repeating: " ", count: column)
        return ["valueFrom:", "\(blanks)  secretKeyRef:", "\(blanks)    name: \(secret)", "\(blanks)    key: \(key)"]
            .joined(separator: bytes.lineEnding)
    }

    /// A variable of its own ahead of the one that it is a part of, which refers to it as `$(NAME)`.
    private func partial(
        _ scalar: YAMLScalar, _ secret: Range<Int>, _ item: (name: String, line: Int), name: String
    ) -> Answer {
        guard !scalar.isInFlow, scalar.style != .block else {
            return .refused("it is a part of a value in brackets or over several lines")
        }
        let own = name == item.name ? name + "_SECRET" : name
        let manifest = secretName(scalar.lineStart)
        let dash = bytes.indentation(of: item.line)
        let column = YAMLScalar.behindDashes(item.line, in: bytes) - item.line
        let ending = bytes.lineEnding
        let text =
            String(repeating: " ", count: dash) + "-" + String(repeating: " ", count: column - dash - 1)
            + "name: \(own)"
            + ending + String(repeating: " ", count: column) + reference(manifest, own, column) + ending
        return .replaced(
            [Edit(item.line..<item.line, text), Edit(secret, "$(\(own))")],
            Answer.Step(note: note(manifest, own), name: own))
    }

    private func note(_ secret: String, _ key: String) -> String {
        "make it with `kubectl create secret generic \(secret) --from-literal=\(key)=…`, or by the operator that you use"
    }
}

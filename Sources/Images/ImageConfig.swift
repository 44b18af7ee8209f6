internal import Bytes

/// The configuration of an image, as texts with names and values in them.
package struct ImageConfig: Sendable {
    /// One text.
    package struct Part: Sendable {
        /// `config/env`, `config/labels`, `config/history` and so on.
        package var name: String
        package var text: String
    }

    package var digest: ImageDigest?
    /// `linux/arm64/v8`; `nil`: it does not say.
    package var platform: String?
    /// Digests of the layers' contents, without compression.
    package var diffIDs: [ImageDigest?] = []
    /// The commands of the history that made a layer.
    package var commands: [String] = []
    package var parts: [Part] = []

    /// As reports call it.
    package var name: String { digest?.short ?? "config" }

    /// Keys whose values have a text of their own.
    private static let known: Set<String> = ["Env", "Labels", "Entrypoint", "Cmd", "Healthcheck", "OnBuild", "Shell"]

    /// - Parameter document: Of the media type `application/vnd.oci.image.config.v1+json` or Docker's.
    init(_ document: JSONNode, digest: ImageDigest?) {
        self.digest = digest
        let system = [document[name: "os"], document[name: "architecture"], document[name: "variant"]]
            .compactMap { $0?.text }.filter { !$0.isEmpty }
        platform = system.isEmpty ? nil : system.joined(separator: "/")
        diffIDs =
            document[name: "rootfs"]?[name: "diff_ids"]?.elements.map { $0.text.flatMap { ImageDigest($0) } } ?? []
        let history = document[name: "history"]?.elements ?? []
        commands = history.filter { $0[name: "empty_layer"]?.flag != true }.map { $0[name: "created_by"]?.text ?? "" }
        note(config: document[name: "config"])
        note(history)
        note(rest: document)
    }

    // MARK: Texts

    private mutating func note(config: JSONNode?) {
        guard let config else { return }
        add("env", config[name: "Env"]?.elements.compactMap(\.text).map(Self.assignment) ?? [])
        add(
            "labels",
            (config[name: "Labels"]?.members ?? []).map { "\($0.name)=\(Self.quoted($0.value.text ?? ""))" })
        let commands = ["Entrypoint", "Cmd", "Shell", "OnBuild"].compactMap { name -> String? in
            guard let node = config[name: name] else { return nil }
            let words = node.elements.compactMap(\.text)
            let text = words.isEmpty ? node.text ?? "" : Self.commandLine(words)
            return text.isEmpty ? nil : "\(name.uppercased()) \(text)"
        }
        add("command", commands)
        let test = config[name: "Healthcheck"]?[name: "Test"]?.elements.compactMap(\.text) ?? []
        // Its first word says how the others are run.
        add("healthcheck", test.count > 1 ? [Self.commandLine(Array(test.dropFirst()))] : [])
    }

    private mutating func note(_ history: [JSONNode]) {
        var lines: [String] = []
        var arguments: [String] = []
        for entry in history {
            let command = entry[name: "created_by"]?.text ?? ""
            let split = BuildArguments(command)
            for argument in split.arguments where !arguments.contains(argument) { arguments.append(argument) }
            lines.append(split.command)
            for name in ["comment", "author"] {
                if let text = entry[name: name]?.text, !text.isEmpty { lines.append("\(name): \(text)") }
            }
        }
        add("build-arguments", arguments.map(Self.assignment))
        add("history", lines)
    }

    /// Whatever else is there: of old formats, of builders, of whoever adds keys of their own.
    private mutating func note(rest document: JSONNode) {
        var lines: [String] = []
        for member in document.members where !["history", "rootfs"].contains(member.name) {
            if member.name == "config" {
                for inner in member.value.members where !Self.known.contains(inner.name) {
                    Self.flatten(inner.value, "config.\(inner.name)", &lines)
                }
            } else {
                Self.flatten(member.value, member.name, &lines)
            }
        }
        // What the other texts have already is no second place.
        let said = Set(parts.flatMap { $0.text.split(separator: "\n") })
        add("other", lines.filter { !said.contains(Substring($0)) })
    }

    private static func flatten(_ node: JSONNode, _ name: String, _ lines: inout [String]) {
        switch node.kind {
        case .object: for member in node.members { flatten(member.value, "\(name).\(member.name)", &lines) }
        case .array:
            for element in node.elements {
                // `NAME=value` is one already.
                if let text = element.text, text.contains("=") {
                    lines.append(assignment(text))
                } else {
                    flatten(element, name, &lines)
                }
            }
        case .string: lines.append("\(name)=\(quoted(node.text ?? ""))")
        case .number, .yes, .no, .null: break
        }
    }

    private mutating func add(_ name: String, _ lines: [String]) {
        let lines = lines.filter { !$0.isEmpty }
        if !lines.isEmpty { parts.append(Part(name: "config/" + name, text: lines.joined(separator: "\n") + "\n")) }
    }

    /// `NAME=value`, the value in quotes where it is no word.
    static func assignment(_ text: String) -> String {
        guard let equals = text.firstIndex(of: "=") else { return text }
        return "\(text[..<equals])=\(quoted(String(text[text.index(after: equals)...])))"
    }

    private static func quoted(_ value: String) -> String {
        // A line end is kept: what has several lines, such as a private key, is read as such.
        guard value.contains(where: { " \t;#&|<>()'`".contains($0) }), !value.contains("\"") else { return value }
        return "\"\(value)\""
    }

    private static func commandLine(_ words: [String]) -> String {
        // Behind `sh -c` stands a line as it is.
        if words.count == 3, words[1] == "-c" { return words.joined(separator: " ") }
        return words.map(quoted).joined(separator: " ")
    }
}

/// What a builder puts in front of a command that sees arguments of the build: `|2 A=1 B=2 /bin/sh -c make`.
struct BuildArguments {
    var arguments: [String] = []
    var command: String

    init(_ line: String) {
        command = line
        let rest = line.hasPrefix("RUN ") ? line.dropFirst(4) : line[...]
        guard rest.first == "|", let space = rest.firstIndex(of: " "),
            let count = Int(rest[rest.index(after: rest.startIndex)..<space]), (1...1000).contains(count)
        else { return }
        // Values have blanks of their own: an argument begins where a name and `=` stand.
        let words = rest[rest.index(after: space)...].split(separator: " ", omittingEmptySubsequences: false)
        var found: [String] = []
        var position = 0
        while position < words.count {
            let word = words[position]
            if Self.isAssignment(word), found.count < count {
                found.append(String(word))
            } else if word.hasPrefix("/") || found.isEmpty || found.count == count && Self.isProgram(word) {
                break
            } else {
                found[found.count - 1] += " " + word
            }
            position += 1
        }
        guard !found.isEmpty else { return }
        arguments = found
        command = words[position...].joined(separator: " ")
    }

    private static func isAssignment(_ word: Substring) -> Bool {
        guard let equals = word.firstIndex(of: "="), equals > word.startIndex else { return false }
        let name = word[..<equals].utf8
        return name.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") } && !(name.first?.isDigit ?? true)
    }

    private static func isProgram(_ word: Substring) -> Bool {
        ["sh", "bash", "powershell", "cmd"].contains { word == $0 || word == "\($0).exe" }
    }
}

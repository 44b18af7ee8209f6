import Bytes

/// Keeps secrets out of images.
struct Dockerfile {
    let bytes: [UInt8]

    /// An instruction with the lines that it goes on over.
    private struct Instruction {
        var range: Range<Int>
        var word: String
        /// What stands behind the word.
        var arguments: Range<Int>
    }

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let line = bytes.line(of: secret.lowerBound)
        if bytes.string(bytes.trimmed(line)).hasPrefix("#") { return .masked(secret, name: name) }
        if bytes[secret].contains(.lineFeed) { return .refused("it goes over several lines; mount it as a file") }
        guard let instruction = instruction(around: line.lowerBound) else {
            return .refused("it stands in no instruction")
        }
        switch instruction.word {
        case "ENV": return environment(instruction, secret)
        case "ARG": return argument(instruction, secret)
        case "RUN": return run(instruction, secret, name)
        case "CMD", "ENTRYPOINT", "HEALTHCHECK":
            if isList(instruction) { return .refused("a list of words is run without a shell, which could look it up") }
            return ShellText(bytes, in: instruction.arguments).answer(secret, name: name, reference: "${\(name):?}")
        case _ where !Self.words.contains(instruction.word):
            return .refused("it stands in a here document; mount the secret there by hand")
        default:
            return .refused("\(instruction.word) is written into the image for everybody to read")
        }
    }

    private static let words: Set<String> = [
        "FROM", "LABEL", "MAINTAINER", "EXPOSE", "ADD", "COPY", "VOLUME", "USER", "WORKDIR", "ONBUILD", "STOPSIGNAL",
        "SHELL",
    ]

    private func instruction(around line: Int) -> Instruction? {
        var start = line
        while let above = bytes.previousLine(before: start), goesOn(above) { start = above }
        var end = line
        while goesOn(end), bytes.nextLine(after: end) < bytes.count { end = bytes.nextLine(after: end) }
        let range = start..<bytes.lineEnd(of: end)
        let content = bytes.trimmed(range)
        let word = bytes[content].prefix { $0.isLetter }
        guard !word.isEmpty else { return nil }
        return Instruction(
            range: range, word: String(decoding: word, as: UTF8.self).uppercased(),
            arguments: bytes.trimmed(word.endIndex..<content.upperBound))
    }

    private func goesOn(_ start: Int) -> Bool {
        let line = bytes.trimmed(bytes.line(of: start))
        return !line.isEmpty && bytes[line.upperBound - 1] == .backslash && bytes[line.lowerBound] != .numberSign
    }

    private func isList(_ instruction: Instruction) -> Bool {
        bytes[instruction.arguments].first == .leftBracket
    }

    /// `ENV NAME=…` stays in the image; the value is given when a container is started.
    private func environment(_ instruction: Instruction, _ secret: Range<Int>) -> Answer {
        let pairs = pairs(instruction.arguments)
        guard let pair = pairs.first(where: { $0.range.contains(secret.lowerBound) }) else {
            return legacy(instruction, secret)
        }
        let step = Answer.Step(
            note: "an image keeps what ENV says: give \(pair.name) to the container, `docker run --env \(pair.name)`",
            name: pair.name)
        if pairs.count == 1 {
            return .replaced(
                [Edit(instruction.range, "# \(pair.name) is given to the container when it is started.")], step)
        }
        var range = pair.range
        if pair.range.lowerBound == instruction.arguments.lowerBound {
            while range.upperBound < bytes.count, Self.between(bytes[range.upperBound]) {
                range = range.lowerBound..<range.upperBound + 1
            }
        } else {
            while Self.between(bytes[range.lowerBound - 1]) { range = range.lowerBound - 1..<range.upperBound }
        }
        return .replaced([Edit(range, "")], step)
    }

    private static func between(_ byte: UInt8) -> Bool { byte.isWhitespace || byte == .backslash }

    /// `ENV NAME value`
    private func legacy(_ instruction: Instruction, _ secret: Range<Int>) -> Answer {
        let name = bytes[instruction.arguments].prefix { $0.isIdentifier }
        guard !name.isEmpty, secret.lowerBound > name.endIndex else {
            return .refused("it stands in no value of a variable")
        }
        let text = String(decoding: name, as: UTF8.self)
        return .replaced(
            [Edit(instruction.range, "# \(text) is given to the container when it is started.")],
            Answer.Step(
                note: "an image keeps what ENV says: give \(text) to the container, `docker run --env \(text)`",
                name: text))
    }

    private func argument(_ instruction: Instruction, _ secret: Range<Int>) -> Answer {
        let name = bytes[instruction.arguments].prefix { $0.isIdentifier }
        guard name.endIndex < bytes.count, bytes[name.endIndex] == .equalsSign else {
            return .refused("it stands in no default of an argument")
        }
        let text = String(decoding: name, as: UTF8.self)
        return .replaced(
            [Edit(name.endIndex..<instruction.arguments.upperBound, "")],
            Answer.Step(
                note:
                    "whoever has the image can read arguments in its history: for a secret use `RUN --mount=type=secret`",
                name: text))
    }

    /// `RUN --mount=type=secret,id=NAME … "$(cat /run/secrets/NAME)"`
    private func run(_ instruction: Instruction, _ secret: Range<Int>, _ name: String) -> Answer {
        if isList(instruction) { return .refused("a list of words is run without a shell, which could look it up") }
        let answer = ShellText(bytes, in: instruction.arguments).answer(
            secret, name: name, reference: "$(cat /run/secrets/\(name))")
        guard case .replaced(let edits, var step) = answer, !step.isMask else { return answer }
        step.note = "build it with `docker build --secret id=\(name),env=\(name)`"
        let mount = "--mount=type=secret,id=\(name)"
        if bytes.string(instruction.range).contains(mount) { return .replaced(edits, step) }
        let place = instruction.arguments.lowerBound
        return .replaced([Edit(place..<place, mount + " ")] + edits, step)
    }

    private struct Pair {
        var name: String
        var range: Range<Int>
    }

    /// The pairs of `ENV A=1 B="2 3"`.
    private func pairs(_ range: Range<Int>) -> [Pair] {
        var result: [Pair] = []
        var index = range.lowerBound
        while index < range.upperBound {
            while index < range.upperBound, Self.between(bytes[index]) { index += 1 }
            let start = index
            while index < range.upperBound, bytes[index].isIdentifier { index += 1 }
            guard index > start, index < range.upperBound, bytes[index] == .equalsSign else { return result }
            let name = bytes.string(start..<index)
            index += 1
            while index < range.upperBound, !bytes[index].isWhitespace {
                if bytes[index] == .quotationMark || bytes[index] == .apostrophe {
                    let quote = bytes[index]
                    index += 1
                    while index < range.upperBound, bytes[index] != quote {
                        index += bytes[index] == .backslash ? 2 : 1
                    }
                }
                index += 1
            }
            result.append(Pair(name: name, range: start..<min(index, range.upperBound)))
        }
        return result
    }
}

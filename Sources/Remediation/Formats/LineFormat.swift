import Bytes

/// A text of lines in which references are put in the place of values wherever they stand.
struct LineFormat {
    let form: ReferenceForm
    /// What begins a line that is a comment.
    let comments: [String]
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let line = bytes.line(of: secret.lowerBound)
        guard secret.upperBound <= line.upperBound else { return .refused("it goes over several lines") }
        let text = bytes.string(bytes.trimmed(line))
        if comments.contains(where: text.hasPrefix) || isInMarkupComment(secret.lowerBound) {
            return .masked(secret, name: name)
        }
        return form.withoutFallback(secret, in: bytes) ?? .replaced(secret, by: form.text(name))
    }

    /// `<!-- … -->`
    private func isInMarkupComment(_ place: Int) -> Bool {
        guard comments.contains("<!--") else { return false }
        let before = bytes.string(0..<place)
        guard let open = before.utf8Range(ofLast: "<!--") else { return false }
        return before.utf8Range(ofLast: "-->").map { $0.lowerBound < open.lowerBound } ?? true
    }
}

/// A makefile, whose variables are those of the environment, too.
struct Makefile {
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let line = bytes.line(of: secret.lowerBound)
        let text = bytes.string(line)
        if text.trimmed.hasPrefix("#") { return .masked(secret, name: name) }
        guard !text.hasPrefix("\t"), let sign = bytes[line].firstIndex(of: .equalsSign), sign < secret.lowerBound else {
            return .replaced(secret, by: "$(\(name))")
        }
        // A variable that is given to itself would have no end.
        var end = sign
        while end > line.lowerBound, [.colon, .questionMark, .space, .plus, .exclamationMark].contains(bytes[end - 1]) {
            end -= 1
        }
        let own = bytes.string(line.lowerBound..<end).split(separator: " ").last.map(String.init) ?? name
        guard own == name || bytes.trimmed(sign + 1..<line.upperBound) == secret else {
            return .replaced(secret, by: "$(\(name))")
        }
        guard bytes.trimmed(sign + 1..<line.upperBound) == secret else {
            return .refused("it is a part of a value under the name that it would get itself")
        }
        return .replaced(
            [Edit(end..<line.upperBound, " ?= $(error \(own) is not set)")], Answer.Step(name: own))
    }
}

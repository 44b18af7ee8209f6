import Bytes

/// Puts variables that Terraform is told by the environment into the places of literals.
struct TerraformFixer {
    let source: SourceText
    /// The variables that other files of the folder declare.
    let declared: Set<String>

    init(_ bytes: [UInt8], declared: Set<String>) {
        source = SourceText(bytes, .terraform)
        self.declared = declared
    }

    private var bytes: [UInt8] { source.bytes }

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        guard let token = source.token(holding: secret) else {
            return .refused("it stands in no literal that is understood here")
        }
        guard let form = token.form else { return .masked(secret, name: name) }
        if bytes[secret].contains(.lineFeed) {
            return .refused("it goes over several lines; read it from a file with `file()`")
        }
        let place = CodePlace(token, in: source)
        let words = place.words
        if words.first == "default", let block = place.openers.last, token.content == secret,
            let variable = variable(before: block.index)
        {
            return removed(place, block.index, variable)
        }
        if place.openers.contains(where: {
            $0.byte == .leftBrace && place.head(before: $0.index).text.hasPrefix("backend")
        }) {
            return .refused("a backend takes literals only; use `-backend-config` or its variables of the environment")
        }
        if place.openers.contains(where: {
            $0.byte == .leftBrace && place.head(before: $0.index).text.hasPrefix("variable")
        }) {
            return .refused("a variable's default takes literals only")
        }
        let own = name.lowercased()
        var step = Answer.Step(note: "set it as TF_VAR_\(own)", name: "TF_VAR_\(own)")
        if !TerraformVariables.names(in: bytes).union(declared).contains(own) {
            let ending = bytes.lineEnding
            step.appendix = ["variable \"\(own)\" {", "  type      = string", "  sensitive = true", "}", ""].joined(
                separator: ending)
        }
        if token.content == secret, !form.isHeredoc { return .replaced([Edit(token.range, "var.\(own)")], step) }
        return .replaced([Edit(secret, "${var.\(own)}")], step)
    }

    /// Takes the default of a variable away, and says that it is a secret.
    private func removed(_ place: CodePlace, _ block: Int, _ variable: String) -> Answer {
        let line = bytes.lineStart(of: place.token.range.lowerBound)..<bytes.lineEnd(of: place.token.range.upperBound)
        let indentation = bytes.string(line.lowerBound..<line.lowerBound + bytes.indentation(of: line.lowerBound))
        let step = Answer.Step(note: "set it as TF_VAR_\(variable)", name: "TF_VAR_\(variable)")
        guard bytes.trimmed(line).lowerBound > block, bytes.lineStart(of: block) != line.lowerBound else {
            return .refused("all of the variable stands on one line")
        }
        let rest = bytes.string(block..<(bytes[block...].firstIndex(of: .rightBrace) ?? bytes.count))
        if rest.contains("sensitive") {
            return .replaced([Edit(line.lowerBound..<bytes.nextLine(after: line.upperBound), "")], step)
        }
        return .replaced([Edit(line, "\(indentation)sensitive = true")], step)
    }

    private func variable(before brace: Int) -> String? {
        let line = bytes.string(bytes.lineStart(of: brace)..<brace).trimmed
        guard line.hasPrefix("variable") else { return nil }
        let name = line.split(separator: "\"").dropFirst().first
        return name.map(String.init)
    }
}

/// The variables that Terraform files declare.
package enum TerraformVariables {
    /// - Parameter bytes: A file's.
    package static func names(in bytes: [UInt8]) -> Set<String> {
        var names: Set<String> = []
        for line in bytes.split(separator: .lineFeed) {
            let text = String(decoding: line, as: UTF8.self).trimmed
            if text.hasPrefix("variable "), let name = text.split(separator: "\"").dropFirst().first {
                names.insert(String(name))
            }
        }
        return names
    }
}

/// A file of values for Terraform: the line goes, and the environment has the value.
struct TerraformValues {
    let bytes: [UInt8]

    func answer(_ secret: Range<Int>, name: String) -> Answer {
        let source = SourceText(bytes, .terraform)
        guard let token = source.token(holding: secret) else {
            return .refused("it stands in no literal that is understood here")
        }
        if token.isComment { return .masked(secret, name: name) }
        let place = CodePlace(token, in: source)
        let head = place.head(before: token.range.lowerBound)
        let own = head.text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard place.openers.isEmpty, head.text.hasSuffix("="), !own.isEmpty,
            bytes.lineStart(of: head.start) == head.start,
            place.endsLine(behind: token.range.upperBound)
        else { return .refused("it is a part of a value; the file can refer to nothing") }
        return .replaced(
            [Edit(head.start..<bytes.nextLine(after: token.range.upperBound), "")],
            Answer.Step(note: "the line is gone; set it as TF_VAR_\(own)", name: "TF_VAR_\(own)"))
    }
}

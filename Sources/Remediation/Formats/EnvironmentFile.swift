import Bytes

/// Files of names and values, one a line: `.env` and what stands for it in a repository.
package enum EnvironmentFile {
    /// The names that a file gives values to, in order.
    package static func names(in text: [UInt8]) -> [String] {
        var names: [String] = []
        for line in text.split(separator: .lineFeed) {
            guard let name = name(ofLine: Array(line)), !names.contains(name) else { continue }
            names.append(name)
        }
        return names
    }

    private static func name(ofLine line: [UInt8]) -> String? {
        var text = String(decoding: line, as: UTF8.self).trimmed[...]
        if text.hasPrefix("export ") { text = text.dropFirst("export ".count) }
        guard let sign = text.firstIndex(where: { $0 == "=" }) else { return nil }
        let name = String(text[..<sign]).trimmed
        guard let first = name.utf8.first, !first.isDigit, name.utf8.allSatisfy({ $0.isIdentifier }) else { return nil }
        return name
    }

    /// A file with names added to it that it does not have, without values.
    ///
    /// - Parameter text: `nil`: there is no such file yet.
    package static func adding(_ names: [String], to text: [UInt8]?) -> [UInt8] {
        let known = Set(self.names(in: text ?? []))
        // Names of settings may be anything; a line of such a file may not.
        let wanted = names.filter {
            !known.contains($0) && !$0.isEmpty && $0.utf8.allSatisfy { $0.isIdentifier && $0 < 0x80 }
        }
        return appending(wanted.map { $0 + "=" }, to: text ?? [])
    }

    /// An ignore file with patterns added to it that it does not have.
    package static func ignoring(_ patterns: [String], in text: [UInt8]?) -> [UInt8] {
        let known = Set((text ?? []).split(separator: .lineFeed).map { String(decoding: $0, as: UTF8.self).trimmed })
        return appending(patterns.filter { !known.contains($0) }, to: text ?? [])
    }

    private static func appending(_ lines: [String], to text: [UInt8]) -> [UInt8] {
        var seen: Set<String> = []
        let lines = lines.filter { seen.insert($0).inserted }
        guard !lines.isEmpty else { return text }
        let ending = text.lineEnding
        let opening = text.isEmpty || text.last == .lineFeed ? "" : ending
        return text + Array((opening + lines.map { $0 + ending }.joined()).utf8)
    }

    /// An example keeps its names, and no values.
    static func emptied(_ secret: Range<Int>, in text: [UInt8], name: String) -> Answer {
        let line = text.line(of: secret.lowerBound)
        guard secret.upperBound <= line.upperBound else { return .refused("it goes over several lines") }
        if text[text.trimmed(line).lowerBound] == .numberSign { return .masked(secret, name: name) }
        guard let sign = text[line].firstIndex(of: .equalsSign), sign < secret.lowerBound else {
            return .refused("it is no value of a name")
        }
        let own = self.name(ofLine: Array(text[line])) ?? name
        return .replaced(
            [Edit(sign + 1..<line.upperBound, "")],
            Answer.Step(note: "an example names what is wanted, and holds no value", name: own))
    }
}

internal import Bytes
internal import Findings
internal import Reports

/// A change of one file that a model proposes: lines by lines.
package struct ProposedPatch: Sendable {
    package struct Edit: Sendable {
        /// Of the first old line, from 1.
        var line: Int
        /// As they were shown.
        var old: [String]
        var new: [String]
    }

    /// As it was called.
    package var file: String
    package var edits: [Edit] = []

    /// The lines that it writes, and not those that stay.
    package var newLines: [String] {
        edits.flatMap(\.new).filter { !$0.contains(Excerpt.secret) && !$0.contains(Excerpt.other) }
    }

    /// Why it is not shown.
    package struct Refusal: Error, Sendable, CustomStringConvertible {
        /// A sentence without a full stop.
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    private static let longestLine = 400

    /// What the file becomes, or why it is left alone.
    ///
    /// - Parameters:
    ///   - text: The file as it is, as it was when the excerpt was made.
    ///   - excerpt: What the model saw.
    ///   - name: What it was told that the file is called.
    package func applied(
        to text: [UInt8], _ excerpt: Excerpt, name: String
    ) throws(Refusal) -> [UInt8] {
        guard file == name else { throw Refusal("it is for another file") }
        let check = NewLines(excerpt)
        var replacements: [(range: Range<Int>, lines: [[UInt8]])] = []
        for edit in edits {
            let range = try Self.place(of: edit, in: excerpt)
            let before = excerpt.lines[range]
            replacements.append(
                (before.startIndex..<before.endIndex, try check.originals(of: edit.new, besides: before)))
        }
        replacements.sort { $0.range.lowerBound < $1.range.lowerBound }
        for (first, second) in zip(replacements, replacements.dropFirst())
        where first.range.upperBound > second.range.lowerBound {
            throw Refusal("its edits overlap")
        }
        var lines = text.linesWithEnds.map { Array($0) }
        for replacement in replacements.reversed() {
            let first = excerpt.lines[replacement.range.lowerBound].number - 1
            let end = first + replacement.range.count
            guard end <= lines.count else { throw Refusal("it does not apply") }
            lines.replaceSubrange(first..<end, with: Self.ended(replacement.lines, like: Array(lines[first..<end])))
        }
        return lines.flatMap { $0 }
    }

    /// Numbers of the excerpt's lines that an edit replaces: where it says, or else at the one place where they stand.
    private static func place(of edit: Edit, in excerpt: Excerpt) throws(Refusal) -> Range<Int> {
        guard !edit.old.isEmpty, edit.old.count <= excerpt.lines.count else {
            throw Refusal("it does not say what it replaces")
        }
        let starts = excerpt.lines.indices.filter { matches(edit.old, excerpt.lines, at: $0) }
        let said = starts.filter { excerpt.lines[$0].number == edit.line }
        guard let start = said.first ?? (starts.count == 1 ? starts[0] : nil) else {
            throw Refusal("it does not apply: the lines that it replaces are not there")
        }
        return start..<start + edit.old.count
    }

    private static func matches(_ old: [String], _ lines: [Excerpt.Line], at start: Int) -> Bool {
        guard start + old.count <= lines.count else { return false }
        return old.indices.allSatisfy { offset in
            let line = lines[start + offset]
            return !line.isCut && line.number == lines[start].number + offset
                && NewLines.trimmed(line.shown) == NewLines.trimmed(old[offset])
        }
    }

    /// New lines with the ends that the old ones have.
    private static func ended(_ new: [[UInt8]], like old: [[UInt8]]) -> [[UInt8]] {
        let usual: [UInt8] =
            old.first?.suffix(2).elementsEqual([.carriageReturn, .lineFeed]) == true
            ? [.carriageReturn, .lineFeed] : [.lineFeed]
        var result = new.map { $0 + usual }
        // The last line of a file may have no end.
        if let last = old.last, last.last != .lineFeed, var line = result.popLast() {
            line.removeLast(usual.count)
            result.append(line)
        }
        return result
    }

    /// Judges lines that a model has written.
    struct NewLines {
        private let excerpt: Excerpt
        private let text: AnswerText
        /// What was shown, for addresses that are there already.
        private let shown: String

        init(_ excerpt: Excerpt) {
            self.excerpt = excerpt
            text = AnswerText(secrets: excerpt.masked)
            shown = excerpt.lines.map(\.shown).joined(separator: "\n")
        }

        static func trimmed(_ line: String) -> Substring {
            var rest = line[...]
            while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
            return rest
        }

        /// The lines as they are to be written: those that stay are what they were.
        func originals(of new: [String], besides old: ArraySlice<Excerpt.Line>) throws(Refusal) -> [[UInt8]] {
            var result: [[UInt8]] = []
            for line in new {
                if let same = old.first(where: { !$0.isCut && Self.trimmed($0.shown) == Self.trimmed(line) }) {
                    result.append(same.original)
                } else {
                    try check(line)
                    result.append(Array(line.utf8))
                }
            }
            try checkBrackets(new, old.map(\.shown))
            return result
        }

        private func check(_ line: String) throws(Refusal) {
            if line.utf8.count > longestLine { throw Refusal("a line of it is too long") }
            if line.unicodeScalars.contains(where: { $0 != "\t" && $0.isDeceptive }) {
                throw Refusal("it has control characters or line ends within lines")
            }
            if line.contains(Excerpt.secret) || line.contains(Excerpt.other) {
                throw Refusal("it writes what stands for a masked value")
            }
            if text.holdsSecret(line) { throw Refusal("it repeats a secret") }
            // Nothing that was shown has any: it would have been masked.
            if RandomRuns.masked(line) != line {
                throw Refusal("it brings a value that may be a secret")
            }
            let lower = line.lowercased()
            if Self.allowances.contains(where: { lower.contains($0) }) {
                throw Refusal("it adds a comment that has a scanner look away")
            }
            if let number = Self.internetAddress(line), !shown.contains(number) {
                throw Refusal("it brings an address that the lines did not have")
            }
            for address in Self.addresses(line) where !shown.contains(address) {
                throw Refusal("it brings an address that the lines did not have")
            }
        }

        /// With which comments, of whatever scanner, a line is passed over.
        private static let allowances = [
            "windsock:", "gitleaks:", "trufflehog:", "allowlist secret", "whitelist secret", "pragma: allowlist",
            "nosec",
            "noqa", "nosonar", "ggignore", "nosemgrep", "secretlint-disable", "checkov:skip", "kics-scan",
            "trivy:ignore",
            "talisman-ignore", "pragma: whitelist", "gitguardian", "semgrep-ignore", "kingfisher:ignore",
        ]

        /// The first of the form 192.0.2.1.
        private static func internetAddress(_ line: String) -> Substring? {
            for run in line.split(whereSeparator: { !$0.isASCII || !($0.isNumber || $0 == ".") }) {
                let parts = run.split(separator: ".", omittingEmptySubsequences: false)
                if parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) { return run }
            }
            return nil
        }

        /// Scheme and host of each.
        private static func addresses(_ line: String) -> [Substring] {
            var result: [Substring] = []
            var rest = line[...]
            while let range = rest.firstRange(of: "://") {
                let start = rest[..<range.lowerBound].lastIndex { !$0.isLetter }.map { rest.index(after: $0) }
                let end = rest[range.upperBound...].firstIndex { " /\"'`)>?#\\".contains($0) } ?? rest.endIndex
                result.append(rest[(start ?? rest.startIndex)..<end])
                rest = rest[end...]
            }
            return result
        }

        /// Code that was whole stays whole, as far as brackets and quotes tell.
        private func checkBrackets(_ new: [String], _ old: [String]) throws(Refusal) {
            if Balance(new) != Balance(old) { throw Refusal("its brackets or quotes do not match") }
        }
    }

    private struct Balance: Equatable {
        private var round = 0
        private var square = 0
        private var curly = 0
        private var isOdd = false

        init(_ lines: [String]) {
            for byte in lines.joined(separator: "\n").utf8 {
                switch byte {
                case .leftParenthesis: round += 1
                case .rightParenthesis: round -= 1
                case .leftBracket: square += 1
                case .rightBracket: square -= 1
                case .leftBrace: curly += 1
                case .rightBrace: curly -= 1
                case .quotationMark: isOdd.toggle()
                default: break
                }
            }
        }
    }
}

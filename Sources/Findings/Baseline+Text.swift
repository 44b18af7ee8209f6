internal import Bytes
package import Rules

/// The file.
extension Baseline {
    /// Begins the line that says which rules the entries were found with.
    private static let rulesMark = "# rules "
    /// Begins the comment above an entry that says where the secret stood.
    private static let pathMark = "# in "
    private static let untilMark = "until="
    private static let ownerMark = "owner="
    private static let conflictMarks = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]

    /// Reads a baseline.
    ///
    /// - Throws: `RuleFileError` with the line of the first entry that is none.
    package init(text: String, file: String) throws(RuleFileError) {
        var entries: [Entry] = []
        var keyCheck: String?
        var rules: String?
        var path = ""
        for (index, line) in text.withoutByteOrderMark.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            keyCheck = keyCheck ?? Self.keyCheck(line)
            rules = rules ?? Self.rules(line)
            let above = path
            path = line.hasPrefix(Self.pathMark) ? line.dropFirst(Self.pathMark.count).trimmed() : ""
            guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { continue }
            if Self.conflictMarks.contains(where: { line.hasPrefix($0) }) {
                throw RuleFileError(
                    file: file, line: index + 1,
                    reason:
                        "a mark of a merge conflict that nobody has settled: keep the entries of both sides and take the marks out"
                )
            }
            do throws(EntryComplaint) {
                var entry = try Self.entry(line)
                entry.path = above
                entries.append(entry)
            } catch {
                throw RuleFileError(file: file, line: index + 1, reason: error.reason)
            }
        }
        self.init(entries: entries)
        if list.versions.contains(.keyed) { self.keyCheck = keyCheck }
        self.rules = rules
    }

    /// What is wrong with a line.
    package struct EntryComplaint: Error {
        package var reason: String
    }

    /// Reads one line.
    package static func entry(_ line: Substring) throws(EntryComplaint) -> Entry {
        let fields = line.split(maxSplits: 2, whereSeparator: isBlank)
        guard let first = fields.first, let fingerprint = Fingerprint(first), fields.count >= 2 else {
            throw EntryComplaint(
                reason: "not a baseline entry; expected a fingerprint (\(Fingerprint.form)), a rule id and a reason")
        }
        var entry = Entry(fingerprint: fingerprint, ruleID: String(fields[1]))
        var rest = fields.count > 2 ? fields[2].drop(while: \.isWhitespace) : ""
        while true {
            let word = rest.prefix { !isBlank($0) }
            if word.hasPrefix(untilMark) {
                let text = word.dropFirst(untilMark.count)
                guard let day = CalendarDay(text) else {
                    throw EntryComplaint(
                        reason: "\(untilMark)\(text) is no day of the calendar; write \(untilMark)2026-03-01")
                }
                entry.until = day
            } else if word.hasPrefix(ownerMark), word.count > ownerMark.count {
                entry.owner = String(word.dropFirst(ownerMark.count))
            } else {
                break
            }
            rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        }
        // Written in the reason, or in another way, a day is meant all the same: what was to end must not stay for ever.
        let days = words(rest.trimmed()).compactMap { $0.hasPrefix("\\") ? nil : day(saidBy: $0) }
        if let day = days.min() { entry.until = min(entry.until ?? day, day) }
        entry.reason = unescaped(rest.trimmed())
        return entry
    }

    private static func words(_ text: String) -> [Substring] {
        text.split(separator: " ", omittingEmptySubsequences: false)
    }

    /// The day that a word says something ends with: `until=2026-03-01`, `(Until:2026-03-01)`, `expires=2026-03-01`.
    private static func day(saidBy word: Substring) -> CalendarDay? {
        let word = word.lowercased().drop { "([{".contains($0) }
        for name in CalendarDay.wordsForEnds where word.hasPrefix(name) {
            let rest = word.dropFirst(name.count)
            guard let sign = rest.first, sign == "=" || sign == ":" else { continue }
            return CalendarDay(rest.dropFirst().prefix { $0.isNumber || $0 == "-" })
        }
        return nil
    }

    /// A reason as it stands in the file: words that would be read as terms have a backslash.
    private static func escaped(_ reason: String) -> String {
        words(reason).enumerated().map { isTerm($1, at: $0) ? "\\" + $1 : String($1) }.joined(separator: " ")
    }

    private static func unescaped(_ text: String) -> String {
        words(text).enumerated().map { number, word in
            String(word.hasPrefix("\\") && isTerm(word, at: number) ? word.dropFirst() : word)
        }.joined(separator: " ")
    }

    /// Whether a word of a reason, behind its backslashes, would be read as more than a word.
    private static func isTerm(_ word: Substring, at number: Int) -> Bool {
        number == 0 && looksLikeTerm(String(word)) || day(saidBy: word.drop { $0 == "\\" }) != nil
    }

    /// Also behind backslashes, which are those of a reason that was escaped or that had them.
    private static func looksLikeTerm(_ text: String) -> Bool {
        let word = text.drop { $0 == "\\" }
        return word.hasPrefix(untilMark) || word.hasPrefix(ownerMark)
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t" || character == "\r" || character == "\r\n"
    }

    /// What a line says that tells which rules the entries were found with.
    private static func rules(_ line: Substring) -> String? {
        guard line.hasPrefix(rulesMark) else { return nil }
        let word = line.dropFirst(rulesMark.count).trimmed()
        return word.utf8.count == 16 && word.utf8.allSatisfy(\.isHexDigit) ? word : nil
    }

    /// The file's content.
    package var text: String {
        let header = """
            # windsock baseline: secrets that are known and not reported.
            # A line a secret: fingerprint, rule, until=DAY, owner=WHO, why it is accepted. Sorted; holds no secret.

            """
        return header + (keyCheck.map { "\(Self.keyMark)\($0)\n" } ?? "")
            + (rules.map { "\(Self.rulesMark)\($0)\n" } ?? "") + entries.map(Self.lines).joined()
    }

    /// An entry as it stands in the file, with the comment above it.
    private static func lines(_ entry: Entry) -> String {
        let path = entry.path.isEmpty ? "" : "\(pathMark)\(oneLine(entry.path))\n"
        return path + line(entry) + "\n"
    }

    /// An entry on one line, without its end.
    package static func line(_ entry: Entry) -> String {
        var words = [entry.fingerprint.description, entry.ruleID]
        if let day = entry.until { words.append("\(untilMark)\(day)") }
        if !entry.owner.isEmpty { words.append("\(ownerMark)\(entry.owner)") }
        let reason = escaped(String(oneLine(entry.reason).drop(while: \.isWhitespace)))
        if !reason.isEmpty { words.append(reason) }
        return words.joined(separator: " ")
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension String {
    /// Editors of Windows put a mark ahead of a text, which is no part of it.
    package var withoutByteOrderMark: String {
        unicodeScalars.first == "\u{FEFF}" ? String(String.UnicodeScalarView(unicodeScalars.dropFirst())) : self
    }
}

extension Substring {
    /// Without white space at either end.
    fileprivate func trimmed() -> String {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

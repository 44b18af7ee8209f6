internal import Bytes
internal import ScanSources

/// What `gem build` packs: what the specification's `files` are.
///
/// A specification is a program, which is not run. Its usual forms are read; where it does something else, what may be in it is taken for
/// more than it is, and that is said.
struct GemPackage {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    /// The path of the specification; `nil`: there is none.
    var specification: String? { folder.files.first { !$0.contains("/") && $0.hasSuffix(".gemspec") } }

    func contents() -> PackageContents {
        guard let path = specification, let text = folder.text(path) else { return PackageContents(.gem, []) }
        let source = Self.withoutComments(text)
        var files: Set<String> = []
        var isKnown = true
        let values = RubyValues(source)
        for value in values.assigned(to: ["files", "extra_rdoc_files", "executables", "licenses_files"]) {
            let found = self.files(value)
            files.formUnion(found.files)
            isKnown = isKnown && found.isKnown
        }
        if let folder = values.assigned(to: ["bindir"]).first.flatMap({ RubyValues.strings(in: $0).first }) {
            files.formUnion(self.folder.files.filter { $0.hasPrefix(folder + "/") && files.contains($0.lastName) })
        }
        var contents = PackageContents(.gem, files.filter(folder.has))
        if !isKnown {
            contents.notes.append(
                "\(path) works out its files in a way that is not read: all that it may mean were scanned")
        }
        if contents.files.isEmpty { contents.objection = ("has a \(path) that names no file that is there", nil) }
        return contents
    }

    private static func withoutComments(_ text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .filter { !$0.drop(while: \.isWhitespace).hasPrefix("#") }.joined(separator: "\n")
    }

    private func files(_ value: String) -> (files: [String], isKnown: Bool) {
        let strings = RubyValues.strings(in: value)
        if value.contains("ls-files") { return filtered(folder.tracked ?? folder.files, value) }
        guard
            value.contains("Dir[") || value.contains("Dir.glob") || value.contains("Dir::glob")
                || value.contains("Rake::FileList") || value.contains("FileList[")
        else {
            let isList = !value.contains("(") && !value.contains(".map") && !value.contains("Dir")
            return (strings.flatMap { folder.has($0) ? [$0] : matches($0) }, isList)
        }
        return filtered(strings.flatMap(matches), value)
    }

    /// What of some files is left by what follows them.
    private func filtered(_ files: [String], _ value: String) -> (files: [String], isKnown: Bool) {
        guard let reject = value.range(of: "reject") ?? value.range(of: " - ") else {
            return (files, !value.contains("select") && !value.contains("grep"))
        }
        let condition = String(value[reject.upperBound...])
        let patterns = RubyValues.patterns(in: condition)
        let prefixes = condition.contains("start_with?") ? RubyValues.strings(in: condition) : []
        let isOwn = condition.contains("== gemspec") || condition.contains("__FILE__")
        guard patterns != nil || !prefixes.isEmpty || isOwn else { return (files, false) }
        let kept = files.filter { path in
            if isOwn, path == specification { return false }
            return !prefixes.contains { path.hasPrefix($0) } && !(patterns ?? []).contains { path.hasPrefix($0) }
        }
        return (kept, true)
    }

    /// What a pattern of `Dir` matches.
    private func matches(_ pattern: String) -> [String] {
        let globs = IgnorePatterns.braces(pattern).compactMap { PathGlob("/" + $0) }
        return folder.files.filter { path in
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) || pattern.contains(".") else {
                return false
            }
            return globs.contains { $0.matches(path) }
        }
    }
}

/// What a specification of a gem assigns, read without running it.
struct RubyValues {
    private let source: String

    init(_ source: String) { self.source = source }

    /// What stands behind `.NAME =`, `.NAME +=` and `.NAME <<`, to the end of the statement.
    func assigned(to names: [String]) -> [String] {
        var values: [String] = []
        let lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        for (index, line) in lines.enumerated() {
            let words = line.drop(while: \.isWhitespace)
            for name in names {
                guard let dot = words.range(of: ".\(name)"),
                    words[..<dot.lowerBound].allSatisfy({ $0.isLetter || $0 == "_" })
                else { continue }
                let rest = words[dot.upperBound...].drop(while: \.isWhitespace)
                guard let mark = ["+=", "<<", "="].first(where: { rest.hasPrefix($0) }), !rest.hasPrefix("==") else {
                    continue
                }
                values.append(Self.statement(String(rest.dropFirst(mark.count)), lines[(index + 1)...]))
            }
        }
        return values
    }

    /// A statement that goes on while brackets are open, a block is, or its line ends in what asks for more.
    private static func statement(_ first: String, _ following: ArraySlice<String>) -> String {
        var text = first
        var next = following
        while let line = next.first, text.utf8.count < 65_536 {
            let last = text.trimmed
            let isOpen =
                text.count { "([{".contains($0) } > text.count { ")]}".contains($0) } || last.hasSuffix("|")
                || last.hasSuffix(" do") || last.hasSuffix(",") || last.hasSuffix("+") || last.hasSuffix(".")
                || last.hasSuffix("=") || last.hasSuffix("\\") || line.trimmed.hasPrefix(".")
                || text.contains(" do ") && !last.hasSuffix("end")
            guard isOpen else { break }
            text += "\n" + line
            next = next.dropFirst()
        }
        return text
    }

    /// Texts in quotes, and the words of `%w`.
    static func strings(in value: String) -> [String] {
        var strings: [String] = []
        var rest = value[...]
        while let start = rest.firstIndex(where: { "\"'%".contains($0) }) {
            let mark = rest[start]
            rest = rest[rest.index(after: start)...]
            if mark == "%" {
                guard let kind = rest.first, kind == "w" || kind == "W", let open = rest.dropFirst().first,
                    let close = ["[": "]", "(": ")", "{": "}", "<": ">"][String(open)],
                    let end = rest.range(of: close)
                else { continue }
                strings += rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound].split(
                    whereSeparator: \.isWhitespace
                )
                .map(String.init)
                rest = rest[end.upperBound...]
            } else {
                guard let end = rest.firstIndex(of: mark) else { break }
                strings.append(String(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            }
        }
        return strings.filter { !$0.contains("#{") && !$0.isEmpty && !$0.contains("\0") }
    }

    /// The beginnings that a pattern such as `%r{\A(?:test|spec)/}` or `^(test|spec)/` leaves out; `nil`: it says something else.
    static func patterns(in value: String) -> [String]? {
        guard
            let open = value.range(of: "%r{") ?? value.range(of: "/^") ?? value.range(of: "match?(/")
                ?? value.range(of: "match(/")
        else { return nil }
        var text = value[open.upperBound...].drop { "^\\A".contains($0) }
        guard text.hasPrefix("(") else { return nil }
        text = text.dropFirst().drop { "?:".contains($0) }
        guard let close = text.firstIndex(of: ")") else { return nil }
        let tail =
            text[text.index(after: close)...].hasPrefix("/") || text[text.index(after: close)...].hasPrefix("\\/")
            ? "/" : ""
        return text[..<close].split(separator: "|").map { part in
            part.filter { $0 != "\\" } + tail
        }
    }
}

extension StringProtocol {
    /// Where a text stands for the first time.
    func range(of text: String) -> Range<Index>? {
        let (bytes, needle) = (Array(utf8), Array(text.utf8))
        guard !needle.isEmpty, bytes.count >= needle.count else { return nil }
        for start in 0...(bytes.count - needle.count)
        where bytes[start] == needle[0] && bytes[start..<(start + needle.count)].elementsEqual(needle) {
            let first = utf8.index(utf8.startIndex, offsetBy: start)
            return first..<utf8.index(first, offsetBy: needle.count)
        }
        return nil
    }
}

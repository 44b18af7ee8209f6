import Bytes

/// Where an import goes, and whether it is there already.
struct ImportPlace {
    let language: Language
    let source: SourceText

    init(_ language: Language, _ bytes: [UInt8]) {
        self.language = language
        source = SourceText(bytes, language.grammar)
    }

    private var bytes: [UInt8] { source.bytes }

    /// What adds a module; `nil`: it is there.
    func edit(adding module: String) -> Edit? {
        let lines = codeLines
        if lines.contains(where: { isImport($0.text, of: module) }) { return nil }
        let ending = bytes.lineEnding
        let line = Self.line(importing: module, language)
        if language == .go { return goEdit(module, lines, ending) }
        if language == .python, let future = lines.last(where: { $0.text.hasPrefix("from __future__ ") }) {
            return Edit(at: end(ofStatement: future.start), line + ending)
        }
        if let first = lines.first(where: { opensImports($0.text) }) {
            return Edit(at: first.start, line + ending)
        }
        let place = behindBeginning(lines)
        let isBeforeBlank = place >= bytes.count || bytes[place] == .lineFeed || bytes[place] == .carriageReturn
        let text = line + ending + (isBeforeBlank ? "" : ending)
        // A last line without an end gets one.
        let needsEnd = place > 0 && bytes[place - 1] != .lineFeed
        return Edit(at: place, (needsEnd ? ending : "") + (docstring(lines) == nil ? "" : ending) + text)
    }

    // MARK: Lines

    /// A line outside of all brackets that begins with code.
    private struct Line {
        var start: Int
        var text: String
    }

    private var codeLines: [Line] {
        var lines: [Line] = []
        var start = 0
        // Literals in literals lie within these: those that begin behind the last end are enough.
        var tokens = source.tokens[...]
        var covered = 0
        while start < bytes.count {
            let line = bytes.line(of: start)
            while let next = tokens.first, next.range.lowerBound < line.lowerBound {
                covered = max(covered, next.range.upperBound)
                tokens = tokens.dropFirst()
            }
            let first = bytes.trimmed(line)
            let opensComment = tokens.prefix { $0.range.lowerBound <= first.lowerBound }.contains {
                $0.isComment && $0.range.lowerBound == first.lowerBound
            }
            if covered <= line.lowerBound, !opensComment, !first.isEmpty {
                lines.append(Line(start: start, text: bytes.string(line)))
            }
            start = bytes.nextLine(after: start)
        }
        return lines
    }

    private func isImport(_ text: String, of module: String) -> Bool {
        let words = text.split { !($0.isLetter || $0.isNumber || "._:/".contains($0)) }.map(String.init)
        switch language {
        case .python:
            // `import os as o` gives it another name.
            return words.first == "import" && words.contains(module) && !words.contains("as") && !text.hasPrefix(" ")
        case .go: return text.trimmed == "\"\(module)\"" || text.trimmed == "import \"\(module)\""
        case .csharp: return text.trimmed.hasSuffix("using \(module);")
        case .swift:
            return words.prefix { $0 != "Foundation" && $0 != "FoundationEssentials" }.contains("import")
                && (words.contains("Foundation") || words.contains("FoundationEssentials"))
        case .dart: return text.hasPrefix("import") && text.contains("\(module)'") || text.contains("\(module)\"")
        case .c, .cpp:
            return text.trimmed.hasPrefix("#") && text.contains("include") && text.contains("<\(module)>")
        default: return false
        }
    }

    private func opensImports(_ text: String) -> Bool {
        switch language {
        case .python: text.hasPrefix("import ") || text.hasPrefix("from ")
        case .csharp: text.hasPrefix("using ") || text.hasPrefix("global using ")
        case .swift: text.hasPrefix("import ") || text.hasPrefix("@testable import ")
        case .dart: text.hasPrefix("import ")
        case .c, .cpp: text.hasPrefix("#include")
        default: false
        }
    }

    private static func line(importing module: String, _ language: Language) -> String {
        switch language {
        case .csharp: "using \(module);"
        case .dart: "import '\(module)';"
        case .c, .cpp: "#include <\(module)>"
        case .go: "import \"\(module)\""
        default: "import \(module)"
        }
    }

    /// Behind what has to be first: the line for the shell, comments, a docstring, `library` and `package`.
    private func behindBeginning(_ lines: [Line]) -> Int {
        var place = 0
        if let docstring = docstring(lines) { return bytes.nextLine(after: docstring.range.upperBound) }
        let first = lines.first?.start ?? bytes.count
        if let opening = lines.first, language == .dart, opening.text.hasPrefix("library") {
            return bytes.nextLine(after: opening.start)
        }
        // Comments right above code belong to that; those above a blank line are the file's.
        for token in source.tokens where token.isComment && token.range.upperBound <= first {
            let next =
                bytes[max(0, token.range.upperBound - 1)] == .lineFeed
                ? token.range.upperBound : bytes.nextLine(after: token.range.upperBound)
            let isBlankBehind = next >= bytes.count || bytes.trimmed(bytes.line(of: next)).isEmpty
            if isBlankBehind || Self.isForPrograms(bytes.string(token.range)) { place = next }
        }
        return place
    }

    /// Comments that have to stand at the top: the line for the shell, an encoding.
    private static func isForPrograms(_ comment: String) -> Bool {
        ["#!", "# -*-", "# vim:", "//go:build", "// +build"].contains(where: comment.hasPrefix)
            || comment.contains("coding:")
            || comment.contains("swift-tools-version")
    }

    private func docstring(_ lines: [Line]) -> SourceText.Token? {
        guard language == .python, let first = lines.first else { return nil }
        return source.tokens.first { !$0.isComment && $0.range.lowerBound == first.start }
    }

    /// Behind the line on which a statement ends, with its brackets closed.
    private func end(ofStatement start: Int) -> Int {
        var depth = 0
        var index = start
        while index < bytes.count {
            if bytes[index] == .leftParenthesis { depth += 1 }
            if bytes[index] == .rightParenthesis { depth -= 1 }
            index += 1
            if bytes[index - 1] == .lineFeed, depth <= 0 { break }
        }
        return index
    }

    private func goEdit(_ module: String, _ lines: [Line], _ ending: String) -> Edit? {
        if let block = lines.first(where: { $0.text.trimmed.hasPrefix("import (") }) {
            // In its order among those of the standard library, which come first.
            var place = bytes.nextLine(after: block.start)
            while place < bytes.count {
                let text = bytes.string(bytes.line(of: place)).trimmed
                guard text.hasPrefix("\""), !text.contains("."), text < "\"\(module)\"" else { break }
                place = bytes.nextLine(after: place)
            }
            return Edit(at: place, "\t\"\(module)\"\(ending)")
        }
        if let single = lines.first(where: { $0.text.hasPrefix("import ") }) {
            return Edit(at: bytes.nextLine(after: single.start), "import \"\(module)\"\(ending)")
        }
        guard let package = lines.first(where: { $0.text.hasPrefix("package ") }) else { return nil }
        return Edit(at: bytes.nextLine(after: package.start), "\(ending)import \"\(module)\"\(ending)")
    }
}

extension Edit {
    /// An insertion.
    init(at place: Int, _ text: String) { self.init(place..<place, text) }
}

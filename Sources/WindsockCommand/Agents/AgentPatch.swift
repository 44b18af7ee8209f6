import Bytes

/// A patch in the form that Codex has, or in git's: what it takes away and brings, file by file.
struct AgentPatch {
    /// What it does at one place of a file.
    struct Hunk {
        /// Lines by which the place is found, from the outermost.
        var anchors: [[UInt8]] = []
        /// Lines that stand there.
        var old: [[UInt8]] = []
        /// Lines that come to stand there.
        var new: [[UInt8]] = []
        /// Those of them that are new.
        var added: [[UInt8]] = []
    }

    struct Section {
        /// The file as it is called before; `nil`: there is none, or it is not said which.
        var path: String?
        var hunks: [Hunk] = []
    }

    private(set) var sections: [Section] = []
    /// The patch, as long as it was, without what it takes away and what stands there already.
    private(set) var searched: [UInt8] = []

    /// What begins a line that comes, and one that goes.
    private let (plus, minus): (UInt8, UInt8)

    /// - Parameter isReversed: Whether what it takes away is brought, and the other way round: `git apply -R`.
    /// - Returns: `nil` for what is no patch.
    init?(_ text: [UInt8], isReversed: Bool = false) {
        (plus, minus) = isReversed ? (UInt8(ascii: "-"), .plus) : (.plus, UInt8(ascii: "-"))
        let lines = text.split(separator: .lineFeed, omittingEmptySubsequences: false)
        guard let first = lines.first(where: { !$0.allSatisfy { $0 == .space || $0 == .carriageReturn } }) else {
            return nil
        }
        let isOfGit = ["diff --git ", "--- "].contains { first.starts(with: $0.utf8) }
        guard isOfGit || first.starts(with: "*** Begin Patch".utf8) else { return nil }
        var kept: [[UInt8]] = []
        for (number, line) in lines.enumerated() {
            let isHeader =
                isOfGit
                ? takeHeader(line, next: number + 1 < lines.count ? lines[number + 1] : [])
                : takeHeader(line)
            if !isHeader { take(line) }
            kept.append(isHeader || line.first == plus ? Array(line) : Self.blank(line))
        }
        searched = Array(kept.joined(separator: [.lineFeed]))
    }

    /// As long as it was: what is masked is masked in the whole text.
    static func blank(_ line: ArraySlice<UInt8>) -> [UInt8] { [UInt8](repeating: .space, count: line.count) }

    // MARK: Lines

    /// `*** Update File: a`
    private mutating func takeHeader(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "*** ".utf8) else { return false }
        let text = String(decoding: line.drop { $0 == .asterisk || $0 == .space }, as: UTF8.self)
        if text.hasPrefix("Update File: ") {
            sections.append(Section(path: Self.trimmed(text.dropFirst("Update File: ".count))))
        } else if text.hasPrefix("Add File: ") || text.hasPrefix("Delete File: ") {
            sections.append(Section())
        }
        return true
    }

    /// `diff --git a/a b/a`, `--- a/a` and behind it `+++ b/a`, `@@ -1,2 +1,2 @@`
    private mutating func takeHeader(_ line: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> Bool {
        if line.starts(with: "--- ".utf8), next.starts(with: "+++ ".utf8) {
            let path = Self.trimmed(String(decoding: line.dropFirst(4), as: UTF8.self)[...])
            let parts = path.split(separator: "/", maxSplits: 1)
            // Git puts a letter ahead of the path.
            sections.append(Section(path: parts.count == 2 && parts[0] == "a" ? String(parts[1]) : path))
            return true
        }
        if line.starts(with: "@@ ".utf8) {
            addHunk()
            return true
        }
        let isMade = sections.last?.hunks.isEmpty ?? true
        return isMade && line.first != .space && line.first != UInt8(ascii: "-")
            || line.starts(with: "diff --git ".utf8)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private mutating func addHunk() {
        if sections.isEmpty { sections.append(Section()) }
        sections[sections.count - 1].hunks.append(Hunk())
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        var isNew = sections.last?.hunks.isEmpty ?? true
        if line.starts(with: "@@".utf8), let last = sections.last?.hunks.last {
            isNew = isNew || !last.old.isEmpty || !last.new.isEmpty
        }
        if isNew { addHunk() }
        let section = sections.count - 1
        let hunk = sections[section].hunks.count - 1
        let rest = Array(line.dropFirst())
        switch line.first {
        case plus:
            sections[section].hunks[hunk].new.append(rest)
            sections[section].hunks[hunk].added.append(rest)
        case minus: sections[section].hunks[hunk].old.append(rest)
        case .space:
            sections[section].hunks[hunk].old.append(rest)
            sections[section].hunks[hunk].new.append(rest)
        case .atSign where line.count > 3: sections[section].hunks[hunk].anchors.append(Array(line.dropFirst(3)))
        default: break
        }
    }

    // MARK: Places

    /// Where it puts what: in the file, where that has what the patch says.
    ///
    /// - Parameter content: Of a file.
    func places(content: (String) -> [UInt8]?) -> [AgentEdit.Place] {
        sections.flatMap { section in
            var lines = section.path.flatMap(content).map {
                $0.split(separator: .lineFeed, omittingEmptySubsequences: false).map { Array($0) }
            }
            return section.hunks.compactMap { hunk in
                hunk.added.isEmpty ? nil : Self.place(hunk, in: &lines)
            }
        }
    }

    private static func place(_ hunk: Hunk, in lines: inout [[UInt8]]?) -> AgentEdit.Place {
        func text(_ lines: some Sequence<[UInt8]>) -> [UInt8] { lines.flatMap { $0 + [.lineFeed] } }
        guard let all = lines, let range = range(of: hunk, in: all) else {
            return AgentEdit.Place(before: text(hunk.old), after: text(hunk.new), new: text(hunk.added))
        }
        let ahead = all[max(0, range.lowerBound - AgentEdit.lineCount)..<range.lowerBound]
        let behind = all[range.upperBound..<min(all.count, range.upperBound + AgentEdit.lineCount)]
        lines?.replaceSubrange(range, with: hunk.new)
        return AgentEdit.Place(
            before: text(ahead + all[range] + behind), after: text(ahead + hunk.new + behind), new: text(hunk.added))
    }

    /// Where the lines stand that go; where none goes, the place behind those by which it is found.
    private static func range(of hunk: Hunk, in lines: [[UInt8]]) -> Range<Int>? {
        func same(_ left: [UInt8], _ right: [UInt8]) -> Bool {
            left == right || left.filter { !$0.isSpace }.elementsEqual(right.filter { !$0.isSpace })
        }
        var start = 0
        for anchor in hunk.anchors {
            guard let found = lines[start...].firstIndex(where: { same($0, anchor) }) else { return nil }
            start = found + 1
        }
        if hunk.old.isEmpty { return hunk.anchors.isEmpty ? lines.count..<lines.count : start..<start }
        guard lines.count - hunk.old.count >= start else { return nil }
        return (start...(lines.count - hunk.old.count)).first { position in
            zip(lines[position...], hunk.old).allSatisfy(same)
        }.map { $0..<$0 + hunk.old.count }
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == .space || self == .tab || self == .carriageReturn }
}

import Bytes
import FoundationEssentials
import Platform

/// What a tool that edits files takes away, and what it puts in its place.
///
/// The model knows what it takes away, and an edit that takes a key out of a file must not be stopped. That holds for the tools
/// that clients themselves have for it, before they run: of anything else such a member is a text like others.
struct AgentEdit {
    /// A part of a file before and after an edit.
    struct Place {
        var before: [UInt8]
        var after: [UInt8]
        /// What of it is new.
        var new: [UInt8]
    }

    /// Where texts begin in the event that are taken away.
    private(set) var taken: Set<Int> = []
    /// Where texts begin that hold both what goes and what comes, with what comes at its place.
    private(set) var searched: [Int: [UInt8]] = [:]
    private(set) var places: [Place] = []

    /// - Parameter path: The file that is edited.
    /// - Returns: `nil` for what is no edit.
    init?(_ input: JSONNode, tool: String, path: String?) {
        let name = Self.plain(tool)
        guard Self.editors.contains(name) || name == Self.patcher, input.kind == .object || input.kind == .array else {
            return nil
        }
        if name == Self.patcher {
            for member in input.members where Self.patchNames.contains(member.name) { takePatch(member.value) }
        } else {
            takeEdits(input, content: path.flatMap(Self.content))
        }
    }

    private static func plain(_ tool: String) -> String { tool.lowercased().filter { $0 != "_" && $0 != "-" } }

    /// As the clients call them, in small letters alone.
    private static let editors: Set<String> = [
        "edit", "multiedit", "strreplaceeditor", "strreplacebasededittool", "strreplace", "replace",
        "searchreplace", "editfile", "replacestringinfile", "multireplacestringinfile",
    ]
    private static let patcher = "applypatch"
    private static let patchNames: Set<String> = ["command", "input", "patch"]
    private static let oldNames = ["old_string", "oldString", "old_str", "old_text", "oldText"]
    private static let newNames = ["new_string", "newString", "new_str", "new_text", "newText"]

    // MARK: Texts that are replaced

    private mutating func takeEdits(_ input: JSONNode, content: [UInt8]?) {
        var content = content
        let lists = ["edits", "replacements"].flatMap { input[name: $0]?.elements ?? [] }
        for edit in [input] + lists + input.elements {
            let old = Self.oldNames.lazy.compactMap { edit[name: $0] }.first
            let new = Self.newNames.lazy.compactMap { edit[name: $0]?.text }.first
            guard let old, let text = old.text else { continue }
            taken.insert(old.range.lowerBound)
            replace(Array(text.utf8), by: Array((new ?? "").utf8), in: &content)
        }
        // Mistral Vibe tells both in one text.
        if let node = input[name: "content"], let text = node.text { takeBlocks(node, Array(text.utf8), &content) }
    }

    private mutating func replace(_ old: [UInt8], by new: [UInt8], in content: inout [UInt8]?) {
        guard let before = content, !new.isEmpty, let range = Self.firstRange(of: old, in: before) else { return }
        let start = Self.edge(range.lowerBound, in: before, isStart: true)
        let end = Self.edge(range.upperBound, in: before, isStart: false)
        places.append(
            Place(
                before: Array(before[start..<end]),
                after: before[start..<range.lowerBound] + new + before[range.upperBound..<end], new: new))
        content?.replaceSubrange(range, with: new)
    }

    private static func firstRange(of bytes: [UInt8], in text: [UInt8]) -> Range<Int>? {
        guard let first = bytes.first else { return nil }
        return text.withUnsafeBytes { buffer in
            var position = 0
            while let start = buffer.first(first, from: position) {
                if buffer[start...].starts(with: bytes) { return start..<start + bytes.count }
                position = start + 1
            }
            return nil
        }
    }

    /// What says whose a value is stands near it.
    private static let lineCount = 40

    private static func edge(_ position: Int, in text: [UInt8], isStart: Bool) -> Int {
        var (position, count) = (position, 0)
        while isStart ? position > 0 : position < text.count {
            if text[isStart ? position - 1 : position] == .lineFeed {
                count += 1
                if count > lineCount { break }
            }
            position += isStart ? -1 : 1
        }
        return position
    }

    /// `<<<<<<< SEARCH`, what goes, `=======`, what comes, `>>>>>>> REPLACE`.
    private mutating func takeBlocks(_ node: JSONNode, _ text: [UInt8], _ content: inout [UInt8]?) {
        var isOld = false
        var (old, new): ([ArraySlice<UInt8>], [ArraySlice<UInt8>]) = ([], [])
        var lines: [[UInt8]] = []
        for line in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            if line.starts(with: "<<<<<<< SEARCH".utf8) {
                (isOld, old, new) = (true, [], [])
            } else if isOld, line.starts(with: "=======".utf8) {
                isOld = false
            } else if line.starts(with: ">>>>>>> REPLACE".utf8) {
                replace(
                    Array(old.joined(separator: [.lineFeed])), by: Array(new.joined(separator: [.lineFeed])),
                    in: &content)
            } else if isOld {
                old.append(line)
            } else {
                new.append(line)
            }
            lines.append(isOld ? Self.blank(line) : Array(line))
        }
        // What does not end takes nothing away.
        guard !isOld else { return }
        searched[node.range.lowerBound] = Array(lines.joined(separator: [.lineFeed]))
    }

    /// As long as it was: what is masked is masked in the whole text.
    private static func blank(_ line: ArraySlice<UInt8>) -> [UInt8] { [UInt8](repeating: .space, count: line.count) }

    /// Larger files are not read for a client that waits.
    private static let maximumSize = 4 << 20

    private static func content(_ path: String) -> [UInt8]? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= maximumSize else {
            return nil
        }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }

    // MARK: Patches

    private mutating func takePatch(_ node: JSONNode) {
        guard let text = node.text.map({ Array($0.utf8) }),
            text.drop(while: { $0 == .space || $0 == .lineFeed }).starts(with: "*** Begin Patch".utf8)
        else { return }
        var lines: [[UInt8]] = []
        var place = Place(before: [], after: [], new: [])
        for line in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            lines.append(line.first == .plus ? Array(line) : Self.blank(line))
            let rest = line.dropFirst() + [.lineFeed]
            switch line.first {
            case .plus:
                place.after += rest
                place.new += rest
            case UInt8(ascii: "-"): place.before += rest
            case .space:
                place.before += rest
                place.after += rest
            case .asterisk:
                if !place.new.isEmpty { places.append(place) }
                place = Place(before: [], after: [], new: [])
            default: break
            }
        }
        if !place.new.isEmpty { places.append(place) }
        searched[node.range.lowerBound] = Array(lines.joined(separator: [.lineFeed]))
    }
}

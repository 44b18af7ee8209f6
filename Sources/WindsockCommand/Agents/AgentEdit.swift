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

    /// Whether it has been made: then the file has what comes.
    private let isDone: Bool

    /// - Parameters:
    ///   - input: What the tool is given.
    ///   - event: A call of a tool that is about to be made, or an edit that was.
    /// - Returns: `nil` for what is no edit.
    init?(_ input: JSONNode, of event: AgentEvent) {
        guard event.moment == .beforeTool || event.moment == .afterEdit else { return nil }
        isDone = event.moment == .afterEdit
        let isEdit = isDone || Self.editors.contains(event.plainTool)
        if isEdit, input.kind == .object || input.kind == .array { takeEdits(input, path: event.path) }
        if !isDone {
            for text in [input] + ["command", "cmd", "script", "input", "patch"].compactMap({ input[name: $0] }) {
                takePatches(text, isPatch: event.plainTool == Self.patcher, in: event.commandFolder)
            }
        }
        if !isEdit, searched.isEmpty { return nil }
    }

    /// As the clients call them, in small letters alone.
    private static let editors: Set<String> = [
        "edit", "multiedit", "strreplaceeditor", "strreplacebasededittool", "strreplace", "replace",
        "searchreplace", "editfile", "replacestringinfile", "multireplacestringinfile",
    ]
    private static let patcher = "applypatch"
    private static let oldNames = ["old_string", "oldString", "old_str", "old_text", "oldText"]
    private static let everywhereNames = ["replace_all", "replaceAll", "allow_multiple", "allowMultiple"]
    private static let newNames = ["new_string", "newString", "new_str", "new_text", "newText"]

    // MARK: Texts that are replaced

    private mutating func takeEdits(_ input: JSONNode, path: String?) {
        var contents: [String: [UInt8]] = [:]
        let lists = ["edits", "replacements"].flatMap { input[name: $0]?.elements ?? [] }
        for edit in [input] + lists + input.elements {
            let old = Self.oldNames.lazy.compactMap { edit[name: $0] }.first
            let new = Self.newNames.lazy.compactMap { edit[name: $0]?.text }.first
            guard let old, let text = old.text else { continue }
            taken.insert(old.range.lowerBound)
            let isEverywhere = Self.everywhereNames.contains { edit[name: $0]?.kind == .yes }
            change(
                AgentEvent.path(in: edit) ?? path, &contents, Array(text.utf8), by: Array((new ?? "").utf8),
                everywhere: isEverywhere)
        }
        // Mistral Vibe tells both in one text.
        if let node = input[name: "content"], let text = node.text {
            takeBlocks(node, Array(text.utf8), path, &contents)
        }
    }

    private mutating func change(
        _ path: String?, _ contents: inout [String: [UInt8]], _ old: [UInt8], by new: [UInt8],
        everywhere isEverywhere: Bool = false
    ) {
        guard let path, let content = contents[path] ?? Self.content(path), !new.isEmpty else { return }
        contents[path] = content
        var ranges: [Range<Int>] = []
        while ranges.count < (isEverywhere ? Self.maximumCount : 1),
            let range = Self.firstRange(of: isDone ? new : old, in: content, from: ranges.last?.upperBound ?? 0)
        {
            ranges.append(range)
        }
        for range in ranges {
            let start = Self.edge(range.lowerBound, in: content, isStart: true)
            let end = Self.edge(range.upperBound, in: content, isStart: false)
            let (ahead, behind) = (content[start..<range.lowerBound], content[range.upperBound..<end])
            places.append(Place(before: ahead + old + behind, after: ahead + new + behind, new: new))
        }
        if !isDone { for range in ranges.reversed() { contents[path]?.replaceSubrange(range, with: new) } }
    }

    /// More places of one text are not looked at for a client that waits.
    private static let maximumCount = 200

    private static func firstRange(of bytes: [UInt8], in text: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = bytes.first else { return nil }
        return text.withUnsafeBytes { buffer in
            var position = start
            while let start = buffer.first(first, from: position) {
                if buffer[start...].starts(with: bytes) { return start..<start + bytes.count }
                position = start + 1
            }
            return nil
        }
    }

    /// What says whose a value is stands near it.
    static let lineCount = 40

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
    private mutating func takeBlocks(
        _ node: JSONNode, _ text: [UInt8], _ path: String?, _ contents: inout [String: [UInt8]]
    ) {
        var isOld = false
        var (old, new): ([ArraySlice<UInt8>], [ArraySlice<UInt8>]) = ([], [])
        var lines: [[UInt8]] = []
        for line in text.split(separator: .lineFeed, omittingEmptySubsequences: false) {
            if line.starts(with: "<<<<<<< SEARCH".utf8) {
                (isOld, old, new) = (true, [], [])
            } else if isOld, line.starts(with: "=======".utf8) {
                isOld = false
            } else if line.starts(with: ">>>>>>> REPLACE".utf8) {
                change(
                    path, &contents, Array(old.joined(separator: [.lineFeed])),
                    by: Array(new.joined(separator: [.lineFeed])))
            } else if isOld {
                old.append(line)
            } else {
                new.append(line)
            }
            lines.append(isOld ? AgentPatch.blank(line) : Array(line))
        }
        // What does not end takes nothing away.
        guard !isOld else { return }
        searched[node.range.lowerBound] = Array(lines.joined(separator: [.lineFeed]))
    }

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

    /// Patches that a tool is given, or a program in a shell's script.
    private mutating func takePatches(_ node: JSONNode, isPatch: Bool, in folder: String) {
        let elements = node.elements
        let isPatcher = elements.first?.text.map(ShellCall.name).map(Self.patchers.contains) ?? false
        for element in elements.isEmpty ? [node] : elements {
            guard let text = element.text, text.utf8.count >= Self.minimumCount else { continue }
            if isPatch || isPatcher, let patch = AgentPatch(Array(text.utf8)) {
                searched[element.range.lowerBound] = patch.searched
                places += patch.places(content: Self.content)
            } else {
                takeScript(element, text, in: folder)
            }
        }
    }

    /// Shorter texts are no patches.
    private static let minimumCount = 16
    private static let patchers: Set<String> = ["apply_patch", "applypatch"]

    private mutating func takeScript(_ node: JSONNode, _ script: String, in folder: String) {
        guard ["*** Begin Patch", "\n--- "].contains(where: script.contains) else { return }
        var bytes = Array(script.utf8)
        for call in ShellWalk.calls(script, in: folder) where Self.applies(call) {
            // What is replaced in a text is run, and no part of a patch.
            let documents = call.redirections.compactMap(\.document)
                .filter { $0.isLiteral || !$0.text.contains("$") && !$0.text.contains("`") }.map(\.text)
            for text in documents + call.arguments.filter(\.isKnown).map(\.text) {
                let isReversed = call.arguments.contains { ["-R", "--reverse"].contains($0.text) }
                guard let patch = AgentPatch(Array(text.utf8), isReversed: isReversed),
                    let range = Self.firstRange(of: Array(text.utf8), in: bytes, from: 0)
                else { continue }
                bytes.replaceSubrange(range, with: patch.searched)
                places += patch.places { Self.content(call.place.path($0, home: nil)) }
                searched[node.range.lowerBound] = bytes
            }
        }
    }

    private static func applies(_ call: ShellCall) -> Bool {
        patchers.contains(call.program) || call.program == "patch"
            || call.program == "git" && GitCall(call)?.name == "apply"
    }
}

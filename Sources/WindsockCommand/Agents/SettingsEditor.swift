import Bytes

/// Puts hooks into a file of settings in JSON and takes them out again, and leaves everything else as it is: order, spaces,
/// comments.
struct SettingsEditor {
    /// What is put in.
    let hooks: AgentHooks

    /// Why a file is left alone, in words that follow its name.
    struct Refusal: Error, Equatable { var reason: String }

    // MARK: In

    /// The file with the hooks in it.
    ///
    /// - Parameter text: The file; `nil`: there is none. What is there of ours is taken out first.
    func installed(in text: String?) throws(Refusal) -> String {
        guard var text, !text.isEmpty else {
            // Without a line's end at its own: that there was an empty file can be told from that there was none.
            return SettingsStyle().text(hooks.settings, depth: 0) + (text == nil ? "\n" : "")
        }
        if Self.isBlank(text) {
            // A comment may want the end of its line.
            let hasEnd = text.utf8.last == .lineFeed || text.allSatisfy(\.isWhitespace) || text == "\u{feff}"
            return text + (hasEnd ? "" : "\n") + SettingsStyle().text(hooks.settings, depth: 0)
        }
        let document = try read(text)
        try check(document)
        let style = SettingsStyle(of: document)
        guard document.root[name: "hooks"] != nil else {
            text = inserting(hooks.value, key: "hooks", into: document.root, text, style, depth: 0)
            guard hooks.hasVersion, document.root[name: "version"] == nil else { return text }
            // Behind the hooks: what somebody has written himself stands ahead of them.
            return inserting(.number(1), key: "version", into: try read(text).root, text, style, depth: 0)
        }
        for event in hooks.events {
            guard let object = try read(text).root[name: "hooks"] else { break }
            if let list = object[name: event.name] {
                text = appending(event.entry, to: list, text, style)
            } else {
                text = inserting(.array([event.entry]), key: event.name, into: object, text, style, depth: 1)
            }
        }
        return text
    }

    /// Whether there is no value yet: only spaces, and comments.
    private static func isBlank(_ text: String) -> Bool {
        do throws(JSONProblem) {
            let root = try JSONDocument(Array("\(text)\n0".utf8), dialect: .commented).root
            return root.range.lowerBound == text.utf8.count + 1
        } catch {
            return false
        }
    }

    /// What is of another shape is not understood, and so not changed.
    private func check(_ document: JSONDocument) throws(Refusal) {
        let root = document.root
        guard root.kind == .object else { throw Refusal(reason: "is no object") }
        let names = root.members.map(\.name)
        guard names.count(where: { $0 == "hooks" }) < 2 else { throw Refusal(reason: "has hooks twice") }
        guard let object = root[name: "hooks"] else { return }
        guard object.kind == .object else { throw Refusal(reason: "has something else than an object in hooks") }
        guard !hooks.hasVersion || root[name: "version"] != nil else {
            throw Refusal(
                reason: "has hooks and no version, so that its client runs none of them; write \"version\": 1 into it")
        }
        for event in hooks.events {
            let members = object.members.filter { $0.name == event.name }
            guard members.count < 2 else { throw Refusal(reason: "has hooks.\(event.name) twice") }
            guard members.allSatisfy({ $0.value.kind == .array }) else {
                throw Refusal(reason: "has something else than a list in hooks.\(event.name)")
            }
        }
    }

    private func read(_ text: String) throws(Refusal) -> JSONDocument {
        do throws(JSONProblem) {
            return try JSONDocument(Array(text.utf8), dialect: .commented)
        } catch {
            throw Refusal(reason: "is no JSON (\(error))")
        }
    }

    private func inserting(
        _ value: SettingsValue, key: String, into object: JSONNode, _ text: String, _ style: SettingsStyle, depth: Int
    ) -> String {
        let name = JSONDocument.quoted(key)
        if let last = object.members.last {
            let space = style.isOneLine ? " " : style.line(depth + 1)
            let written = "\(name): \(style.text(value, depth: depth + 1))"
            return Self.inserting("," + space + written, at: last.range.upperBound, text)
        }
        // What somebody has left empty is filled on one line: so it can be told, when it is taken out, from what we have made.
        return Self.inserting("\(name): \(value.compact)", at: object.range.lowerBound + 1, text)
    }

    private func appending(
        _ value: SettingsValue, to list: JSONNode, _ text: String, _ style: SettingsStyle
    ) -> String {
        guard let last = list.elements.last else {
            return Self.inserting(value.compact, at: list.range.lowerBound + 1, text)
        }
        let space = style.isOneLine ? " " : style.line(3)
        return Self.inserting("," + space + style.text(value, depth: 3), at: last.range.upperBound, text)
    }

    private static func inserting(_ new: String, at position: Int, _ text: String) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: bytes[..<position] + Array(new.utf8) + bytes[position...], as: UTF8.self)
    }

    // MARK: Out

    /// What uninstalling leaves.
    enum Rest: Equatable {
        /// The file did not run windsock.
        case untouched
        /// The file was made for it.
        case nothing
        case text(String)
    }

    /// The file without the hooks: as it was before, where nobody has changed it since.
    func removed(from text: String) throws(Refusal) -> Rest {
        let document = try read(text)
        guard document.root.members.contains(where: { $0.name == "hooks" && holdsOurs($0.value) }) else {
            return .untouched
        }
        let entriesOut = try withoutEntries(text)
        // Which of the containers were ours shows where putting in gives what is there.
        for before in try candidates(entriesOut) {
            do throws(Refusal) {
                guard try installed(in: before) == text else { continue }
                return before.map { .text($0) } ?? .nothing
            } catch {
                continue
            }
        }
        let rest = try withoutEmpty(entriesOut, Set(hooks.events.map(\.name)), dropsHooks: true)
        return .text(rest)
    }

    private func candidates(_ text: String) throws(Refusal) -> [String?] {
        var result: [String?] = [nil, ""]
        // What stood there before there was a value.
        let ahead = try read(text).root.range.lowerBound
        if ahead > 0 {
            let prefix = String(decoding: text.utf8.prefix(ahead), as: UTF8.self)
            result += [prefix, String(prefix.unicodeScalars.dropLast())]
        }
        let names = hooks.events.map(\.name)
        for mask in 0..<(1 << names.count) {
            let kept = Set(names.indices.filter { mask & (1 << $0) != 0 }.map { names[$0] })
            for dropsHooks in [true, false] {
                let rest = try withoutEmpty(text, Set(names).subtracting(kept), dropsHooks: dropsHooks)
                result.append(rest)
                if hooks.hasVersion { result.append(try withoutMember("version", of: [], in: rest)) }
            }
        }
        return result
    }

    private func withoutEntries(_ text: String) throws(Refusal) -> String {
        var text = text
        while let ranges = try nextEntry(in: text) { text = Array(text.utf8).without(ranges) }
        return text
    }

    private func nextEntry(in text: String) throws(Refusal) -> [Range<Int>]? {
        let document = try read(text)
        guard let object = document.root[name: "hooks"] else { return nil }
        for event in object.members {
            if let ranges = entry(in: event.value, document) { return ranges }
        }
        return nil
    }

    /// An entry of ours in a list, or in a group of one: with the comma that it came with.
    private func entry(in list: JSONNode, _ document: JSONDocument) -> [Range<Int>]? {
        let elements = list.elements
        for (number, element) in elements.enumerated() {
            let group = element[name: "hooks"]
            let isOurs = group.map { !$0.elements.isEmpty && $0.elements.allSatisfy(isEntry) } ?? isEntry(element)
            if isOurs {
                return Self.removal(elements.map(\.range), number, in: list, document)
            }
            if let group, let ranges = entry(in: group, document) { return ranges }
        }
        return nil
    }

    private func isEntry(_ node: JSONNode) -> Bool {
        node.members.contains { member in member.value.text.map(hooks.isOurs) ?? false }
    }

    private func holdsOurs(_ object: JSONNode) -> Bool {
        object.members.contains { event in
            event.value.elements.contains {
                isEntry($0) || $0[name: "hooks"]?.elements.contains(where: isEntry) == true
            }
        }
    }

    private func withoutEmpty(
        _ text: String, _ names: Set<String>, dropsHooks: Bool
    ) throws(Refusal) -> String {
        var text = text
        for name in names.sorted() {
            let object = try read(text).root[name: "hooks"]
            guard let list = object?[name: name], list.kind == .array, list.elements.isEmpty else { continue }
            text = try withoutMember(name, of: ["hooks"], in: text)
        }
        guard dropsHooks, let object = try read(text).root[name: "hooks"], object.members.isEmpty else { return text }
        return try withoutMember("hooks", of: [], in: text)
    }

    private func withoutMember(_ name: String, of path: [String], in text: String) throws(Refusal) -> String {
        let document = try read(text)
        var object = document.root
        for key in path {
            guard let next = object[name: key] else { return text }
            object = next
        }
        let members = object.members
        guard let number = members.lastIndex(where: { $0.name == name }) else { return text }
        return document.bytes.without(Self.removal(members.map(\.range), number, in: object, document))
    }

    /// What goes with a part of a list: the comma ahead of it, or else the one behind it.
    private static func removal(
        _ ranges: [Range<Int>], _ number: Int, in container: JSONNode, _ document: JSONDocument
    ) -> [Range<Int>] {
        let own = ranges[number]
        if number > 0 {
            let gap = ranges[number - 1].upperBound..<own.lowerBound
            if !document.bytes[gap].contains(.slash) { return [gap.lowerBound..<own.upperBound] }
        }
        if number + 1 < ranges.count { return [own.lowerBound..<ranges[number + 1].lowerBound] }
        let comma = comma(behind: own.upperBound, in: document.bytes).map { [$0..<$0 + 1] } ?? []
        // A comment that somebody has put there stays, and with it the comma: where there are comments that is allowed.
        if number > 0 { return [own] + comma }
        return [container.range.lowerBound + 1..<own.upperBound] + comma
    }

    /// Where a comma stands behind a part, which by itself is nothing.
    private static func comma(behind end: Int, in bytes: [UInt8]) -> Int? {
        var position = end
        while position < bytes.count {
            if bytes[position...].starts(with: "//".utf8) {
                position = bytes[position...].firstIndex(of: .lineFeed) ?? bytes.count
            } else if bytes[position...].starts(with: "/*".utf8) {
                position += 2
                while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
                position = min(position + 2, bytes.count)
            } else if [.space, .tab, .lineFeed, .carriageReturn].contains(bytes[position]) {
                position += 1
            } else {
                return bytes[position] == .comma ? position : nil
            }
        }
        return nil
    }
}

extension [UInt8] {
    /// Without some ranges, which are in order.
    fileprivate func without(_ ranges: [Range<Int>]) -> String {
        var bytes = self
        for range in ranges.reversed() { bytes.removeSubrange(range) }
        return String(decoding: bytes, as: UTF8.self)
    }
}

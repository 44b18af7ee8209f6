/// Lines of a YAML text in block style, so that some are added and everything else stays as somebody wrote it.
struct YAMLOutline {
    private(set) var lines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// The line of a mapping's key.
    ///
    /// - Parameter parent: The line of the key whose value the mapping is; `nil`: the outermost mapping.
    func line(of key: String, in parent: Int? = nil) -> Int? {
        guard let width = parent.map(childIndentation) ?? 0 else { return nil }
        return children(of: parent).first { index in
            let line = lines[index]
            guard Self.indentation(line) == width else { return false }
            let name = line.dropFirst(width)
            return [key, "\"\(key)\"", "'\(key)'"].contains { name.hasPrefix($0 + ":") }
        }
    }

    /// Whether a key's value stands in the lines below it, in block style: what can be added to.
    func isBlock(_ index: Int) -> Bool {
        guard let colon = lines[index].firstIndex(of: ":") else { return false }
        let rest = lines[index][colon...].dropFirst().drop(while: \.isWhitespace)
        guard rest.isEmpty || rest.hasPrefix("#"), let first = children(of: index).first(where: isContent) else {
            return false
        }
        let child = lines[first].drop(while: \.isWhitespace)
        return !child.hasPrefix("{") && !child.hasPrefix("[") && !child.hasPrefix("<<")
    }

    /// How far what is below a key is indented; `nil` if there is nothing. A list may stand as far left as its key.
    func childIndentation(_ parent: Int) -> Int? {
        children(of: parent).first(where: isContent).map { Self.indentation(lines[$0]) }
    }

    mutating func insert(_ new: [String], at index: Int) { lines.insert(contentsOf: new, at: index) }

    private func isContent(_ index: Int) -> Bool {
        let rest = lines[index].drop(while: \.isWhitespace)
        return !rest.isEmpty && !rest.hasPrefix("#")
    }

    private func children(of parent: Int?) -> Range<Int> {
        guard let parent else { return lines.indices }
        let width = Self.indentation(lines[parent])
        let end = lines[(parent + 1)...].indices.first { index in
            guard isContent(index) else { return false }
            let own = Self.indentation(lines[index])
            return own < width || own == width && !lines[index].dropFirst(width).hasPrefix("-")
        }
        return parent + 1..<(end ?? lines.count)
    }

    static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }
}

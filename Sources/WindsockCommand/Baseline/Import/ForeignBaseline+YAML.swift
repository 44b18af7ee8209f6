import ScanSources

/// What is read of the YAML that other scanners write: lists of texts, and of mappings with texts.
extension ForeignBaseline {
    /// One element of a list, under the key that the list stands under.
    struct Element {
        var key: String
        /// A text by itself has the name "".
        var members: [String: String] = [:]
    }

    /// The elements of all lists in block style, in order.
    static func elements(ofYAML text: String) -> [Element] {
        var elements: [Element] = []
        var key = ""
        /// How far the members of the last element are indented; `nil`: no element is open.
        var inner: Int?
        for line in text.split(whereSeparator: \.isNewline) {
            let indentation = line.prefix { $0 == " " }.count
            var rest = line.dropFirst(indentation)
            if rest.isEmpty || rest.hasPrefix("#") { continue }
            if rest.hasPrefix("- ") || rest == "-" {
                let dashes = rest.dropFirst().prefix { $0 == " " }.count + 1
                rest = rest.dropFirst(dashes)
                inner = indentation + dashes
                elements.append(Element(key: key))
                note(rest, in: &elements)
            } else if let open = inner, indentation >= open {
                note(rest, in: &elements)
            } else {
                inner = nil
                key = pair(rest)?.name ?? key
            }
        }
        return elements
    }

    private static func note(_ text: Substring, in elements: inout [Element]) {
        let last = elements.count - 1
        if let (name, value) = pair(text) {
            elements[last].members[name] = value
        } else if !text.isEmpty {
            elements[last].members[""] = scalar(text)
        }
    }

    /// `name: value`, where the name is a word.
    private static func pair(_ text: Substring) -> (name: String, value: String)? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon]
        let rest = text[text.index(after: colon)...]
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }),
            rest.isEmpty || rest.first == " "
        else { return nil }
        return (String(name), scalar(rest.trimmingBlanks()))
    }

    /// A text without its quotes, or a comment behind it.
    private static func scalar(_ text: Substring) -> String {
        for quote in ["'", "\""] where text.hasPrefix(quote) {
            let content = text.dropFirst()
            if let end = content.lastIndex(of: Character(quote)) {
                let inside = String(content[..<end])
                return quote == "'" ? inside.replacing("''", with: "'") : inside.replacing("\\\"", with: "\"")
            }
        }
        if let comment = text.firstRange(of: " #") { return String(text[..<comment.lowerBound].trimmingBlanks()) }
        return String(text)
    }

    /// Its fingerprints are hashes that only it can make: the place tells what is meant.
    mutating func readKingfisher(_ text: String) {
        for element in Self.elements(ofYAML: text) {
            guard var path = element.members["filepath"] else { continue }
            while path.hasSuffix("/") { path.removeLast() }
            let line = element.members["linenum"].flatMap { Int($0) }
            claims.append(Claim(path: path, line: line, shown: "\(path):\(line ?? 0)"))
        }
    }

    mutating func readGitGuardian(_ text: String) {
        for element in Self.elements(ofYAML: text) {
            let value = element.members["match"] ?? element.members[""]
            switch element.key.replacing("-", with: "_") {
            case "ignored_matches", "matches_ignore":
                guard let value, !value.isEmpty else { continue }
                let name = element.members["name"] ?? ""
                let isHash = Self.isSHA256(value)
                claims.append(
                    Claim(
                        value: isHash ? .sha256(value.lowercased()) : .text(value), reason: name,
                        shown:
                            "\(name.isEmpty ? "a match without a name" : name)\(isHash ? " (\(value.prefix(12))…)" : "")"
                    ))
            case "ignored_paths", "paths_ignore":
                guard let value else { continue }
                guard PathGlob.objection(to: value) == nil, let glob = PathGlob(value) else {
                    untranslated.append("the path pattern \(value)")
                    continue
                }
                claims.append(Claim(pathPattern: .glob(glob), shown: value))
            case "ignored_detectors", "banlisted_detectors":
                untranslated.append("the detector \(value ?? "?"), which is a set of rules there")
            default: break
            }
        }
    }
}

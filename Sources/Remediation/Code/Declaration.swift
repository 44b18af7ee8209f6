import Bytes

/// What has to change around a literal so that something may be looked up there, or why nothing may.
enum Declaration {
    case fits
    /// Words that ask for a constant give way.
    case changed([Edit])
    case refused(String)

    private static let types: Set<String> = [
        "class", "struct", "record", "interface", "enum", "trait", "object", "impl", "protocol", "extension", "actor",
    ]
    private static let constant = "what is looked up is no constant, and this place wants one"

    init(_ place: CodePlace, _ language: Language) {
        let words = place.words
        switch language {
        case .go: self = Self.go(place, words)
        case .csharp: self = Self.csharp(place, words)
        case .kotlin: self = Self.kotlin(place, words)
        case .dart: self = Self.dart(place, words)
        case .php: self = Self.php(place, words)
        case .rust: self = Self.rust(place, words)
        case .java, .groovy, .scala: self = Self.jvm(place, words)
        case .c, .cpp: self = Self.c(place, words, isCPP: language == .cpp)
        case .swift: self = Self.swift(place, words)
        case .typescript, .javascript: self = Self.javascript(place, words)
        case .elixir:
            self =
                place.head(before: place.token.range.lowerBound).text.hasPrefix("@")
                ? .refused("an attribute of a module is read when it is compiled; read it in config/runtime.exs")
                : .fits
        case .powershell:
            self =
                place.openers.last?.byte == .leftParenthesis && Self.isAttribute(place)
                ? .refused(Self.constant) : .fits
        case .python: self = Self.python(place, words)
        case .ruby, .perl, .lua, .r, .julia: self = .fits
        }
    }

    private static func isAttribute(_ place: CodePlace) -> Bool {
        guard let last = place.openers.dropLast().last else { return false }
        return last.byte == .leftBracket
    }

    private static func python(_ place: CodePlace, _ words: [String]) -> Declaration {
        // `case "…":`, and not a variable of that name.
        guard words.first == "case", let next = place.codeBehind(place.token.range.upperBound) else { return .fits }
        let isPattern = [.colon, .verticalBar, .comma].contains(place.source.bytes[next]) && place.openers.isEmpty
        return isPattern ? .refused("a pattern takes constants only") : .fits
    }

    private static func go(_ place: CodePlace, _ words: [String]) -> Declaration {
        if let open = place.openers.last, open.byte == .leftParenthesis, place.callee(before: open.index) == "const" {
            return .refused("it stands in a block of constants; move it into a `var` of its own")
        }
        return words.first == "const" ? replacing("const", by: "var", place) : .fits
    }

    private static func csharp(_ place: CodePlace, _ words: [String]) -> Declaration {
        if words.first == "case" { return .refused(constant) }
        if let open = place.openers.last, open.byte == .leftBracket,
            place.head(before: open.index).text.isEmpty || place.isMember(ofTypesCalled: types)
        {
            return .refused("an attribute takes constants only")
        }
        if let open = place.openers.last, open.byte == .leftParenthesis {
            if let bracket = place.openers.dropLast().last, bracket.byte == .leftBracket,
                place.head(before: bracket.index).text.isEmpty
            {
                return .refused("an attribute takes constants only")
            }
            if isDefault(place, open) { return .refused("the default of a parameter has to be a constant") }
        }
        guard words.contains("const") else { return .fits }
        return replacing("const", by: place.isMember(ofTypesCalled: types) ? "static readonly" : "", place)
    }

    /// Whether the literal is the default of a parameter in the declaration of a method.
    private static func isDefault(_ place: CodePlace, _ open: CodePlace.Opener) -> Bool {
        guard let before = place.codeBefore(place.token.range.lowerBound),
            place.source.bytes[before] == .equalsSign, let brace = place.openers.last(where: { $0.byte == .leftBrace })
        else { return false }
        let header = place.head(before: brace.index).text.split { !$0.isLetter }.map(String.init)
        return header.contains(where: types.contains)
            && place.head(before: open.index).text.split(separator: " ").count > 1
    }

    private static func kotlin(_ place: CodePlace, _ words: [String]) -> Declaration {
        if place.isInAnnotation { return .refused("an annotation takes constants only") }
        return words.contains("const") ? replacing("const", by: "", place) : .fits
    }

    private static func dart(_ place: CodePlace, _ words: [String]) -> Declaration {
        if place.isInAnnotation { return .refused("an annotation takes constants only") }
        guard words.contains("const") else { return .fits }
        let head = place.head(before: place.token.range.lowerBound).text
        // `const Client('…')` makes a constant of an object.
        guard head.hasSuffix("="), words.first == "const" || words.first == "static" else { return .refused(constant) }
        return replacing("const", by: "final", place)
    }

    private static func php(_ place: CodePlace, _ words: [String]) -> Declaration {
        if let open = place.openers.last, open.byte == .leftParenthesis {
            let words = place.head(before: open.index).text.split(separator: " ")
            if words.contains("function") || words.contains("fn") {
                return .refused("the default of a parameter has to be a constant")
            }
        }
        let isMember = place.isMember(ofTypesCalled: types)
        if words.contains("const") {
            if isMember { return .refused("a constant of a class cannot call a function; make it a static method") }
            return definition(place)
        }
        if isMember { return .refused("the default of a property cannot call a function; set it in the constructor") }
        return .fits
    }

    /// `const NAME = '…'` becomes `define('NAME', …)`.
    private static func definition(_ place: CodePlace) -> Declaration {
        let start = place.head(before: place.token.range.lowerBound).start
        let bytes = place.source.bytes
        let head = bytes.string(start..<place.token.range.lowerBound)
        let parts = head.dropFirst("const".count).split { $0 == " " || $0 == "=" || $0 == "\t" }
        guard head.hasPrefix("const"), parts.count == 1, let name = parts.first,
            let next = place.codeBehind(place.token.range.upperBound), bytes[next] == .semicolon
        else { return .refused(constant) }
        return .changed([
            Edit(start..<place.token.range.lowerBound, "define('\(name)', "),
            Edit(place.token.range.upperBound..<place.token.range.upperBound, ")"),
        ])
    }

    private static func rust(_ place: CodePlace, _ words: [String]) -> Declaration {
        let isParameter = place.openers.last?.byte == .leftParenthesis
        if !isParameter, words.contains("const") || words.contains("static") {
            return .refused(
                "a constant's value is known when it is compiled; read it where it is used, or in a `LazyLock`")
        }
        for open in place.openers where open.byte == .leftParenthesis {
            let callee = place.callee(before: open.index)
            if ["concat!", "env!", "include_str!", "include_bytes!"].contains(callee) {
                return .refused("the macro `\(callee)` takes literals only")
            }
            if callee.hasSuffix("!"), place.codeBefore(place.token.range.lowerBound) == open.index {
                return .refused("the first argument of the macro `\(callee)` has to be a literal")
            }
        }
        if let open = place.openers.last, open.byte == .leftBracket, let before = place.codeBefore(open.index),
            place.source.bytes[before] == .numberSign
        {
            return .refused("an attribute takes literals only")
        }
        if isPattern(place) { return .refused("a pattern takes constants only") }
        return .fits
    }

    /// Whether `=>` stands behind the literal.
    private static func isPattern(_ place: CodePlace) -> Bool {
        place.codeBehind(place.token.range.upperBound).map {
            place.source.bytes.has(Array("=>".utf8), at: $0)
        } ?? false
    }

    private static func jvm(_ place: CodePlace, _ words: [String]) -> Declaration {
        if place.isInAnnotation { return .refused("an annotation takes constants only") }
        if words.first == "case" { return .refused(constant) }
        return .fits
    }

    private static func c(_ place: CodePlace, _ words: [String], isCPP: Bool) -> Declaration {
        let head = place.head(before: place.token.range.lowerBound).text
        if words.first == "case" { return .refused(constant) }
        if words.first == "#include" { return .refused("it is the name of a file that is included") }
        if head.hasSuffix("="), head.contains("[") {
            return .refused("an array of characters is filled from a literal only; make it a pointer")
        }
        if words.first?.hasPrefix("#") == true { return .fits }
        if words.contains("constexpr") || words.contains("constinit") { return .refused(constant) }
        let isInFunction = place.openers.contains {
            $0.byte == .leftBrace && place.head(before: $0.index).text.hasSuffix(")")
        }
        if !isCPP, !isInFunction || words.contains("static") {
            return .refused("what is outside of functions, or static, takes constants only; read it in a function")
        }
        return .fits
    }

    private static func swift(_ place: CodePlace, _ words: [String]) -> Declaration {
        if words.first == "case" { return .refused(constant) }
        return place.isInAnnotation ? .refused("an attribute takes literals only") : .fits
    }

    private static func javascript(_ place: CodePlace, _ words: [String]) -> Declaration {
        if ["import", "from"].contains(words.last ?? "") || words.first == "type" { return .refused(constant) }
        if words.first == "enum" || place.isMember(ofTypesCalled: ["enum"]) {
            return .refused("a member of an enumeration takes constants only")
        }
        if isAttributeOfMarkup(place) {
            return .refused("a component's attribute is in what browsers are handed; let a server make the call")
        }
        let next = place.codeBehind(place.token.range.upperBound)
        let before = place.codeBefore(place.token.range.lowerBound)
        if let next, place.source.bytes[next] == .colon, place.openers.last?.byte == .leftBrace,
            let before, [.leftBrace, .comma].contains(place.source.bytes[before])
        {
            return .refused("it is the name of a property")
        }
        return .fits
    }

    /// `<Client apiKey="…"`
    private static func isAttributeOfMarkup(_ place: CodePlace) -> Bool {
        let (bytes, start) = (place.source.bytes, place.token.range.lowerBound)
        guard start > 1, bytes[start - 1] == .equalsSign, bytes[start - 2].isIdentifier else { return false }
        let before = bytes[max(0, start - 400)..<start]
        guard let open = before.lastIndex(of: .lessThan), bytes[open + 1].isLetter else { return false }
        return !bytes[open..<start].contains { [.greaterThan, .semicolon].contains($0) }
    }

    /// Another word for one of the statement; none: the blank behind it goes, too.
    private static func replacing(_ word: String, by other: String, _ place: CodePlace) -> Declaration {
        let start = place.head(before: place.token.range.lowerBound).start
        let bytes = Array(word.utf8)
        var index = start
        while index < place.token.range.lowerBound {
            if place.source.bytes.has(bytes, at: index), index == 0 || !place.source.bytes[index - 1].isIdentifier,
                !place.source.bytes[index + bytes.count].isIdentifier
            {
                var end = index + bytes.count
                while other.isEmpty, place.source.bytes[end] == .space { end += 1 }
                return .changed([Edit(index..<end, other)])
            }
            index += 1
        }
        return .refused(constant)
    }
}

internal import Bytes
internal import Judge

/// Names and values that each have a name of their own, and elements.
extension AssignmentParser {
    /// `<name>V</name>`, `<name attribute="…">V</name>`.
    mutating func parseElement() -> Bool {
        let behind = cursor
        if cursor.skipBlanks(), parseAttribute(), !values.isEmpty { return true }
        cursor = behind
        guard cursor.goTo(.greaterThan), cursor.previous != .slash else { return false }
        cursor.index += 1
        enterValueElement()
        takeText(.element)
        return !values.isEmpty
    }

    /// Goes into an element within that only says that it is the value: `<password>⏎<value>V</value>`.
    private mutating func enterValueElement() {
        let behind = cursor
        cursor.skipWhiteSpace()
        if cursor.peek() == .lessThan, isAtValueElement(), cursor.goTo(.greaterThan) {
            cursor.index += 1
        } else {
            cursor = behind
        }
    }

    /// The text of an element one of whose attributes is the name: `<string name="…">V</string>`.
    mutating func parseTextOfElement() {
        guard cursor.take(.greaterThan) else { return }
        cursor.skipWhiteSpace()
        // `<setting name="…">⏎<value>V</value>`
        if cursor.peek() == .lessThan, isAtValueElement() {
            guard cursor.goTo(.greaterThan) else { return }
            cursor.index += 1
            return takeText(.pair)
        }
        takeText(.element)
    }

    /// `<key>name</key>⏎<string>V</string>`, `<name>…</name><value>V</value>`.
    mutating func parsePairOfElements() {
        guard cursor.goTo(.greaterThan) else { return }
        cursor.index += 1
        cursor.skipWhiteSpace()
        guard cursor.peek() == .lessThan, isAtValueElement(), cursor.goTo(.greaterThan) else { return }
        cursor.index += 1
        takeText(.pair)
    }

    private func isAtValueElement() -> Bool {
        var place = cursor
        place.index += 1
        return Self.valueElements.contains { place.isAtWord($0) }
    }

    private static let valueElements: [StaticString] = [
        "string", "value", "defaultvalue", "default", "val", "text", "data", "stringvalue", "content",
    ]

    /// Takes the text up to the next tag.
    private mutating func takeText(_ syntax: Syntax) {
        _ = cursor.take("<![CDATA[")
        let start = cursor.index
        while !cursor.isAtEnd, cursor.peek() != .lessThan, !cursor.isAt("]]>") { cursor.index += 1 }
        guard !cursor.isAtEnd, cursor.isAt("]]>") || cursor.peek(1) == .slash else { return }
        let range = LiteralParser.trimmed(start..<cursor.index, text)
        if !range.isEmpty, !text.slice(range).contains(.lineFeed) { note(Literal(range: range, quote: .tags), syntax) }
    }

    /// Other attributes of the element one of whose attributes is the name, up to one that is a value's:
    /// `<add key="name" value="V" />`.
    mutating func parseAttribute() -> Bool {
        for _ in 0..<5 {
            cursor.skipWhiteSpace()
            if cursor.peek() == .greaterThan {
                parseTextOfElement()
                return true
            }
            var attribute = cursor.takeName()
            // `android:value`
            if cursor.take(.colon) { attribute = cursor.takeName() }
            guard !attribute.isEmpty else { return false }
            cursor.skipBlanks()
            guard cursor.take(.equalsSign),
                let value = LiteralParser.literal(&cursor, mayGoOn: false, holdsScheme: false),
                value.quote != .none
            else { return false }
            if Self.isValueName(text.slice(attribute)) {
                note(value, .pair)
                return true
            }
        }
        return false
    }

    static func isValueName(_ name: UnsafeRawBufferPointer) -> Bool { valueNames.contains { name.equalsCaseless($0) } }

    private static let valueNames: [StaticString] = [
        "value", "val", "default", "defaultvalue", "default_value", "parametervalue", "content", "text", "v",
        "stringvalue",
        "string_value", "secretvalue", "secret_value", "plaintext", "data", "initialvalue", "initial_value", "current",
        "secretstring",
        "valuestring", "override",
    ]

    /// Members behind the name up to one that is a value's: `"name": "…", "type": "text", "value": "V"`, in JSON and YAML.
    ///
    /// - Returns: Whether there is one.
    mutating func parseNamedValue() -> Bool {
        for _ in 0..<4 {
            cursor.skipWhiteSpace()
            let isDash = cursor.peek() == .hyphen && cursor.peek(1) == .space
            if isDash { return false }
            let quote = cursor.peek()
            if quote == .backslash { cursor.index += 1 }
            if cursor.peek().isQuote { cursor.index += 1 }
            let member = cursor.takeName()
            guard !member.isEmpty else { return false }
            if cursor.peek() == .backslash { cursor.index += 1 }
            if cursor.peek().isQuote { cursor.index += 1 }
            cursor.skipBlanks()
            guard cursor.take("=>") || cursor.take(.colon) || cursor.take(.equalsSign) else { return false }
            if Self.isValueName(text.slice(member)) {
                let count = values.count
                take(.pair)
                return values.count > count
            }
            guard skipMember() else { return false }
        }
        return false
    }

    /// Passes over the value of a member, and the comma or the end of the line behind it.
    private mutating func skipMember() -> Bool {
        let start = cursor.index
        if LiteralParser.literal(&cursor, mayGoOn: false, holdsScheme: false) == nil {
            cursor.index = start
            while !cursor.isAtEnd, ![.comma, .lineFeed, .rightBrace, .leftBrace].contains(cursor.peek()) {
                cursor.index += 1
            }
        }
        cursor.skipBlanks()
        return cursor.take(.comma) || cursor.peek() == .lineFeed || cursor.peek() == .carriageReturn
    }

    /// A value that stands before the name of its pair: `"value": "V", "name": "…"`, `<add value="V" key="…"/>`,
    /// `- value: V⏎  name: …`.
    mutating func parseValueBefore() {
        guard isMember else { return }
        let end = name.range.lowerBound
        let start = max(0, end - Self.reachBefore)
        var place = end - 1
        while place > start, ![.leftBrace, .lessThan, .rightBrace].contains(text[place - 1]), !isItem(place) {
            place -= 1
        }
        let isInItem = isItem(place)
        // The name is what another member holds: a label stands before it.
        var cursor = TextCursor(text, at: place, reach: end - place)
        while !cursor.isAtEnd {
            while !cursor.isAtEnd, !cursor.peek().isNameByte { cursor.index += 1 }
            let member = cursor.takeName()
            if cursor.peek().isQuote { cursor.index += 1 }
            cursor.skipBlanks()
            guard cursor.take(.colon) || cursor.take(.equalsSign), Self.isValueName(text.slice(member)) else {
                continue
            }
            if let value = LiteralParser.literal(&cursor, mayGoOn: false, holdsScheme: false), value.quote != .none {
                return note(value, .pair)
            }
            guard isInItem else { continue }
            cursor.skipBlanks()
            if let value = LiteralParser.bare(&cursor, stops: LiteralParser.lineStops, endsWithLine: true) {
                return note(value, .pair)
            }
        }
    }

    /// Whether an item of a YAML list begins at a place: `- ` stands before it, and nothing else on the line.
    private func isItem(_ place: Int) -> Bool {
        guard place > 1, text[place - 1] == .space, text[place - 2] == .hyphen else { return false }
        return place == 2 || text[place - 3] == .lineFeed || text[place - 3].isBlank
    }

    private static let reachBefore = 200

    /// Whether the name is what a member is given: `"name": "password"`, `key="password"`.
    private var isMember: Bool {
        var place = name.range.lowerBound - 1
        while place > 0, text[place - 1].isBlank { place -= 1 }
        return place > 0 && (text[place - 1] == .colon || text[place - 1] == .equalsSign)
    }

    /// A column of an `INSERT` whose values follow: `(name, password) VALUES ('a', 'V')`.
    mutating func parseColumn() {
        guard cursor.goTo(.rightParenthesis) else { return }
        cursor.index += 1
        cursor.skipWhiteSpace()
        guard cursor.take("values") else { return }
        let start = max(0, name.range.lowerBound - Self.reachBefore)
        guard let open = text.slice(start..<name.range.lowerBound).lastIndex(of: .leftParenthesis).map({ start + $0 }),
            text.slice(max(0, open - 120)..<open).containsCaseless("insert")
        else { return }
        let column = text.slice(open..<name.range.lowerBound).count(where: { $0 == .comma })
        cursor.skipWhiteSpace()
        guard column < 12 else { return }
        guard cursor.take(.leftParenthesis) else { return }
        let values = LiteralParser.arguments(&cursor, limit: column + 1)
        if values.count == column + 1, values[column].quote != .none { note(values[column], .position) }
    }

    /// What a name opens: `name: {"value": "V"}`, `name:⏎  value: V`, `variable "name" {⏎  default = "V"`.
    mutating func parseNested() -> Bool {
        var place = cursor
        if place.peek() == .leftBrace {
            cursor.index += 1
            return parseDefault()
        }
        guard place.isAtLineEnd(), place.skipWhiteSpace(), place.index > cursor.index else { return false }
        guard line.beginsLine, isDeeper(place.index) else { return false }
        cursor = place
        return parseDefault()
    }

    /// Whether a place on a line below begins further right than the line of the name.
    private func isDeeper(_ place: Int) -> Bool {
        let own = LineBeginning(
            of: text.lineStart(of: name.range.lowerBound, reach: 2 * AssignmentReader.longestName), in: text)
        let below = LineBeginning(of: text.lineStart(of: place, reach: AssignmentReader.reach), in: text)
        return below.indentation > own.indentation
    }

    /// A default or a value among the members of a block.
    @discardableResult
    mutating func parseDefault() -> Bool {
        for _ in 0..<6 {
            cursor.skipWhiteSpace()
            if cursor.peek() == .rightBrace { return false }
            if cursor.peek().isQuote { cursor.index += 1 }
            let member = cursor.takeName()
            guard !member.isEmpty else { return false }
            if cursor.peek().isQuote { cursor.index += 1 }
            cursor.skipBlanks()
            guard cursor.take(.colon) || cursor.take(.equalsSign) else { return false }
            if Self.isValueName(text.slice(member)) {
                let count = values.count
                take(.pair)
                return values.count > count
            }
            guard skipMember() || cursor.peek() == .lineFeed else { return false }
        }
        return false
    }
}

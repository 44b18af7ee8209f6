internal import Bytes
internal import Judge

/// Reads on from a name to what it is given.
struct AssignmentParser {
    let name: NameOfValue
    var cursor: TextCursor
    private(set) lazy var line = OpeningOfLine(before: name, in: text)
    /// What was found: mostly one.
    private(set) var values: [Assignment] = []

    /// The name stood in quotes, which were closed behind it.
    private var wasQuoted = false
    /// A bracket that was open before the name was closed behind it: `getenv("X")`, `env["X"]`.
    private var closedBracket = false

    init(_ name: NameOfValue, in text: UnsafeRawBufferPointer) {
        self.name = name
        cursor = TextCursor(text, at: name.range.upperBound, reach: AssignmentReader.reach)
    }

    var text: UnsafeRawBufferPointer { cursor.text }

    mutating func note(_ value: Literal, _ syntax: Syntax) {
        values.append(Assignment(name: name.range, value: value.range, syntax: syntax, quote: value.quote))
    }

    /// - Returns: Whether anything was found.
    mutating func parse() -> Bool {
        if name.before == .lessThan || isBehindNamespace { return parseElement() }
        if name.before == .slash, name.range.lowerBound > 1, text[name.range.lowerBound - 2] == .lessThan {
            return false
        }
        skipClosers()
        // `${NAME}:/path` names a variable, and gives it nothing.
        if isInBraces, cursor.previous == .rightBrace { return false }
        let hadBlank = cursor.skipBlanks()
        parseBehindName(hadBlank)
        return !values.isEmpty
    }

    /// `<ns:name>`
    private var isBehindNamespace: Bool {
        guard name.before == .colon else { return false }
        var place = name.range.lowerBound - 1
        while place > 0, name.range.lowerBound - place < 24, text[place - 1].isNameByte { place -= 1 }
        return place > 0 && text[place - 1] == .lessThan && place < name.range.lowerBound - 1
    }

    /// Passes over what closes behind a name: quotes and brackets, escaped ones, too.
    private mutating func skipClosers() {
        for _ in 0..<6 {
            let byte = cursor.peek()
            if byte.isQuote, !wasQuoted, name.before.isQuote || name.before.isNameByte || byte == .backtick {
                wasQuoted = true
                cursor.index += 1
            } else if byte == .backslash, cursor.peek(1).isQuote, !wasQuoted {
                wasQuoted = true
                cursor.index += 2
            } else if byte == .leftBracket, let length = emptyBrackets() {
                cursor.index += length
            } else if byte == .rightBracket || byte == .rightParenthesis && wasQuoted && name.before != .backtick {
                // Behind the last column of a list in SQL its values follow.
                closedBracket = true
                cursor.index += 1
            } else if byte == .rightBrace && (name.before == .leftBrace || wasQuoted)
                || byte == .questionMark && cursor.peek(1) == .colon
            {
                // `name?: string`
                cursor.index += 1
            } else if byte == .exclamationMark, cursor.peek(1) == .colon {
                cursor.index += 1
            } else {
                return
            }
        }
    }

    /// The length of `[]`, `[64]`.
    private func emptyBrackets() -> Int? {
        var count = 1
        while cursor.peek(count).isDigit { count += 1 }
        return cursor.peek(count) == .rightBracket ? count + 1 : nil
    }

    private mutating func parseBehindName(_ hadBlank: Bool) {
        switch cursor.peek() {
        case .equalsSign: parseEquals()
        case .colon: parseColon()
        case .questionMark: parseQuestionMark()
        case .verticalBar: parseVerticalBar()
        case .exclamationMark:
            if cursor.take("!==") || cursor.take("!=") { take(.comparison, literalOnly: true) }
        case .plus, .period: if cursor.take("+=") || cursor.take(".=") { take(.equals) }
        case .lessThan: parseLessThan(hadBlank)
        case .hyphen:
            if hadBlank, parseValueOption() { return }
            if cursor.take("->") { return hadBlank ? take(.arrow, literalOnly: true) : () }
            if isInBraces, cursor.take(.hyphen) { take(.fallback, until: .rightBrace) }
        case .leftParenthesis:
            if hadBlank { parseBehindRemark() }
            if values.isEmpty { parseCall() }
        case .comma where wasQuoted && parseComma(): break
        case .comma where name.before == .leftBrace && parseTuple(): break
        case .comma, .rightParenthesis: parseColumn()
        case .leftBrace: parseBraces()
        case .greaterThan: if wasQuoted { parseTextOfElement() }
        case .lineFeed, .carriageReturn: parseNextLine()
        default: if hadBlank { parseBehindBlank() }
        }
        if values.isEmpty, wasQuoted || cursor.isAtLineEnd() { parseValueBefore() }
        if values.isEmpty { parseColumnBelow() }
    }

    /// The name stands in `${…`.
    private var isInBraces: Bool {
        name.before == .leftBrace && name.range.lowerBound > 1
            && [.dollar, .numberSign].contains(text[name.range.lowerBound - 2])
    }

    // MARK: Operators

    /// `name || V`, `name ||= V`, and the cell beside the name's in a table of Markdown.
    private mutating func parseVerticalBar() {
        if cursor.take("||") {
            _ = cursor.take(.equalsSign)
            return take(.fallback)
        }
        guard line.isInTable else { return }
        parseTableBelow()
        guard values.isEmpty, cursor.take(.verticalBar) else { return }
        takeBare(.space, stops: [.verticalBar, .space, .backtick])
    }

    /// `{name, <<"V">>}`, `{name, "V"}` of Erlang and Elixir.
    private mutating func parseTuple() -> Bool {
        let behind = cursor
        cursor.index += 1
        cursor.skipBlanks()
        let isBinary = cursor.take("<<")
        if let value = literal(mayGoOn: false), value.quote != .none {
            if isBinary { _ = cursor.take(">>") }
            if cursor.peek() == .rightBrace {
                note(value, .argument)
                return true
            }
        }
        cursor = behind
        return false
    }

    /// Passes over the accessors of a property of C#, and over the sign that gives it a value: `{ get; set; } =`.
    private mutating func skipAccessors() -> Bool {
        var place = cursor
        guard place.take(.leftBrace) else { return false }
        place.skipBlanks()
        guard ["get", "set", "init", "private", "protected", "internal"].contains(where: { place.isAtWord($0) }),
            place.goTo(.rightBrace)
        else { return false }
        place.index += 1
        place.skipWhiteSpace()
        guard place.take(.equalsSign) else { return false }
        cursor = place
        return true
    }

    private mutating func parseEquals() {
        if cursor.take("===") || cursor.take("==") { return take(.comparison, literalOnly: true) }
        if cursor.take("=>") { return take(.arrow) }
        if cursor.take("=~") { return }
        cursor.index += 1
        let isQuery = name.before == .questionMark || name.before == .ampersand && !wasQuoted
        if isQuery { return takeBare(.query, stops: LiteralParser.queryStops) }
        if name.dashes > 0 { return take(.flag) }
        take(.equals)
    }

    private mutating func parseColon() {
        if isInBraces {
            if cursor.take(":-") || cursor.take(":=") || cursor.take(":?") || cursor.take(.colon) {
                take(.fallback, until: .rightBrace)
            }
            return
        }
        if cursor.take("::=") || cursor.take(":=") { return take(.equals) }
        if cursor.take("::") { return }
        cursor.index += 1
        let behind = cursor
        if skipType() {
            // What stands in no quotes behind it is the rest of a value with such a sign: `: a1=b2`.
            take(.equals, literalOnly: true)
            if !values.isEmpty { return }
        }
        cursor = behind
        take(.colon)
    }

    /// Passes over a declared type and the sign that assigns: `: Optional[str] =`.
    private mutating func skipType() -> Bool {
        var place = cursor
        place.skipBlanks()
        for _ in 0..<60 {
            let byte = place.peek()
            switch byte {
            case .equalsSign:
                guard place.peek(1) != .equalsSign, place.peek(1) != .greaterThan else { return false }
                place.index += 1
                cursor = place
                return true
            case .space, .ampersand, .asterisk, .questionMark, .lessThan, .greaterThan, .leftBracket, .rightBracket,
                .verticalBar, .comma, .apostrophe, .exclamationMark:
                break
            default: guard byte.isNameByte else { return false }
            }
            place.index += 1
        }
        return false
    }

    private mutating func parseQuestionMark() {
        if cursor.take("??=") || cursor.take("??") || cursor.take("?:") { return take(.fallback) }
        if cursor.take("?=") { return take(.equals) }
    }

    private mutating func parseLessThan(_ hadBlank: Bool) {
        // `<key>name</key>⏎<string>V</string>`
        if cursor.peek(1) == .slash { return parsePairOfElements() }
        if cursor.take("<-") { take(.equals) }
    }

    /// `name(V)`, `name("V")`.
    private mutating func parseCall() {
        cursor.index += 1
        if let place = PositionOfSecret(named: text.slice(name.range)) { return parseArguments(place) }
        guard let value = literal(mayGoOn: true), value.quote != .none else { return }
        cursor.skipWhiteSpace()
        if cursor.peek() == .rightParenthesis { note(value, .call) }
    }

    /// What stands at a place in the arguments of a call.
    private mutating func parseArguments(_ place: PositionOfSecret) {
        let arguments = LiteralParser.arguments(&cursor, limit: place.last + 1)
        guard arguments.count >= place.least, let value = place.choose(from: arguments), value.quote != .none else {
            return
        }
        note(value, .position)
    }

    private mutating func parseComma() -> Bool {
        let behind = cursor
        cursor.index += 1
        if parseNamedValue() { return true }
        cursor = behind
        cursor.index += 1
        // In a row of values a column's value is no name of the next.
        if isInRow { return false }
        if let value = literal(mayGoOn: true), value.quote != .none {
            // `f("name", "V")`, `["name", "V"]`; not `{"name", "key": …}`.
            let isLast = cursor.isAtLineEnd()
            if isLast || [.rightParenthesis, .rightBracket, .rightBrace, .comma].contains(cursor.peek()) {
                note(value, .argument)
                return true
            }
        }
        cursor = behind
        return false
    }

    /// `ENV.fetch("name") { "V" }`, `variable "name" {⏎ default = "V"`.
    private mutating func parseBraces() {
        if skipAccessors() { return take(.equals) }
        let behind = cursor
        cursor.index += 1
        if let value = literal(mayGoOn: false), value.quote != .none {
            cursor.skipBlanks()
            if cursor.peek() == .rightBrace { return note(value, closedBracket ? .fallback : .call) }
        }
        cursor = behind
        cursor.index += 1
        if wasQuoted { parseDefault() }
    }

    /// Whether the name stands among the values of a row: `VALUES (1, 'token', 'token', 'x')`.
    private var isInRow: Bool {
        var start = name.range.lowerBound - 1
        while start > 0, text[start - 1].isQuote || text[start - 1].isBlank { start -= 1 }
        guard start > 0, text[start - 1] == .comma else { return false }
        let line = text.lineStart(of: name.range.lowerBound, reach: AssignmentReader.reach)
        let before = text.slice(line..<name.range.lowerBound)
        return before.containsCaseless("values") || before.first == .leftParenthesis
    }

    // MARK: Blanks and lines

    private mutating func parseBehindBlank() {
        // `os.getenv("X") or "V"`, `… else "V"`
        if cursor.takeWord("or") { return take(.fallback, literalOnly: true) }
        if cursor.takeWord("as"), skipType() { return take(.equals) }
        if cursor.takeWord("by") || cursor.takeWord("is") || cursor.takeWord("was") || cursor.takeWord("to") {
            take(.space, literalOnly: true)
            return values.isEmpty ? takeToken() : ()
        }
        if wasQuoted, parseAttribute() { return }
        if cursor.peek().isQuote || LiteralParser.isPrefixed(cursor) { return take(.space, literalOnly: true) }
        // `string name = …` is read above; `name string = "V"` of Go is here.
        if skipType() { return take(.equals) }
        // `-psecret database`: the option has its value already.
        if name.dashes == 1, name.isAttached { return }
        guard name.dashes > 0 || line.isDefined || line.beginsLine else { return takeToken() }
        guard let value = bare(stops: LiteralParser.wordStops) else { return }
        if name.dashes > 0, text[value.range.lowerBound] != .hyphen { return note(value, .flag) }
        if line.isDefined { return note(value, .space) }
        if cursor.isAtLineEnd() { note(value, .space) }
    }

    private mutating func parseNextLine() {
        guard !line.beginsLine || name.dashes == 0 else { return }
        // `- name: X⏎  value: V`
        cursor.skipWhiteSpace()
        _ = parseNamedValue()
    }

    // MARK: Values

    /// Reads a value behind an operator.
    ///
    /// - Parameters:
    ///   - literalOnly: Only what stands in quotes counts.
    ///   - until: Where what stands in no quotes ends, besides at the end of the line.
    mutating func take(_ syntax: Syntax, literalOnly: Bool = false, until stop: UInt8? = nil) {
        cursor.skipBlanks()
        // Ansible's mark of what is encrypted.
        if cursor.isAt("!vault") { return }
        LiteralParser.skipAnchor(&cursor)
        if cursor.peek() == .leftBrace {
            let behind = cursor
            if parseNested() { return }
            cursor = behind
        }
        if cursor.peek() == .leftParenthesis || cursor.peek() == .leftBracket, let value = passwordOfTuple() {
            return note(value, .position)
        }
        if let value = literal(mayGoOn: syntax != .comparison) {
            if value.quote != .none { return note(value, value.isBlock ? .block : syntax) }
            if !literalOnly { return note(value, syntax) }
            return
        }
        if literalOnly { return }
        if let stop { return takeBare(syntax, stops: [stop]) }
        if parseNested() { return }
        let isInQuotes = name.before.isQuote && !wasQuoted
        if isInQuotes, let value = restOfQuoted() { return note(value, syntax) }
        let stops =
            !isInQuotes && (line.beginsLine || cursor.peek().isBlank)
            ? LiteralParser.lineStops : LiteralParser.wordStops
        takeBare(syntax, stops: wasQuoted ? LiteralParser.wordStops : stops)
    }

    /// The rest of a text in quotes that holds nothing but one assignment: `'NAME=V'`.
    private func restOfQuoted() -> Literal? {
        let start = cursor.index
        guard !cursor.peek().isBlank, cursor.peek() != .dollar else { return nil }
        var end = start
        while end < cursor.end, text[end] != name.before {
            let byte = text[end]
            if byte <= .space || byte == .backslash || byte == .semicolon || byte == .ampersand { return nil }
            end += 1
        }
        guard end < cursor.end, end - start >= 3 else { return nil }
        return Literal(range: start..<end, quote: .none)
    }

    /// `auth = ("user", "V")`
    private func passwordOfTuple() -> Literal? {
        let isLogin = ["auth", "cred", "login", "userpass"].contains { text.slice(name.range).containsCaseless($0) }
        guard isLogin else { return nil }
        var place = cursor
        place.index += 1
        let parts = LiteralParser.arguments(&place, limit: 3)
        return parts.count == 2 && parts.allSatisfy { $0.quote != .none } ? parts[1] : nil
    }

    private mutating func takeBare(_ syntax: Syntax, stops: [UInt8]) {
        if let value = bare(stops: stops) { note(value, syntax) }
    }

    private mutating func bare(stops: [UInt8]) -> Literal? {
        cursor.skipBlanks()
        return LiteralParser.bare(&cursor, stops: stops, endsWithLine: line.beginsLine)
    }

    private mutating func literal(mayGoOn: Bool) -> Literal? {
        LiteralParser.literal(&cursor, mayGoOn: mayGoOn, holdsScheme: isHeader)
    }

    /// `Authorization: Bearer V`
    private var isHeader: Bool { text.slice(name.range).endsCaseless(with: "authorization") }
}

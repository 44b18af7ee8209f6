/// How a language writes comments and literals.
struct Grammar: Sendable {
    /// How a backslash, or a quote, is told from the end of a literal.
    enum Escape: Sendable {
        case backslash
        /// The closing quote written twice.
        case doubled
        /// A backtick before it: PowerShell.
        case backtick
        case none
    }

    /// What a literal puts in the place of a part of its text.
    struct Interpolation: Sendable {
        var open: [UInt8]
        var close: UInt8
        /// Whether the opening bracket, written twice, is one bracket of the text: `{{`.
        var isDoubled = false

        init(_ open: String, _ close: Character, isDoubled: Bool = false) {
            self.open = Array(open.utf8)
            self.close = close.asciiValue ?? .rightBrace
            self.isDoubled = isDoubled
        }
    }

    /// One form of literals.
    struct Literal: Sendable {
        var open: [UInt8]
        var close: [UInt8]
        /// What letters may stand before the quote, lower case.
        var prefixes: Set<String> = [""]
        var escape = Escape.backslash
        var spansLines = false
        var interpolation: Interpolation?
        /// It holds one character, so that no look-up can take its place.
        var isCharacter = false
        /// Its text begins on the line below: `<<EOF`.
        var isHeredoc = false

        init(
            _ open: String, _ close: String? = nil, _ prefixes: Set<String> = [""], escape: Escape = .backslash,
            spansLines: Bool = false, _ interpolation: Interpolation? = nil, isCharacter: Bool = false
        ) {
            self.open = Array(open.utf8)
            self.close = Array((close ?? open).utf8)
            self.prefixes = prefixes
            self.escape = escape
            self.spansLines = spansLines
            self.interpolation = interpolation
            self.isCharacter = isCharacter
        }
    }

    var lineComments: [[UInt8]] = []
    var blockComments: [(open: [UInt8], close: [UInt8])] = []
    /// Longer opening quotes before shorter ones.
    var literals: [Literal] = []
    /// What begins a here document: `<<`.
    var heredoc: [UInt8]?
    /// What a here document interpolates, unless its word is in quotes.
    var heredocInterpolation: Interpolation?
    /// Whether `/…/` may be a pattern.
    var hasPatterns = false
    /// Whether code stands between `<?php` and `?>` alone.
    var hasTags = false

    init(line: [String], block: [(String, String)] = [], _ literals: [Literal]) {
        lineComments = line.map { Array($0.utf8) }
        blockComments = block.map { (Array($0.0.utf8), Array($0.1.utf8)) }
        self.literals = literals
    }
}

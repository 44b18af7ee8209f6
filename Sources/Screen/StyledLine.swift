/// How a piece of text looks, where there are colours.
package enum TextLook: Sendable, Hashable {
    case plain, strong, faint, critical, high, medium, low, settled, path

    /// SGR parameters.
    fileprivate var code: String {
        switch self {
        case .plain: ""
        case .strong: "1"
        case .faint: "2"
        case .critical: "1;35"
        case .high: "1;31"
        case .medium: "1;33"
        case .low: "1;34"
        case .settled: "32"
        case .path: "36"
        }
    }
}

/// One line of the screen.
package struct StyledLine: Sendable, Hashable {
    package struct Piece: Sendable, Hashable {
        /// Harmless.
        package var text: String
        package var look: TextLook
    }

    package private(set) var pieces: [Piece] = []
    /// Whether it is the one that keys are about, or a bar: shown the other way round, which needs no colours.
    package var isReversed = false

    package init() {}

    package init(_ text: String, _ look: TextLook = .plain, isReversed: Bool = false) {
        add(text, look)
        self.isReversed = isReversed
    }

    /// Adds text, of which only what is harmless is taken.
    package mutating func add(_ text: String, _ look: TextLook = .plain) {
        pieces.append(Piece(text: CellText.harmless(text), look: look))
    }

    /// Adds a column: so many cells, and two blanks behind it.
    package mutating func add(column text: String, _ width: Int, _ look: TextLook = .plain) {
        pieces.append(Piece(text: CellText.fitted(CellText.harmless(text), to: width) + "  ", look: look))
    }

    /// As it is read.
    package var text: String { pieces.map(\.text).joined() }

    /// At most so many cells; a reversed one has as many.
    func bytes(_ width: Int, isColored: Bool) -> String {
        var result = ""
        var left = width
        for piece in pieces where left > 0 {
            let text = CellText.cut(piece.text, to: left)
            left -= CellText.width(text)
            let codes = [isReversed ? "7" : "", isColored ? piece.look.code : ""].filter { !$0.isEmpty }
            result += codes.isEmpty ? text : "\u{1b}[\(codes.joined(separator: ";"))m\(text)\u{1b}[0m"
        }
        if isReversed, left > 0 { result += "\u{1b}[7m\(String(repeating: " ", count: left))\u{1b}[0m" }
        return result
    }
}

/// Brings lines onto a terminal, those alone that have changed.
package struct Painter {
    private var shown: [String] = []
    private var size = (columns: 0, lines: 0)
    private let isColored: Bool

    package init(isColored: Bool) { self.isColored = isColored }

    /// Forgets what is shown: the next time all is painted.
    package mutating func forget() { shown = [] }

    /// What has to be written for the lines to be seen; as many as the terminal has.
    package mutating func bytes(of lines: [StyledLine], columns: Int, lines count: Int) -> [UInt8] {
        var result = ""
        if size != (columns, count) || shown.count != count {
            result += "\u{1b}[0m\u{1b}[2J"
            shown = Array(repeating: "", count: count)
            size = (columns, count)
        }
        for index in 0..<count {
            let text = index < lines.count ? lines[index].bytes(columns, isColored: isColored) : ""
            guard text != shown[index] else { continue }
            shown[index] = text
            result += "\u{1b}[\(index + 1);1H\u{1b}[2K\(text)"
        }
        return Array(result.utf8)
    }
}

import Reports

/// Text in cells of a terminal: which of them it takes, and only what a terminal shows.
package enum CellText {
    /// What of a text goes to a terminal: nothing that it would obey, and no character that joins others, for terminals do not agree on
    /// how wide the whole is then.
    package static func harmless(_ text: String) -> String {
        let visible = text.visible
        guard visible.unicodeScalars.contains(where: isLeftOut) else { return visible }
        var result = ""
        result.unicodeScalars.append(contentsOf: visible.unicodeScalars.filter { !isLeftOut($0) })
        return result
    }

    /// How many cells a text takes that is harmless.
    package static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// At most so many cells of a harmless text, with an ellipsis at the end where something was cut.
    package static func cut(_ text: String, to limit: Int) -> String {
        if width(text) <= limit { return text }
        guard limit > 0 else { return "" }
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            let width = width(scalar)
            if count + width > limit - 1 { break }
            result.unicodeScalars.append(scalar)
            count += width
        }
        return result + "…"
    }

    /// As many cells as that, cut or filled up with blanks.
    package static func fitted(_ text: String, to count: Int) -> String {
        let cut = cut(text, to: count)
        return cut + String(repeating: " ", count: max(0, count - width(cut)))
    }

    /// A harmless text in lines of so many cells, broken at blanks where that is possible.
    package static func wrapped(_ text: String, to limit: Int) -> [String] {
        let limit = max(1, limit)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
            let joined = line.isEmpty ? word : line + " " + word
            if width(joined) <= limit {
                line = joined
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = word
            while width(line) > limit {
                let head = hardCut(line, limit)
                lines.append(head)
                line = String(line.unicodeScalars.dropFirst(head.unicodeScalars.count))
            }
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }

    private static func hardCut(_ text: String, _ limit: Int) -> String {
        var result = ""
        var count = 0
        for scalar in text.unicodeScalars {
            // One that is wider than a line has one of its own.
            if count > 0, count + width(scalar) > limit { break }
            result.unicodeScalars.append(scalar)
            count += width(scalar)
        }
        return result
    }

    private static func isLeftOut(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Joiners, selectors of forms, and fillers that show nothing.
        case 0xad, 0x34f, 0x115f...0x1160, 0x17b4...0x17b5, 0x180b...0x180f, 0x200c...0x200d, 0x3164, 0xfe00...0xfe0f,
            0xffa0, 0x1d173...0x1d17a, 0xe0100...0xe01ef:
            true
        default: false
        }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar.value) ? 2 : 1
        }
    }

    /// East Asian wide and full-width characters (UAX #11), and emoji.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115f, 0x231a...0x231b, 0x2329...0x232a, 0x23e9...0x23ec, 0x23f0, 0x23f3, 0x25fd...0x25fe,
            0x2614...0x2615, 0x2648...0x2653, 0x267f, 0x2693, 0x26a1, 0x26aa...0x26ab, 0x26bd...0x26be,
            0x26c4...0x26c5, 0x26ce, 0x26d4, 0x26ea, 0x26f2...0x26f3, 0x26f5, 0x26fa, 0x26fd, 0x2705, 0x270a...0x270b,
            0x2728, 0x274c, 0x274e, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x27b0, 0x27bf, 0x2b1b...0x2b1c, 0x2b50,
            0x2b55, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xa000...0xa4cf,
            0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff00...0xff60,
            0xffe0...0xffe6, 0x16fe0...0x18aff, 0x1b000...0x1b2fb, 0x1f004, 0x1f0cf, 0x1f18e, 0x1f191...0x1f19a,
            0x1f1e6...0x1f1ff, 0x1f200...0x1f320, 0x1f32d...0x1f335, 0x1f337...0x1f37c, 0x1f37e...0x1f393,
            0x1f3a0...0x1f3ca, 0x1f3cf...0x1f3d3, 0x1f3e0...0x1f3f0, 0x1f3f4, 0x1f3f8...0x1f43e, 0x1f440,
            0x1f442...0x1f4fc, 0x1f4ff...0x1f53d, 0x1f54b...0x1f54e, 0x1f550...0x1f567, 0x1f57a, 0x1f595...0x1f596,
            0x1f5a4, 0x1f5fb...0x1f64f, 0x1f680...0x1f6c5, 0x1f6cc, 0x1f6d0...0x1f6d2, 0x1f6d5...0x1f6df,
            0x1f6eb...0x1f6ec, 0x1f6f4...0x1f6fc, 0x1f7e0...0x1f7eb, 0x1f90c...0x1f93a, 0x1f93c...0x1f945,
            0x1f947...0x1f9ff, 0x1fa70...0x1faff, 0x20000...0x3fffd:
            true
        default: false
        }
    }
}

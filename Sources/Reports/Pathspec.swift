/// Paths as they stand in a command of git that somebody pastes.
///
/// <https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-aiddefpathspecapathspec>
package enum Pathspec {
    /// A path from the top of the working directory, quoted for a shell: what git would take for a pattern or for its own
    /// signs, in it or behind the `:/`, is that path and no other.
    package static func quoted(_ path: String) -> String {
        if isPlain(path) { return word(":/" + path) }
        // What is no UTF-8 was lost when the path was read; each such byte stands for any.
        guard path.unicodeScalars.contains("\u{FFFD}") else { return word(":(top,literal)" + path) }
        let pattern = path.unicodeScalars.map { scalar in
            if scalar == "\u{FFFD}" { return "?" }
            return "*?[]\\".unicodeScalars.contains(scalar) ? "\\\(scalar)" : String(scalar)
        }
        return word(":(top,glob)" + pattern.joined())
    }

    /// Whether `:/` and the path are that path: signs behind the slash would be git's.
    private static func isPlain(_ path: String) -> Bool {
        guard let first = path.unicodeScalars.first else { return false }
        let isWord =
            first.properties.isAlphabetic || first.properties.numericType != nil || first == "." || first == "_"
        return isWord && !path.unicodeScalars.contains { "*?[]\\\u{FFFD}".unicodeScalars.contains($0) }
    }

    /// A text as a shell takes it for one word.
    private static func word(_ text: String) -> String {
        if text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:".contains($0)) }) { return text }
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) else {
            return "'" + text.visible.replacing("'", with: "'\\''") + "'"
        }
        let escaped = text.utf8.map { byte in
            let isPlain = byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "'") && byte != UInt8(ascii: "\\")
            return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "$'" + escaped.joined() + "'"
    }
}

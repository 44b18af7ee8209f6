extension String {
    /// Escaped for the text and the attributes of XML and HTML, on one line.
    ///
    /// Controls are made visible first: XML 1.0 has no way to hold most of them, and one in a file's name would make
    /// the whole document unreadable. U+FFFE and U+FFFF are forbidden as well.
    var xml: String {
        var result = ""
        for scalar in visible.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

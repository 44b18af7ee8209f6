extension String {
    /// The text on one line, with every deceptive character written as an escape: a file's name, an author or a line
    /// of code must not be able to forge a report's lines, to recolour a terminal or to end an XML document early.
    package var visible: String {
        guard unicodeScalars.contains(where: \.isDeceptive) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.isDeceptive: result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// At most `limit` UTF-16 code units, an ellipsis at the end where something was cut.
    ///
    /// UTF-16, because the limits come from services that count so or in characters, of which there are fewer.
    func shortened(to limit: Int) -> String {
        guard utf8.count > limit, utf16.count > limit else { return self }
        var result = ""
        var count = 0
        for character in self {
            count += character.utf16.count
            if count >= limit { break }
            result.append(character)
        }
        return result + "…"
    }

    /// The text up to the end of its first sentence.
    var firstSentence: String {
        var previous: (Character, Character) = (" ", " ")
        for index in indices {
            // A small letter after it: the stop of an abbreviation.
            if ".!?".contains(previous.0), previous.1 == " ", !self[index].isLowercase {
                return String(self[..<self.index(before: index)])
            }
            previous = (previous.1, self[index])
        }
        return self
    }

    /// Whether it is an absolute web address.
    var isWebAddress: Bool {
        (hasPrefix("https://") || hasPrefix("http://")) && utf8.allSatisfy { (0x21...0x7e).contains($0) }
            && !contains { "<>\"{}|\\^`".contains($0) }
    }
}

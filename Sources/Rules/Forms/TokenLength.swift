/// How long the run of a token is: `32`, `20-60`, `20-`.
package struct TokenLength: Sendable, Hashable {
    /// PCRE2 counts no further.
    static let greatest = 65_535

    package var least: Int
    /// `nil`: without an end.
    package var most: Int?

    /// As rule files and options write it; `nil` for what is no length.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let least = Self.number(parts[0]), least > 0 else { return nil }
        self.least = least
        if parts.count == 1 {
            most = least
        } else if !parts[1].isEmpty {
            guard let most = Self.number(parts[1]), most > least else { return nil }
            self.most = most
        }
    }

    /// Exactly so many.
    package init(_ count: Int) {
        least = count
        most = count
    }

    /// Whether a run of so many characters is one.
    package func holds(_ count: Int) -> Bool { count >= least && count <= most ?? .max }

    /// As it stands between the braces of a count.
    var count: String { least == most ? "\(least)" : "\(least),\(most.map { "\($0)" } ?? "")" }

    /// Digits alone: `Int` would take a sign, too.
    private static func number(_ digits: Substring) -> Int? {
        guard digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(digits), number <= greatest else {
            return nil
        }
        return number
    }
}

extension TokenLength: CustomStringConvertible {
    /// As rule files and options write it.
    package var description: String { least == most ? "\(least)" : "\(least)-\(most.map { "\($0)" } ?? "")" }
}

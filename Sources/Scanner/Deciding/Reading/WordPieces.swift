import Bytes

/// Takes a password apart into words of a list, short numbers and signs.
struct WordPieces: Sendable {
    /// More pieces than these can be put together to anything.
    private static let mostPieces = 12
    private static let mostDigits = 9
    /// Shorter words are not looked for behind digits and signs that resemble letters.
    private static let shortestDisguised = 4

    private let words: Set<[UInt8]>
    private let longest: Int

    /// - Parameter list: Lower case, divided by white space.
    init(_ list: String) {
        words = Set(list.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
        longest = words.map(\.count).max() ?? 0
    }

    /// Whether a password is nothing but these, `p4ssw0rd` included.
    func make(_ password: [UInt8]) -> Bool {
        let lower = password.map { UnsafeRawBufferPointer.folded($0) }
        let plain = lower.map { Self.resembled[$0] ?? $0 }
        // Fewest pieces that lead to each place.
        var pieces = [Int?](repeating: nil, count: lower.count + 1)
        pieces[0] = 0
        for start in lower.indices {
            guard let count = pieces[start], count < Self.mostPieces else { continue }
            for end in ends(from: start, lower, plain) where pieces[end].map({ $0 > count + 1 }) ?? true {
                pieces[end] = count + 1
            }
        }
        return pieces[lower.count] != nil
    }

    private func ends(from start: Int, _ lower: [UInt8], _ plain: [UInt8]) -> [Int] {
        var result: [Int] = []
        if "_.!@#*~+-$&?".utf8.contains(lower[start]) { result.append(start + 1) }
        let digits = lower[start...].prefix(Self.mostDigits).prefix(while: \.isDigit)
        if !digits.isEmpty { result += start + 1...start + digits.count }
        for length in 1...max(1, min(longest, lower.count - start)) {
            let range = start..<start + length
            let isWord =
                words.contains(Array(lower[range]))
                || length >= Self.shortestDisguised && words.contains(Array(plain[range]))
            if isWord { result.append(range.upperBound) }
        }
        return result
    }

    /// Digits and signs, and the letters that they are written for.
    private static let resembled = Dictionary(
        uniqueKeysWithValues: zip("4@5$031!".utf8, "aassoeii".utf8).map { ($0, $1) })
}

import Bytes

/// The runs of base64 in a key's text, and which of them are the key's: prefixes of comments and logs, names of constants
/// and signs that join literals are made of the same letters.
struct KeyRuns {
    private let runs: [ArraySlice<UInt8>]

    /// - Parameter text: Between the armour, with what was escaped undone.
    init(_ text: [UInt8]) {
        var runs: [ArraySlice<UInt8>] = []
        var index = 0
        while index < text.count {
            guard Self.isLetter(text[index]) else {
                index += 1
                continue
            }
            let end = text[index...].firstIndex { !Self.isLetter($0) } ?? text.count
            // `=aB3d` behind the body is OpenPGP's checksum; `//` and `+` are none of it.
            let isChecksum = end - index == 4 && index > 0 && text[index - 1] == .equalsSign
            if !isChecksum, text[index..<end].contains(where: \.isAlphanumeric) { runs.append(text[index..<end]) }
            index = end
        }
        self.runs = Self.withoutSigns(runs)
    }

    /// No key begins with a plus sign: where one stands before each line, it is a diff's or joins literals.
    private static func withoutSigns(_ runs: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        let lines = runs.filter { $0.count >= shortestLine }
        guard !lines.isEmpty, lines.allSatisfy({ $0.first == .plus }) else { return runs }
        return runs.map { $0.first == .plus ? $0.dropFirst() : $0 }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte.isAlphanumeric || byte == .plus || byte == .slash }

    /// Bodies that the runs may be the letters of, the likeliest first.
    ///
    /// - Parameter isAlone: Whether nothing stands beside the body but what joins its lines.
    func bodies(isAlone: Bool) -> [[UInt8]] {
        let all = Array(runs.joined())
        let lines = linesOfOneLength
        var result = (isAlone ? [all, lines] : [lines, all]) + [longRuns, fullLines]
        // In forms a space is written as a plus sign.
        if all.contains(.plus) { result.append(all.filter { $0 != .plus }) }
        return result.map(Base64Bytes.decode)
    }

    /// The letters of runs that are long enough to be lines.
    var count: Int { longRuns.count }

    // MARK: Which runs

    /// Shorter runs are words beside a key.
    private static let shortestLine = 16
    /// Behind the last full line, so many runs are looked at for the rest.
    private static let rests = 24

    private var longRuns: [UInt8] {
        guard let last = runs.lastIndex(where: { $0.count >= Self.shortestLine }) else { return [] }
        let lines = Array(runs[...last].filter { $0.count >= Self.shortestLine }.joined())
        return lines + rest(of: lines, behind: last, usual: nil)
    }

    /// Where the lines stand that are as long as most.
    private var numbersOfFullLines: [Int] {
        var counts: [Int: Int] = [:]
        for run in runs where run.count >= 2 * Self.shortestLine { counts[run.count, default: 0] += 1 }
        guard let length = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return [] }
        return runs.indices.filter { runs[$0].count == length }
    }

    private var fullLines: [UInt8] { Array(numbersOfFullLines.map { runs[$0] }.joined()) }

    /// Keys are broken into lines of one length, and then the rest.
    private var linesOfOneLength: [UInt8] {
        let numbers = numbersOfFullLines
        guard let last = numbers.last else { return [] }
        let distance = numbers.count > 1 ? last - numbers[numbers.count - 2] : nil
        return fullLines + rest(of: fullLines, behind: last, usual: distance)
    }

    /// What follows the full lines: as many letters as are still missing or, where that is not known, the run that stands
    /// as far from the last line as lines do from each other.
    private func rest(of lines: [UInt8], behind last: Int, usual distance: Int?) -> ArraySlice<UInt8> {
        let candidates = runs[(last + 1)...].prefix(Self.rests).filter { $0.count <= lines.count }
        let usual = distance.flatMap { last + $0 < runs.count ? runs[last + $0] : nil }
        let structure = KeyStructure(Base64Bytes.decode(lines))
        if let structure, structure.form != .openPGP, structure.isCountKnown {
            let missing = (structure.count * 8 + 5) / 6 - lines.count
            if missing <= 0 { return [] }
            if let usual, usual.count == missing { return usual }
            if let fitting = candidates.first(where: { $0.count == missing }) { return fitting }
        }
        return usual ?? candidates.max { $0.count < $1.count } ?? []
    }
}

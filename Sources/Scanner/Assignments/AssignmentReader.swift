internal import Bytes
internal import Judge

/// Finds what a text gives to names that hold secrets, in every syntax that people write.
///
/// It begins at a word of such a name, which the keyword search saw, never at an operator: there are a hundred times as
/// many of these. It reads onwards from the name over a bounded stretch, and goes on behind the value.
struct AssignmentReader {
    let text: UnsafeRawBufferPointer
    /// In the order in which they were found.
    private(set) var found: [Assignment] = []
    /// What stands before this was read already.
    private var next = 0

    /// The longest name and the longest value, in bytes.
    static let longestName = 96
    static let longestValue = 512
    /// How far behind a name its value may begin, in bytes.
    static let reach = 400

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    /// Forgets what was found, so that the next place can be read.
    mutating func removeAll() { found.removeAll(keepingCapacity: true) }

    /// Reads at words of names.
    ///
    /// - Parameter words: A stretch that consists of words of names, one or several that touch or overlap; behind the last
    ///   stretch that was read.
    mutating func read(at words: Range<Int>) {
        var place = max(words.lowerBound, next)
        while place < words.upperBound {
            if readSecret(ofKubernetes: place) { return }
            if let length = ClientCall.lengthOfWord(at: place, in: text) {
                if let call = ClientCall(at: place, in: text) { note(call.assignment) }
                place = max(next, place + length)
                continue
            }
            if !text[place].isNameByte {
                if let value = Userinfo.secret(behindScheme: place, in: text) { note(value) }
                // What stands in an address may be assigned there, too.
                next = place
                place += 1
                continue
            }
            guard let name = NameOfValue(at: place, in: text) else {
                next = skipName(place)
                place = max(next, place + 1)
                continue
            }
            next = name.range.upperBound
            read(name)
            place = max(next, place + 1)
        }
    }

    /// Passes over bytes of names.
    private func skipName(_ place: Int) -> Int {
        var cursor = TextCursor(text, at: place, reach: 4 * Self.longestName)
        return cursor.takeName().upperBound
    }

    private mutating func read(_ name: NameOfValue) {
        var parser = AssignmentParser(name, in: text)
        guard parser.parse() else { return }
        for value in parser.values { note(value) }
    }

    mutating func note(_ assignment: Assignment) {
        guard !assignment.value.isEmpty, assignment.value.count <= Self.longestValue,
            !found.suffix(4).contains(where: { $0.value.overlaps(assignment.value) })
        else { return }
        // Not where it lies in the array: all of the array would be copied for each.
        var assignment = assignment
        readSurroundings(of: &assignment)
        found.append(assignment)
        // A value of one word holds no further assignments; a command or a document does, and what looks like a name may be
        // one: `"key": "password", "value": …`.
        let value = text.slice(assignment.value)
        guard assignment.value.lowerBound >= next, !value.contains(where: \.isBlank), !value.contains(.lineFeed),
            !value.allSatisfy(\.isNameByte) || value.contains(where: \.isDigit)
        else { return }
        next = assignment.value.upperBound
    }

    private func readSurroundings(of assignment: inout Assignment) {
        let end = assignment.value.upperBound + assignment.quote.length
        assignment.following = end < text.count ? text[end] : 0
        let start = text.lineStart(of: assignment.value.lowerBound, reach: Self.reach)
        var cursor = TextCursor(text, at: start, reach: 40)
        cursor.skipBlanks()
        assignment.isInComment = Self.comments.contains { cursor.isAt($0) }
    }

    private static let comments: [StaticString] = ["#", "//", "*", "/*", "--", ";", "<!--", "rem ", "%"]

    // MARK: Kubernetes

    /// Reads the values of a Kubernetes Secret: each is one, whatever its key.
    private mutating func readSecret(ofKubernetes place: Int) -> Bool {
        // This is asked at each word of a name.
        let first = text[place] | 0x20
        guard first == UInt8(ascii: "k") || first == UInt8(ascii: "s") else { return false }
        let cursor = TextCursor(text, at: place, reach: 16)
        guard cursor.isAt("kind: secret") && !cursor.peek(12).isNameByte || cursor.isAt("stringdata:") else {
            return false
        }
        for value in KubernetesSecret(at: place, in: text).values() { note(value) }
        next = max(next, place + 11)
        return true
    }
}

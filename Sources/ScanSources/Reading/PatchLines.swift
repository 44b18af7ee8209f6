/// Where the lines of a text stand in the file that it is a part of.
package struct PatchLines: Sendable, Equatable {
    /// For each line of the text the line of the file, from 1.
    private var numbers: [Int] = []
    private var areAdded: [Bool] = []

    var count: Int { numbers.count }

    mutating func append(_ number: Int, isAdded: Bool) {
        numbers.append(number)
        areAdded.append(isAdded)
    }

    /// - Parameter line: Of the text, from 1.
    package func number(of line: Int) -> Int {
        numbers.isEmpty ? line : numbers[min(max(line, 1), numbers.count) - 1]
    }

    /// Whether the patch adds one of some lines of the text.
    package func holdsAddition(_ lines: ClosedRange<Int>) -> Bool {
        lines.clamped(to: 1...max(1, areAdded.count)).contains { areAdded.indices.contains($0 - 1) && areAdded[$0 - 1] }
    }
}

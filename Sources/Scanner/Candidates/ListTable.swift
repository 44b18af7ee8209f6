/// A list for each number from 0, all in one array: an array in an array is retained and released at each look.
struct ListTable<Element: Sendable>: Sendable {
    private let elements: [Element]
    /// Where each list starts, and the end of the last.
    private let starts: [Int]

    init(_ lists: [[Element]]) {
        elements = lists.flatMap { $0 }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    func isEmpty(_ number: Int) -> Bool { starts[number] == starts[number + 1] }

    @inline(__always)
    func forEach(of number: Int, _ body: (Element) -> Void) {
        for index in starts[number]..<starts[number + 1] { body(elements[index]) }
    }
}

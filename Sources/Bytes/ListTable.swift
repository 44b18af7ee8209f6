/// A list for each number from 0, all in one array: an array in an array is retained and released at each look.
package struct ListTable<Element: Sendable>: Sendable {
    @usableFromInline package private(set) var elements: [Element] = []
    /// Where each list starts, and the end of the last that is ended.
    @usableFromInline package private(set) var starts: [Int] = [0]

    /// No list.
    package init() {}

    package init(_ lists: [[Element]]) {
        elements = lists.flatMap { $0 }
        starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// Adds an element to the list that is not ended yet.
    package mutating func append(_ element: Element) { elements.append(element) }

    /// Ends a list; the next one begins.
    package mutating func endList() { starts.append(elements.count) }

    @inlinable @inline(__always)
    package func forEach(of number: Int, _ body: (Element) -> Void) {
        for index in starts[number]..<starts[number + 1] { body(elements[index]) }
    }

    /// The elements of a list.
    @inlinable
    package subscript(number: Int) -> ArraySlice<Element> { elements[starts[number]..<starts[number + 1]] }
}

/// A queue that hands out its smallest element first.
public struct Heap<Element: Comparable> {
    @usableFromInline var storage: [Element] = []

    /// An empty heap.
    @inlinable public init() {}

    /// Whether nothing is in it.
    @inlinable public var isEmpty: Bool { storage.isEmpty }

    /// Puts an element into it.
    @inlinable public mutating func push(_ element: Element) {
        storage.append(element)
        var child = storage.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard storage[child] < storage[parent] else { return }
            storage.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the element that comes first; `nil` if there is none.
    @inlinable public mutating func pop() -> Element? {
        guard let first = storage.first else { return nil }
        let last = storage.removeLast()
        guard !storage.isEmpty else { return first }
        storage[0] = last
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < storage.count {
                if storage[child] < storage[smallest] { smallest = child }
            }
            if smallest == parent { return first }
            storage.swapAt(parent, smallest)
            parent = smallest
        }
    }
}

/// Which lines of two texts are the same, by Myers: the fewest lines that differ.
///
/// E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986.
struct LineDifference {
    /// What a line is.
    enum Step: Equatable {
        /// The same in both: its numbers there, from 0.
        case kept(Int, Int)
        case removed(Int)
        case added(Int)
    }

    /// In the order of both texts.
    private(set) var steps: [Step] = []

    /// More lines than that are not compared one by one.
    private static let limit = 4000

    init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var end = 0
        while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
            end += 1
        }
        steps = (0..<start).map { .kept($0, $0) }
        steps += Self.middle(old, new, start..<old.count - end, start..<new.count - end)
        steps += (0..<end).reversed().map { .kept(old.count - 1 - $0, new.count - 1 - $0) }
    }

    private static func middle(
        _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], _ left: Range<Int>, _ right: Range<Int>
    ) -> [Step] {
        guard !left.isEmpty, !right.isEmpty, let trace = trace(old, new, left, right) else {
            return left.map { .removed($0) } + right.map { .added($0) }
        }
        var steps: [Step] = []
        var (x, y) = (left.count, right.count)
        for (distance, furthest) in trace.enumerated().reversed() {
            let diagonal = x - y
            let offset = furthest.count / 2
            let isDown =
                diagonal == -distance
                || diagonal != distance && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1]
            let before = isDown ? diagonal + 1 : diagonal - 1
            let fromX = distance == 0 ? 0 : furthest[offset + before]
            let fromY = distance == 0 ? 0 : fromX - before
            while x > fromX, y > fromY {
                x -= 1
                y -= 1
                steps.append(.kept(left.lowerBound + x, right.lowerBound + y))
            }
            if distance > 0 {
                steps.append(isDown ? .added(right.lowerBound + fromY) : .removed(left.lowerBound + fromX))
                (x, y) = (fromX, fromY)
            }
        }
        return steps.reversed()
    }

    /// For each number of differing lines, how far each diagonal had come before.
    private static func trace(
        _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>], _ left: Range<Int>, _ right: Range<Int>
    ) -> [[Int]]? {
        let longest = min(limit, left.count + right.count)
        var furthest = [Int](repeating: 0, count: 2 * longest + 3)
        let offset = longest + 1
        var trace: [[Int]] = []
        for distance in 0...longest {
            trace.append(Array(furthest[(offset - distance - 1)...(offset + distance + 1)]))
            for diagonal in stride(from: -distance, through: distance, by: 2) {
                let isDown =
                    diagonal == -distance
                    || diagonal != distance && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1]
                var x = isDown ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
                var y = x - diagonal
                while x < left.count, y < right.count, old[left.lowerBound + x] == new[right.lowerBound + y] {
                    x += 1
                    y += 1
                }
                furthest[offset + diagonal] = x
                if x >= left.count, y >= right.count { return trace }
            }
        }
        return nil
    }

    /// What makes one text of another.
    static func edits(from old: [UInt8], to new: [UInt8]) -> [Edit] {
        let (before, after) = (old.linesWithEnds, new.linesWithEnds)
        var edits: [Edit] = []
        var (oldEnd, newEnd) = (0, 0)
        var (oldStart, newStart) = (0, 0)
        func close() {
            guard oldStart < oldEnd || newStart < newEnd else { return }
            edits.append(edit(old, oldStart..<oldEnd, new[newStart..<newEnd]))
        }
        for step in LineDifference(before, after).steps {
            switch step {
            case .kept(let left, let right):
                close()
                (oldEnd, newEnd) = (before[left].endIndex, after[right].endIndex)
                (oldStart, newStart) = (oldEnd, newEnd)
            case .removed(let line): oldEnd = before[line].endIndex
            case .added(let line): newEnd = after[line].endIndex
            }
        }
        close()
        return edits
    }

    /// Without what both have at their ends; no character is cut.
    private static func edit(_ old: [UInt8], _ range: Range<Int>, _ new: ArraySlice<UInt8>) -> Edit {
        var (start, end) = (range.lowerBound, range.upperBound)
        var text = new
        while start < end, let first = text.first, first == old[start] {
            start += 1
            text = text.dropFirst()
        }
        while end > start, let last = text.last, last == old[end - 1] {
            end -= 1
            text = text.dropLast()
        }
        func isInCharacter(_ place: Int) -> Bool { place < old.count && old[place] & 0xc0 == 0x80 }
        guard !isInCharacter(start), !isInCharacter(end), text.first.map({ $0 & 0xc0 != 0x80 }) ?? true else {
            return Edit(range, String(decoding: new, as: UTF8.self))
        }
        return Edit(start..<end, String(decoding: text, as: UTF8.self))
    }
}

/// A part of a walk that one worker does: whole trees of deltas, or a part of a large one.
public struct PackWorkUnit: Sendable, Hashable {
    /// Steps of the plan's walk.
    let steps: Range<Int>
    /// The step of the first tree's root. Where the unit starts inside a tree, it is before the first step.
    let firstRoot: Int

    /// How many objects it has.
    public var count: Int { steps.count }
}

extension PackPlan {
    /// Splits the objects of a kind into parts that take about the same time, in the order of the pack.
    ///
    /// Large trees of deltas are split, too. Where one is, the bases of the second part are rebuilt twice, and reach
    /// the visitor without the state that it had for them in the first part.
    ///
    /// - Parameter count: About how many parts, fewer of a small pack; some for each worker let all end at about the
    ///   same time. With 1, no tree is split.
    package func workUnits(of kind: PackedKind, count: Int = 64) -> [PackWorkUnit] {
        let steps = kindSteps[kind] ?? 0..<0
        guard let first = steps.first else { return [] }
        // What is not split need not be weighed, which takes a look at every header.
        guard count > 1 else { return [PackWorkUnit(steps: steps, firstRoot: first)] }
        let target = max(totalCost(steps) / count, Self.smallestUnitCost)

        var units: [PackWorkUnit] = []
        var start = first
        var startRoot = first
        var sum = 0
        forEachCost(steps) { step, root, depth, cost in
            // In the middle of a tree only where it is overdue and the bases are few.
            let isDue = step == root ? sum >= target : sum >= 2 * target && depth <= Self.largestSplitDepth
            if isDue {
                units.append(PackWorkUnit(steps: start..<step, firstRoot: startRoot))
                (start, startRoot, sum) = (step, root, 0)
            }
            sum += cost
        }
        units.append(PackWorkUnit(steps: start..<steps.upperBound, firstRoot: startRoot))
        return units
    }

    private static let largestSplitDepth = 32
    /// Of about a megabyte of compressed data: some milliseconds.
    private static let smallestUnitCost = 16 << 20

    /// Estimates what each step takes: inflating a byte is about as much work as copying sixteen, and what is made
    /// from an object is mostly of its size.
    private func forEachCost(_ steps: Range<Int>, _ body: (_ step: Int, _ root: Int, _ depth: Int, _ cost: Int) -> Void)
    {
        var step = steps.lowerBound
        var ends: [Int] = []
        while step < steps.upperBound {
            let root = step
            // Text is mostly packed to a quarter. To read the header would bring the pack into memory.
            let rootSize = 4 * storedSize(ofPosition: Int(walk[root]))
            let end = root + Int(subtreeCounts[root])
            ends.removeAll(keepingCapacity: true)
            while step < end {
                while let last = ends.last, last <= step { ends.removeLast() }
                body(step, root, ends.count, 16 * storedSize(ofPosition: Int(walk[step])) + rootSize)
                if subtreeCounts[step] > 1 { ends.append(step + Int(subtreeCounts[step])) }
                step += 1
            }
        }
    }

    /// What `forEachCost` says of all steps together, which asks less of memory: in their own order entries stand far from
    /// each other.
    private func totalCost(_ steps: Range<Int>) -> Int {
        guard let root = steps.first, let kind = kind(of: Entry(position: Int(walk[root]))) else { return 0 }
        var total = 0
        for position in states.indices where states[position] == kind.rawValue {
            total += 16 * storedSize(ofPosition: position)
        }
        var step = steps.lowerBound
        while step < steps.upperBound {
            let count = Int(subtreeCounts[step])
            total += 4 * storedSize(ofPosition: Int(walk[step])) * count
            step += count
        }
        return total
    }

    private func storedSize(ofPosition position: Int) -> Int {
        end(ofPosition: position) - Int(offsets[position])
    }
}

import Bytes
internal import Git

/// Which of some blobs the histories of which tips contain.
///
/// Blobs are bits; each commit has those of its parents and those it introduced. They are taken 256 at a time, so that
/// memory stays at 32 bytes a commit.
struct BlobReach {
    private typealias Bits = SIMD4<UInt64>
    private static let batchSize = 256

    private let graph: CommitGraph
    /// For each blob the commits that brought it.
    private let introductions: [[Int32]]
    private var tips: [(name: TipName, commit: Int32)] = []

    init(_ graph: CommitGraph, introductions: [[Int32]]) {
        self.graph = graph
        self.introductions = introductions
    }

    /// Adds a named tip.
    mutating func add(_ name: TipName, tip commit: Int32) { tips.append((name, commit)) }

    /// For each blob, adds the tips that contain it, in the order they were added.
    ///
    /// There may be tens of thousands of tips, and most contain most blobs: 64 tips at a time, bits of blobs are made
    /// bits of tips, of which only the first names are looked at.
    func collectTips(into containing: inout [ContainingTips]) {
        let groups = stride(from: 0, to: tips.count, by: 64).map { start in
            TipGroup(tips[start..<min(start + 64, tips.count)].map(\.name))
        }
        var bits = BitSquare()
        forEachBatch { start, contained in
            for (number, group) in groups.enumerated() {
                let commits = tips[64 * number..<64 * number + group.names.count]
                for word in 0..<4 where start + 64 * word < containing.count {
                    bits.fill(commits.lazy.map { contained[Int($0.commit)][word] })
                    bits.transpose()
                    for row in 0..<min(64, containing.count - start - 64 * word) where bits[row] != 0 {
                        containing[start + 64 * word + row].add(bits[row], of: group)
                    }
                }
            }
        }
    }

    /// The blobs that the histories of some commits contain.
    func blobs(reachedFrom commits: [ObjectID]) -> Set<Int> {
        var reached: Set<Int> = []
        let numbers = Set(commits.compactMap { graph.number(of: $0) })
        if numbers.isEmpty { return [] }
        forEachBatch { start, contained in
            let union = numbers.reduce(into: Bits.zero) { $0 |= contained[Int($1)] }
            forEachBit(of: union) { reached.insert(start + $0) }
        }
        return reached
    }

    private func forEachBatch(_ body: (_ start: Int, _ contained: [Bits]) -> Void) {
        for start in stride(from: 0, to: introductions.count, by: Self.batchSize) {
            var contained = [Bits](repeating: .zero, count: graph.count)
            for bit in 0..<min(Self.batchSize, introductions.count - start) {
                for commit in introductions[start + bit] { contained[Int(commit)][bit / 64] |= 1 << UInt64(bit % 64) }
            }
            graph.forEachParent { commit, parent in contained[commit] |= contained[parent] }
            body(start, contained)
        }
    }

    private func forEachBit(of bits: Bits, _ body: (Int) -> Void) {
        for word in 0..<4 {
            var rest = bits[word]
            while rest != 0 {
                body(word * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}

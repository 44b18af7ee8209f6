import Bytes
import Git
import SourceTestSupport
import TestSupport
import Testing

@testable import History

@Suite struct CommitGraphTests {
    /// Commits with some parents, by clocks that are mostly right.
    private static func stream(seed: UInt64, wrong: Int) -> String {
        var random = SeededGenerator(seed: seed)
        var stream = ""
        for number in 1...300 {
            let isWrong = Int.random(in: 0..<100, using: &random) < wrong
            let time = isWrong ? Int.random(in: 0...400, using: &random) : number / 2
            stream += "commit refs/heads/\(number)\nmark :\(number)\n"
            stream += "committer Ada <ada@example.org> \(1_700_000_000 + time) +0000\ndata 4\nmsg\n\n"
            let count = [0, 1, 1, 1, 1, 2, 3].randomElement(using: &random) ?? 0
            let parents = Set((0..<count).map { _ in number - Int.random(in: 1...12, using: &random) }).filter {
                $0 > 0
            }
            for (index, parent) in parents.sorted().enumerated() {
                stream += "\(index == 0 ? "from" : "merge") :\(parent)\n"
            }
            stream += "M 100644 inline f\ndata 3\n\(number)\n\n"
        }
        return stream
    }

    @Test(arguments: [0, 10, 50, 100], [true, false])
    func parentsComeBeforeChildrenAndThenOlderBeforeNewer(wrong: Int, isPacked: Bool) throws {
        let story = RepositoryBuilder()
        let limit = "fastimport.unpackLimit=\(isPacked ? 1 : 1_000_000)"
        story.run(["-c", limit, "fast-import", "--quiet"], input: Self.stream(seed: UInt64(wrong), wrong: wrong))
        var times: [ObjectID: Int] = [:]
        var parents: [ObjectID: [ObjectID]] = [:]
        for line in story.git("log", "--all", "--format=%H %ct %P").split(separator: "\n") {
            let words = line.split(separator: " ")
            let id = try #require(ObjectID(hex: words[0]))
            times[id] = Int(words[1])
            parents[id] = words.dropFirst(2).compactMap { ObjectID(hex: $0) }
        }
        try #require(times.count == 300)
        // Of those whose parents have all come, always the oldest.
        var expected: [ObjectID] = []
        var come: Set<ObjectID> = []
        while come.count < times.count {
            let ready = times.keys.filter { !come.contains($0) && come.isSuperset(of: parents[$0] ?? []) }
            let next = try #require(ready.min { (times[$0] ?? 0, $0) < (times[$1] ?? 0, $1) })
            expected.append(next)
            come.insert(next)
        }

        let repository = try Repository.open(at: story.path, environment: nothing)
        let packed = isPacked ? PackedObjects(folders: repository.objectDirectories) : nil
        let graph = CommitGraph(CommitReading(Array(times.keys), repository, packed: packed))
        #expect((0..<graph.count).map { graph.id($0) } == expected)
        for number in 0..<graph.count {
            var found: [ObjectID] = []
            graph.forEachParent(of: number) { found.append(graph.id(Int($0))) }
            #expect(found == parents[graph.id(number)])
            #expect(graph.number(of: graph.id(number)) == Int32(number))
            #expect(graph.trees.indices.contains(number))
        }
    }
}

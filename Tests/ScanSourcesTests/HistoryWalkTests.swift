import Git
import ScanSources
import TestSupport
import Testing

/// Packs are read by other means than objects in files of their own; what is found out must be the same.
@Suite struct HistoryWalkTests {
    /// Branches that change, move and delete files in folders, and merge: enough objects for packs to be read as packs.
    private static func stream(seed: UInt64) -> String {
        var random = SeededGenerator(seed: seed)
        var stream = ""
        let branches = ["main", "side", "other"]
        var marks: [String: Int] = [:]
        for number in 1...240 {
            let branch = branches.randomElement(using: &random) ?? "main"
            stream += "commit refs/heads/\(branch)\nmark :\(number)\n"
            stream += "committer Ada <ada@example.org> \(1_700_000_000 + number / 3 * 60) +0000\ndata 4\nmsg\n\n"
            if let parent = marks[branch] ?? marks["main"] { stream += "from :\(parent)\n" }
            let merged = marks.filter { $0.key != branch }.values.sorted().last
            if marks[branch] != nil, let merged, number % 9 == 0 { stream += "merge :\(merged)\n" }
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let folder = ["", "a/", "a/b/", "c/", "a/b/d/e/"].randomElement(using: &random) ?? ""
                let path = "\(folder)f\(Int.random(in: 0..<12, using: &random))"
                if Int.random(in: 0..<6, using: &random) == 0 {
                    stream += "D \(path)\n"
                } else {
                    let content = "content \(Int.random(in: 0..<400, using: &random))\n"
                    stream += "M 100644 inline \(path)\ndata \(content.utf8.count)\n\(content)\n"
                }
            }
            marks[branch] = number
        }
        return stream
    }

    private func outcome(_ story: RepositoryBuilder, _ blobs: Set<ObjectID>, jobs: Int) throws
        -> HistoryAttribution.Outcome
    {
        let plan = try HistorySource(repositoryPath: story.path, environment: nothing).plan()
        #expect(plan.problems.isEmpty)
        return try #require(plan.attribution).attribute(blobs, jobs: jobs)
    }

    /// Puts objects of one repository into the only pack of another.
    private func pack(_ ids: [Substring], of story: RepositoryBuilder, into packed: RepositoryBuilder) throws {
        let script = """
            rm -rf "$1"/objects/pack/* && git pack-objects -q "$1"/objects/pack/pack
            """
        let outcome = Command.run(
            ["sh", "-c", script, "sh", packed.path], in: story.path,
            environment: RepositoryBuilder.environment(time: 0), input: ids.joined(separator: "\n") + "\n")
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func packsAndLooseObjectsTellTheSame(seed: UInt64) throws {
        let loose = RepositoryBuilder()
        loose.run(["-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet"], input: Self.stream(seed: seed))
        let packed = loose.sibling("packed")
        loose.run(["clone", "--quiet", "--mirror", "--no-local", ".", "../packed"])
        let listing = loose.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
            .split(separator: "\n")
        let blobs = listing.filter { $0.hasSuffix(" blob") }.compactMap { ObjectID(hex: $0.prefix(40)) }
        let lost = blobs.filter { $0.bytes[0] % 16 == 0 }
        let kept = listing.map { $0.prefix(40) }.filter { id in !lost.contains { $0.description == id } }
        try #require(kept.count > 500 && blobs.count > 200 && lost.count > 5)

        for isDamaged in [false, true] {
            try pack(isDamaged ? kept : listing.map { $0.prefix(40) }, of: loose, into: packed)
            if isDamaged { for id in lost { loose.directory.remove(loose.looseObject(id.description)) } }
            for targets in [[], Set(blobs.prefix(3)), Set(blobs)] as [Set<ObjectID>] {
                let expected = try outcome(loose, targets, jobs: 1)
                for jobs in [1, 2] {
                    let found = try outcome(packed, targets, jobs: jobs)
                    #expect(found.histories == expected.histories)
                    #expect(found.problems.map(\.subject) == expected.problems.map(\.subject))
                    #expect(found.problems.isEmpty == !isDamaged)
                }
            }
        }
    }
}

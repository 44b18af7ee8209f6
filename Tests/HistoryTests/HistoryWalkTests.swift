import Bytes
import Git
import SourceTestSupport
import TestSupport
import Testing

@testable import History

/// Packs are read by other means than objects in files of their own; what is found out must be the same.
@Suite struct HistoryWalkTests {
    /// Branches that change, move and delete files in folders, and merge: enough objects for packs to be read as packs.
    static func stream(seed: UInt64) -> String {
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
        -> AttributionOutcome
    {
        let plan = try HistorySource(repositoryPath: story.path, environment: nothing).plan()
        #expect(plan.contents.problems.isEmpty)
        return try plan.attribution.attribute(blobs, jobs: jobs)
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

    /// git once wrote a folder's mode as `040000`, and later as `40000`: where a tree of one kind is a difference to one of
    /// the other, what is copied starts inside of an entry.
    private func addTreesOfOld(to story: RepositoryBuilder) throws {
        let script = """
            parent=; number=0
            for commit in $(git rev-list --reverse --first-parent main | head -40); do
                number=$((number + 1))
                tree=$(git rev-parse "$commit^{tree}")
                if [ $((number % 3)) -gt 0 ]; then
                    tree=$(git cat-file tree $tree | LC_ALL=C sed 's/40000 /040000 /g' |
                        git hash-object -t tree -w --literally --stdin)
                fi
                parent=$(git commit-tree $tree ${parent:+-p $parent} -m old)
            done
            git update-ref refs/heads/old $parent
            """
        let outcome = Command.run(
            ["sh", "-c", script], in: story.path, environment: RepositoryBuilder.environment(time: 1_800_000_000))
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func packsAndLooseObjectsTellTheSame(seed: UInt64) throws {
        let loose = RepositoryBuilder()
        loose.run(["-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet"], input: Self.stream(seed: seed))
        try addTreesOfOld(to: loose)
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
                let alone = try outcome(packed, targets, jobs: 1)
                for jobs in [1, 2] {
                    let found = try outcome(packed, targets, jobs: jobs)
                    #expect(found.problems.map(\.message) == alone.problems.map(\.message))
                    #expect(found.histories == expected.histories)
                    #expect(found.problems.map(\.subject) == expected.problems.map(\.subject))
                    #expect(found.problems.isEmpty == !isDamaged)
                }
            }
        }
    }

    /// What commits name is noted where their messages are read. A note is a help: where there is none, the commit is read.
    @Test func itIsTheSameWhetherCommitsWereReadBeforeOrNot() throws {
        let story = RepositoryBuilder()
        story.run(["fast-import", "--quiet"], input: Self.stream(seed: 5))
        story.git("repack", "-a", "-d", "-f", "--quiet")
        let blobs = Set(
            story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
                .split(separator: "\n").filter { $0.hasSuffix(" blob") }.prefix(100)
                .compactMap { ObjectID(hex: $0.prefix(40)) })
        var outcomes: [AttributionOutcome] = []
        for part in [0, 2, 1] {
            let plan = try HistorySource(repositoryPath: story.path, environment: nothing).plan()
            let packed = try #require(plan.packed)
            let reader = packed.makeReader(maximumSize: 1 << 20, verifies: false)
            var commits = 0
            for unit in packed.units where part > 0 {
                reader.read(unit) { (_, content, _: Never?) -> Never? in
                    if case .message = content { commits += 1 }
                    return nil
                }
            }
            #expect(commits >= (part > 0 ? 240 : 0))
            let noted = packed.objects.commitNotes.take()
            #expect(noted?.commits.count == (part > 0 ? 240 : nil))
            if part == 1, let noted {
                // Some twice, as if two packs had them, and some not at all.
                let writer = CommitTableWriter(packed.objects)
                let isNoted = { (place: PackedObjects.Place) in place.entry.position % 3 > 0 }
                packed.objects.forEach(.commit, wants: isNoted) { object, place in
                    for _ in 0..<place.entry.position % 3 {
                        writer.add(object.content, number: packed.objects.number(of: place))
                    }
                }
                let some = writer.finish()
                #expect(Set(some.commits).count < noted.commits.count && Set(some.commits).count < some.commits.count)
                packed.objects.commitNotes.add(some)
            } else if let noted {
                packed.objects.commitNotes.add(noted)
            }
            outcomes.append(try plan.attribution.attribute(blobs))
            #expect(packed.objects.commitNotes.take() == nil)
        }
        #expect(outcomes[0].histories.count == 100)
        #expect(outcomes[1].histories == outcomes[0].histories)
        #expect(outcomes[2].histories == outcomes[0].histories)
    }

    /// For each tree of the packs, what it leads to.
    private func links(_ story: RepositoryBuilder, _ blobs: Set<ObjectID>, rememberedCount: Int) throws -> [[String]] {
        let repository = try Repository.open(at: story.path, environment: nothing)
        let packed = PackedObjects(folders: repository.objectDirectories)
        var graph = TreeGraph(to: blobs, ObjectNumbers(packed: packed), repository)
        graph.readPacks(jobs: 1, exists: { _ in false }, wants: nil, rememberedCount: rememberedCount)
        #expect(graph.missing.isEmpty)
        return (0..<UInt32(packed.count)).map { number in
            guard graph.isRead(number) else { return ["none"] }
            return graph.links(of: number).map { index in
                let link = graph.link(at: index)
                let name = String(decoding: graph.names[link.name], as: UTF8.self)
                return "\(name) \(link.isTree) \(graph.numbers.id(link.target))"
            }
        }
    }

    @Test func treesAreTheSameHoweverLittleIsRememberedOfOthers() throws {
        let story = RepositoryBuilder()
        story.run(["fast-import", "--quiet"], input: Self.stream(seed: 4))
        try addTreesOfOld(to: story)
        story.git("repack", "-a", "-d", "-f", "--quiet")
        let blobs = Set(
            story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
                .split(separator: "\n").filter { $0.hasSuffix(" blob") }.prefix(150)
                .compactMap { ObjectID(hex: $0.prefix(40)) })
        let all = try links(story, blobs, rememberedCount: TreeEntryStack.largestCount)
        #expect(all.contains { $0.count > 3 })
        for count in [0, 10, 40] {
            #expect(try links(story, blobs, rememberedCount: count) == all)
        }
        // As git sees them.
        let listed = story.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
            .split(separator: "\n").filter { $0.hasSuffix(" tree") }
        let repository = try Repository.open(at: story.path, environment: nothing)
        let packed = PackedObjects(folders: repository.objectDirectories)
        for line in listed {
            let id = try #require(ObjectID(hex: line.prefix(40)))
            let number = try #require(packed.number(of: id))
            let expected = try repository.tree(id).filter { $0.mode.isTree || blobs.contains($0.id) }.map {
                "\(String(decoding: $0.name, as: UTF8.self)) \($0.mode.isTree) \($0.id)"
            }
            #expect(all[Int(number)] == expected)
        }
    }
}

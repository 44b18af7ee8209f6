import BuiltinRules
import Git
import ScanSources
import Scanner
import TestSupport
import Testing

@testable import Pipeline

/// A history's packs are read twice: to see which blobs hold something, and then those under their paths. What could be
/// read the first time and cannot the second time must not be lost.
struct PackedSuspectTests {
    private let environment = GitEnvironment(currentDirectory: "/")
    private let key: String

    init() {
        var generator = SeededGenerator(seed: 71)
        key = generator.key()
    }

    /// Scans the history; the pack's copy of a blob is overwritten between the two times.
    private func scan(_ story: RepositoryBuilder, overwriting blob: String?) throws -> ScanResult {
        let pipeline = ScanPipeline(engine: ScanEngine(.builtin()), settings: ScanSettings())
        let source = HistorySource(repositoryPath: story.path, environment: environment)
        return try pipeline.run(source, mode: "history", target: story.path) { plan in
            let blobs = plan.items.indices.filter { plan.items[$0].blob != nil }
            #expect(blobs.count == 601 && blobs.allSatisfy { plan.packed?.holds($0) == true })
            if let blob { overwrite(blob, in: story) }
            return HistoryAttribution(
                repositoryPath: story.path, commits: plan.commitIDs, packed: plan.packed, environment: environment)
        }
    }

    private func overwrite(_ blob: String, in story: RepositoryBuilder) {
        // A line for each object: id, kind, size, size in the pack, offset.
        let script = """
            cd .git/objects/pack && chmod u+w ./*.pack
            offset=$(git verify-pack -v ./*.idx | awk '$1 == "\(blob)" { print $5 }')
            head -c 24 /dev/zero | tr '\\0' '\\377' | dd of=$(ls ./*.pack) bs=1 seek=$((offset + 4)) conv=notrunc
            """
        let outcome = Command.run(["sh", "-c", script], in: story.path)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func story() -> (RepositoryBuilder, blob: String) {
        let text = "# settings of the service\nMISTRAL_API_KEY=\(key)\n"
        // In small histories the objects of packs are read one by one.
        var files = Dictionary(uniqueKeysWithValues: (0..<600).map { ("file\($0)", "Nothing to see in \($0).\n") })
        files[".env"] = text
        let story = RepositoryBuilder().write(files).commit("first")
        story.git("repack", "-a", "-d", "--quiet")
        return (story, story.blob(text))
    }

    @Test func whatIsReadTwiceIsFound() throws {
        let (story, _) = story()
        let result = try scan(story, overwriting: nil)
        #expect(result.findings.flatMap { $0.occurrences.map(\.path) } == [".env"])
        #expect(result.summary.isComplete)
    }

    @Test func aSuspectThatCannotBeReadAgainIsNamed() throws {
        let (story, blob) = story()
        let result = try scan(story, overwriting: blob)
        #expect(result.findings.isEmpty)
        #expect(result.summary.problems.map(\.subject).contains { $0.contains(blob) }, "\(result.summary.problems)")
        #expect(!result.summary.isComplete)
    }
}

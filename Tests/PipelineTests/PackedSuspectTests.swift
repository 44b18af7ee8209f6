import BuiltinRules
import Findings
import Git
import History
import ScanSources
import Scanner
import Synchronization
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

    /// A history whose objects are read by one worker, and again by another.
    private final class ReadTwice: BlobSource {
        private let source: HistorySource
        private let beforeSecond: @Sendable () -> Void
        private let readers = Atomic<Int>(0)

        init(_ source: HistorySource, beforeSecond: @escaping @Sendable () -> Void) {
            self.source = source
            self.beforeSecond = beforeSecond
        }

        func makeReader() throws(SourceError) -> any BlobReader {
            if readers.add(1, ordering: .relaxed).newValue == 2 { beforeSecond() }
            return try source.makeReader()
        }
    }

    /// Scans the history; the pack's copy of a blob is overwritten between the two times.
    private func scan(_ story: RepositoryBuilder, overwriting blob: String?) throws -> ScanResult {
        var settings = ScanSettings()
        settings.jobs = 1
        let history = HistorySource(repositoryPath: story.path, environment: environment)
        let path = story.path
        let source = ReadTwice(history) {
            if let blob { overwrite(blob, in: path) }
        }
        let plan = try history.plan()
        let blobs = plan.contents.items.indices.filter { plan.contents.items[$0].origin.blob != nil }
        #expect(blobs.count == 601 && blobs.allSatisfy { plan.packed?.holds($0) == true })
        let pipeline = ScanPipeline(engine: ScanEngine(.builtin), settings: settings)
        return try pipeline.result(of: pipeline.collect(plan, reading: source, mode: .history, target: story.path))
    }

    private func overwrite(_ blob: String, in repository: String) {
        // A line for each object: id, kind, size, size in the pack, offset.
        let script = """
            cd .git/objects/pack && chmod u+w ./*.pack
            offset=$(git verify-pack -v ./*.idx | awk '$1 == "\(blob)" { print $5 }')
            head -c 24 /dev/zero | tr '\\0' '\\377' | dd of=$(ls ./*.pack) bs=1 seek=$((offset + 4)) conv=notrunc
            """
        let outcome = Command.run(["sh", "-c", script], in: repository)
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

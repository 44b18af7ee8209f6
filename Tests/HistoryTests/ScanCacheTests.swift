import Bytes
import Git
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@testable import History

/// What the cache says, and that it says nothing rather than anything wrong.
@Suite struct ScanCacheTests {
    let key = CacheKey(Array(repeating: 7, count: 32))
    let otherKey = CacheKey(Array(repeating: 8, count: 32))

    private func ids(_ range: Range<UInt64>) -> [ObjectID] {
        var generator = SeededGenerator(seed: 99)
        let all = (0..<range.upperBound).map { _ in
            (0..<5).map { _ in UInt32.random(in: 0...UInt32.max, using: &generator) }
        }
        return all[Int(range.lowerBound)...].compactMap { words in words.withUnsafeBytes { ObjectID(bytes: $0) } }
    }

    @Test func whatIsSavedIsKnownNextTime() {
        let folder = TemporaryDirectory()
        let clean = ids(0..<1000)
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        #expect(cache.count == 0)
        cache.record(clean.prefix(600), as: .cleanBlob)
        cache.record(clean[600..<900], as: .cleanCommit)
        cache.record(clean[900...], as: .binaryBlob)
        #expect(cache.save())
        let next = ScanCache.open(gitDirectory: folder.path, key: key)
        #expect(next.count == 1000)
        #expect(clean.allSatisfy(next.contains))
        #expect(next.state(of: clean[700]) == .cleanCommit)
        #expect(next.state(of: clean[950]) == .binaryBlob)
        #expect(!ids(1000..<3000).contains(where: next.contains))
    }

    /// Ids are digests and so spread evenly; whoever chooses contents can choose some of their digits.
    @Test func idsThatAreNotSpreadEvenlyAreFoundToo() throws {
        let folder = TemporaryDirectory()
        let clustered = try ids(0..<2000).enumerated().map { number, id in
            let digits = "\(id)"
            let start = ["", "0123456789ab", "ffffffffffffffff", "0000000000000000"][number % 4]
            return try #require(ObjectID(hex: start + digits.dropFirst(start.count)))
        }
        let (known, others) = (clustered.prefix(1500), clustered.dropFirst(1500))
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(known, as: .cleanBlob)
        cache.save()
        let next = ScanCache.open(gitDirectory: folder.path, key: key)
        #expect(known.allSatisfy(next.contains))
        #expect(!others.contains(where: next.contains))
    }

    @Test func itTakesSixteenBytesAnObject() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<5000), as: .cleanBlob)
        cache.save()
        #expect(folder.read("windsock/scanned").count <= 5000 * 16 + 100)
    }

    @Test func aKeyKnowsOnlyItsOwn() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<10), as: .cleanBlob)
        cache.save()
        #expect(ScanCache.open(gitDirectory: folder.path, key: otherKey).count == 0)
        var other = ScanCache.open(gitDirectory: folder.path, key: otherKey)
        other.record(ids(10..<20), as: .cleanBlob)
        other.save()
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0, "the newest stays")
        #expect(ScanCache.open(gitDirectory: folder.path, key: otherKey).count == 10)
    }

    /// Two scans that ran at the same time and began with the same file.
    @Test func whatOthersSavedMeanwhileStays() {
        let folder = TemporaryDirectory()
        var first = ScanCache.open(gitDirectory: folder.path, key: key)
        var second = ScanCache.open(gitDirectory: folder.path, key: key)
        first.record(ids(0..<10), as: .cleanBlob)
        second.record(ids(5..<20), as: .cleanBlob)
        first.save()
        second.save()
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 20)
    }

    /// What a scan knew when it began it does not forget because the file went, or became another's.
    @Test func whatWasKnownAtTheStartStays() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<10), as: .cleanBlob)
        cache.save()
        var later = ScanCache.open(gitDirectory: folder.path, key: key)
        folder.remove("windsock/scanned")
        later.record(ids(10..<20), as: .cleanBlob)
        later.save()
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 20)
    }

    @Test func aDamagedFileIsNone() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<100), as: .cleanBlob)
        cache.save()
        let name = Array("windsock/scanned".utf8)
        let good = folder.read("windsock/scanned")
        // Mark, key, number of records, records, checksum.
        for position in [0, 14, 15, 40, 47, 54, 55, 56, 63, 500, good.count - 9, good.count - 8, good.count - 1] {
            var damaged = good
            damaged[position] ^= 0x10
            folder.write(name, damaged)
            #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0, "byte \(position)")
        }
        for length in [0, 1, 20, 55, 63, good.count - 16, good.count - 1] {
            folder.write(name, Array(good[..<length]))
            #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0, "\(length) bytes")
        }
        folder.write(name, good + [0])
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0)
        folder.write(name, good)
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 100)
    }

    @Test func aFileOfAnEarlierFormIsNone() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<100), as: .cleanBlob)
        cache.save()
        var earlier = folder.read("windsock/scanned")
        let mark = Array("windsock cache 4".utf8)
        earlier.replaceSubrange(..<mark.count, with: mark)
        // All else about it is right.
        let sum = earlier.dropLast(8).withUnsafeBytes(CacheFile.checksum)
        earlier.replaceSubrange((earlier.count - 8)..., with: withUnsafeBytes(of: sum.bigEndian) { Array($0) })
        folder.write(Array("windsock/scanned".utf8), earlier)
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0)
        // It is replaced by the next scan, as if there had been none.
        var next = ScanCache.open(gitDirectory: folder.path, key: key)
        next.record(ids(0..<10), as: .cleanBlob)
        next.save()
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 10)
    }

    @Test func aFileThatOthersMayWriteIsNone() {
        let folder = TemporaryDirectory()
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<100), as: .cleanBlob)
        cache.save()
        _ = Command.run(["chmod", "o+w", folder("windsock/scanned")])
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 0)
    }

    @Test func whatAKilledWriterLeftIsNoObstacle() {
        let folder = TemporaryDirectory()
        folder.write("windsock/scanned.new", "half a file")
        var cache = ScanCache.open(gitDirectory: folder.path, key: key)
        cache.record(ids(0..<10), as: .cleanBlob)
        #expect(cache.save())
        #expect(ScanCache.open(gitDirectory: folder.path, key: key).count == 10)
        #expect(folder.read("windsock/scanned.new").isEmpty)
    }

    @Test(arguments: ["/nonexistent", "/proc/self", "/dev/null"])
    func whereNothingCanBeWrittenThereIsNoCache(_ folder: String) {
        var cache = ScanCache.open(gitDirectory: folder, key: key)
        cache.record(ids(0..<10), as: .cleanBlob)
        #expect(!cache.save())
        #expect(ScanCache.open(gitDirectory: folder, key: key).count == 0)
    }

    // MARK: In a history

    private func source(_ story: RepositoryBuilder) -> HistorySource {
        HistorySource(repositoryPath: story.path, cacheKey: key, environment: nothing)
    }

    /// Scans as the pipeline does, where nothing is ever found but in what has the word `key`.
    @discardableResult
    private func scan(_ story: RepositoryBuilder) throws -> HistoryReading {
        let reading = try source(story).readAll()
        var cache = try #require(reading.plan.cache)
        for (item, text) in reading.contents where !text.contains("key") {
            switch item.origin {
            case .blob(let id): cache.record([id], as: .cleanBlob)
            case .commitMessage(let id): cache.record([id], as: .cleanCommit)
            case .tagMessage(let id): cache.record([id], as: .cleanTag)
            default: break
            }
        }
        cache.save()
        return reading
    }

    private func story() -> RepositoryBuilder {
        RepositoryBuilder().commit("first", ["a": "1", "d/b": "key 1"]).commit("second", ["a": "2"]).tag("v1", "one")
    }

    @Test(arguments: [false, true]) func onlyWhatIsNewOrNotCleanIsReadAgain(isPacked: Bool) throws {
        let story = story()
        if isPacked { story.git("repack", "-adq") }
        #expect(try scan(story).blobs == ["1", "2", "key 1"])
        let second = try scan(story)
        #expect(second.blobs == ["key 1"])
        #expect(second.messages.isEmpty)
        #expect(second.plan.known.clean == 5)
        #expect(second.plan.contents.commitCount == 2)
        story.commit("third", ["d/c": "3"])
        let third = try scan(story)
        #expect(third.blobs == ["3", "key 1"])
        #expect(third.messages.contains("third"))
        #expect(try scan(story).blobs == ["key 1"])
        // Other packs, the same objects.
        story.git("gc", "--quiet", "--prune=now")
        #expect(try scan(story).blobs == ["key 1"])
        #expect(try scan(story).plan.known.clean == 7)
    }

    /// Of checked stores only what was found is asked again, so that what gets lost must be seen by other means.
    @Test(arguments: [false, true]) func whatGetsLostLaterIsMissed(isPacked: Bool) throws {
        let story = story()
        if isPacked { story.git("repack", "-adq") }
        let lost = story.commit("third", ["d/c": "3"]).blob("3")
        try scan(story)
        #expect(try scan(story).problems.isEmpty)
        story.directory.remove(story.looseObject(lost))
        for _ in 1...2 { #expect(try scan(story).problems.map(\.subject) == [lost]) }
    }

    @Test func aLostPackIsMissed() throws {
        let story = story()
        story.git("repack", "-adq")
        story.commit("third", ["d/c": "3"])
        try scan(story)
        #expect(try scan(story).problems.isEmpty)
        _ = Command.run(["sh", "-c", "rm -f .git/objects/pack/*"], in: story.path)
        #expect(try !scan(story).problems.isEmpty)
        #expect(try !scan(story).problems.isEmpty)
    }

    @Test func aHistoryWithGapsStaysIncomplete() throws {
        let story = story()
        story.run(["clone", "--quiet", "--depth=1", "file://\(story.path)", "../shallow"])
        let clone = story.sibling("shallow")
        for _ in 1...3 { #expect(try scan(clone).problems.compactMap(\.advice) == ["git fetch --unshallow"]) }
        story.directory.remove(story.looseObject(story.blob("1")))
        for _ in 1...3 { #expect(try scan(story).problems.map(\.subject) == [story.blob("1")]) }
    }

    @Test func worktreesShareOne() throws {
        let story = story()
        story.git("worktree", "add", "--quiet", "../linked", "-b", "linked")
        try scan(story)
        #expect(try scan(story.sibling("linked")).blobs == ["key 1"])
    }
}

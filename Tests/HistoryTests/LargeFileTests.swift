import Git
import History
import ScanSources
import SourceTestSupport
import TestSupport
import Testing

@Suite struct LargeFileTests {
    private let digest = "4665a5ea423c2713d436b5ee50593a9640e0018c1550b5a0002f74190d6caea8"

    private func pointer(size: Int = 7) -> String {
        "version https://git-lfs.github.com/spec/v1\noid sha256:\(digest)\nsize \(size)\n"
    }

    private func store(_ story: RepositoryBuilder, _ content: String) {
        let folder = ".git/lfs/objects/\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/"
        story.directory.write(story.relative(folder + digest), content)
    }

    private func readings(_ story: RepositoryBuilder) throws -> [Reading] {
        [
            try WorkingTreeSource(paths: [story.path], environment: nothing).readAll(),
            try HistorySource(repositoryPath: story.path, environment: nothing).readAll().reading,
            try RangeSource(repositoryPath: story.path, range: "HEAD", environment: nothing).readAll(),
        ]
    }

    @Test func contentOfTheLocalStoreIsReadInPlaceOfItsPointer() throws {
        let story = RepositoryBuilder().commit("pointer", ["large": pointer()])
        store(story, "content")
        for reading in try readings(story) {
            #expect(reading.contents.contains { $0.text == "content" })
            #expect(!reading.contents.contains { $0.text.contains("oid sha256") })
            #expect(reading.omissions.isEmpty)
        }
    }

    @Test func contentThatIsElsewhereIsCounted() throws {
        let story = RepositoryBuilder().commit("pointer", ["large": pointer()])
        for reading in try readings(story) {
            #expect(reading.omissions.map(\.reason) == [.largeFilePointer])
        }
    }

    @Test func contentOverTheLimitIsTooLarge() throws {
        let story = RepositoryBuilder().commit("pointer", ["large": pointer(size: 2 << 20)])
        store(story, "content")
        for reading in try readings(story) {
            #expect(reading.omissions.map(\.reason) == [.tooLarge])
        }
    }

    @Test func textThatOnlyBeginsLikeAPointerIsRead() throws {
        let text = pointer() + "MISTRAL_API_KEY=x\n"
        let story = RepositoryBuilder().commit("no pointer", ["file": text])
        for reading in try readings(story) {
            #expect(reading.contents.contains { $0.text == text })
        }
    }
}

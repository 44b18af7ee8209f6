import TestSupport
import Testing

/// Files that cannot be read, should not be read, or have names that are hard to tell: each is named or counted, and
/// the rest is scanned.
@Suite struct UnreadableFileTests {
    let key = RandomKey(40)

    /// Root may read everything; without these capabilities it may not either.
    static let unprivileged = "setpriv --bounding-set -dac_override,-dac_read_search -- "
    static let privilegeDrop = Command.run(["sh", "-c", "[ $(id -u) = 0 ]"]).status == 0 ? unprivileged : ""

    @Test func anUnreadableFileMakesTheScanIncompleteAndTheRestIsScanned() throws {
        let story = RepositoryBuilder().commit("first", ["a": "1", "secret.txt": "2"])
        let scan = "chmod 000 secret.txt; \(Self.privilegeDrop)\"$windsock\" scan --format json"
        let clean = try Scan(Windsock.shell(scan, in: story))
        #expect(clean.status == 3)
        #expect(clean.report.summary.problems.map(\.subject) == ["secret.txt"])
        #expect(clean.report.summary.problems[0].message.contains("Permission denied"))
        #expect(clean.report.summary.problems[0].advice?.contains("read permission") == true)
        story.write([".env": key.line])
        let found = try Scan(Windsock.shell(scan, in: story))
        #expect(found.status == 1)
        #expect(found.places == [".env:1"])
        #expect(!found.report.summary.complete)
    }

    @Test func anUnreadableFolderMakesTheScanIncomplete() throws {
        let story = RepositoryBuilder().write(["a": "1", "private/b": "2"])
        let scan = try Scan(
            Windsock.shell("chmod 000 private; \(Self.privilegeDrop)\"$windsock\" scan --format json", in: story))
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == ["private"])
    }

    @Test func aFiveGigabyteBinaryIsCountedAndNotRead() throws {
        let story = RepositoryBuilder().write([".env": key.line])
        let scan = try Scan(Windsock.shell("truncate -s 5G disk.img; \"$windsock\" scan --format json", in: story))
        #expect(scan.status == 1)
        #expect(scan.places == [".env:1"])
        #expect(scan.report.summary.complete)
        #expect(scan.report.summary.omitted.values.reduce(0, +) == 1)
        #expect(scan.report.summary.files == 1)
    }

    @Test func aFiveGigabyteTextMakesTheScanIncomplete() throws {
        let story = RepositoryBuilder()
        let text = "yes 0123456789 | head -c 16384 > dump.sql; truncate -s 5G dump.sql; "
        let scan = try Scan(Windsock.shell(text + "\"$windsock\" scan --format json", in: story))
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == ["dump.sql"])
        #expect(scan.report.summary.problems[0].advice == "raise --max-file-size")
    }

    /// What of an object is too large is told in every mode, not only in the tree.
    @Test(arguments: [["--staged"], ["--history"], ["--range", "HEAD"]])
    func aTextBlobThatIsTooLargeMakesTheScanIncomplete(_ mode: [String]) throws {
        let story = RepositoryBuilder()
        if mode != ["--staged"] {
            story.commit("first", ["dump.sql": String(repeating: "row ", count: 1000)])
        } else {
            story.stage(["dump.sql": String(repeating: "row ", count: 1000)])
        }
        let scan = try Windsock.run(mode + ["--max-file-size", "1k"], story)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.count == 1)
    }

    @Test func standardInputThatIsTooLargeMakesTheScanIncomplete() throws {
        let scan = try Windsock.scan(
            "-", "--max-file-size", "1k", in: "/", input: String(repeating: "row ", count: 1000))
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.map(\.subject) == ["standard input"])
    }

    @Test func namesWithNewlinesAndInvalidUTF8AreScannedAndCannotForgeALine() throws {
        let story = RepositoryBuilder()
        let folder = Array(story.relative("").utf8)
        story.directory.write(folder + Array("a\nb.env".utf8), Array(key.line.utf8))
        story.directory.write(folder + [0xff, 0xfe] + Array(".env".utf8), Array(key.line.utf8))
        story.directory.write(folder + Array("c\u{1b}[31m.env".utf8), Array(key.line.utf8))
        for mode in [[], ["--uncommitted"]] {
            let scan = try Windsock.run(mode, story)
            #expect(scan.status == 1)
            #expect(scan.report.findings.flatMap(\.occurrences).count == 3)
        }
        story.commit("all")
        for mode in [[], ["--history"], ["--range", "HEAD"]] {
            let text = Windsock.run(["scan"] + mode, in: story)
            #expect(text.status == 1)
            #expect(!text.output.contains("\u{1b}"))
            #expect(!text.output.split(separator: "\n").contains { $0.hasPrefix("b.env") })
        }
    }

    @Test func aFIFOIsCountedAndNotWaitedFor() throws {
        let story = RepositoryBuilder().write([".env": key.line])
        let scan = try Scan(Windsock.shell("mkfifo pipe; \"$windsock\" scan --format json", in: story))
        #expect(scan.status == 1)
        #expect(scan.report.summary.omitted == ["special file": 1])
    }

    @Test func aLoopOfFoldersEndsAndLinksOutOfTheTreeAreNotFollowed() throws {
        let story = RepositoryBuilder().write(["a/.env": key.line])
        story.directory.write("outside/.env", RandomKey(41).line)
        let links = "ln -s .. a/up; ln -s . a/self; ln -s ../outside out; ln -s nowhere dangling; "
        let scan = try Scan(Windsock.shell(links + "\"$windsock\" scan --format json", in: story))
        #expect(scan.status == 1)
        #expect(scan.places == ["a/.env:1"])
        #expect(scan.report.summary.omitted == ["symbolic link": 4])
        #expect(scan.report.summary.complete)
    }
}

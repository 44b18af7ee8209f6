import TestSupport
import Testing

/// Secrets in archives and compressed files, wherever these are.
@Suite(.enabled(if: Containers.objection == nil, "libarchive is not installed"))
struct ContainerTests {
    private let key = RandomKey(2601)

    @Test(
        arguments: [
            ("write('a.zip', zipped(files('src')))", "a.zip!conf/.env"),
            ("write('a.jar', zipped(files('src'), zipfile.ZIP_STORED))", "a.jar!conf/.env"),
            ("write('a.tar', tarred('src', format=tarfile.USTAR_FORMAT))", "a.tar!conf/.env"),
            ("write('a.tar', tarred('src', format=tarfile.PAX_FORMAT))", "a.tar!conf/.env"),
            ("write('a.tar', tarred('src', format=tarfile.GNU_FORMAT))", "a.tar!conf/.env"),
            ("write('a.tgz', gzip.compress(tarred('src')))", "a.tgz!conf/.env"),
            ("write('a.tar.bz2', bz2.compress(tarred('src')))", "a.tar.bz2!conf/.env"),
            ("write('a.tar.xz', lzma.compress(tarred('src')))", "a.tar.xz!conf/.env"),
            ("write('a.tar.lzma', lzma.compress(tarred('src'), lzma.FORMAT_ALONE))", "a.tar.lzma!conf/.env"),
            ("write('p.env.bz2', bz2.compress(open('src/conf/.env', 'rb').read()))", "p.env.bz2!p.env"),
            ("write('p.env.xz', lzma.compress(open('src/conf/.env', 'rb').read()))", "p.env.xz!p.env"),
            ("write('a.ar', archived(files('src/conf')) + archived([('b', b'\\0')])[8:])", "a.ar!.env"),
            (
                "write('a.deb', archived([('debian-binary', b'2.0\\n'), ('data.tar.xz', lzma.compress(tarred('src')))]))",
                "a.deb!data.tar.xz!conf/.env"
            ),
            ("write('a.cpio', copied(files('src')))", "a.cpio!conf/.env"),
            ("write('a.zip', zipped([('b.tar.gz', gzip.compress(tarred('src')))]))", "a.zip!b.tar.gz!conf/.env"),
            (
                "write('a.tar', archived([('x.zip', zipped([('y.zip', zipped([('p.env.gz', gzip.compress(open('src/conf/.env', 'rb').read()))]))]))]))",
                "a.tar!x.zip!y.zip!p.env.gz!p.env"
            ),
        ])
    func aKeyIsFoundAtItsMembersPathAndLine(_ script: String, _ path: String) throws {
        let folder = Containers.folder(key)
        Containers.python(script, in: folder)
        let scan = try Windsock.scan(String(path.prefix { $0 != "!" }), in: folder)
        #expect(scan.status == 1, "\(scan.outcome.output)")
        let places = scan.report.findings.flatMap(\.occurrences)
        #expect(places.map(\.path) == [path])
        #expect(places.map(\.startLine) == [3])
        #expect(scan.report.summary.complete, "\(scan.report.summary.problems)")
    }

    /// By programs that need not be there.
    @Test(.enabled(if: Containers.has("zstd"), "zstd is not installed"))
    func whatZstandardHasCompressedIsOpened() throws {
        let folder = Containers.folder(key)
        Containers.make("tar -C src -c . | zstd -q -o a.tar.zst; zstd -q src/conf/.env -o b.env.zst", in: folder)
        let scan = try Windsock.scan("a.tar.zst", "b.env.zst", in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.tar.zst!conf/.env", "b.env.zst!b.env"])
    }

    // MARK: Where they are

    @Test func standardInputIndexAndHistoryAreLookedAtAsFoldersAre() throws {
        let repository = RepositoryBuilder()
        let source = Containers.folder(key)
        Containers.python("write('a.zip', zipped(files('src')))", in: source)
        let place = "\(repository.path)/lib/a.zip"
        Containers.make("mkdir \(repository.path)/lib; cp a.zip \(place)", in: source)
        repository.git("add", "lib/a.zip")
        let member = ["lib/a.zip!conf/.env"]
        func paths(_ scan: Scan) -> [String] { scan.report.findings.flatMap(\.occurrences).map(\.path) }
        #expect(paths(try Windsock.scan(in: repository)) == member)
        #expect(paths(try Windsock.scan("--staged", in: repository)) == member)
        repository.git("commit", "-q", "-m", "one")
        repository.git("rm", "-q", "lib/a.zip")
        repository.git("commit", "-q", "-m", "two")
        for _ in 1...2 {
            let scan = try Windsock.scan("--history", in: repository)
            #expect(paths(scan) == member, "\(scan.outcome.output)")
            #expect(scan.report.findings.first?.occurrences.first?.history?.inHead == false)
        }
        // Packed, each object is looked at before its path is known.
        repository.git("gc", "-q", "--prune=now")
        #expect(paths(try Windsock.scan("--history", in: repository)) == member)
        #expect(paths(try Windsock.scan("--history", "--no-cache", in: repository)) == member)
        let outcome = Windsock.shell("\"$windsock\" scan --format json - <a.zip", in: source)
        #expect(paths(try Scan(outcome)) == ["standard input!conf/.env"])
    }

    @Test func whatIsCleanInAHistoryIsNotOpenedAgain() throws {
        let repository = RepositoryBuilder()
        let source = TemporaryDirectory()
        Containers.python("write('a.zip', zipped([('a.txt', 'nothing here')]))", in: source)
        Containers.make("cp a.zip \(repository.path)", in: source)
        repository.git("add", "a.zip")
        repository.git("commit", "-q", "-m", "one")
        #expect(try Windsock.scan("--history", in: repository).report.summary.known == 0)
        let again = try Windsock.scan("--history", in: repository)
        #expect(again.report.summary.known >= 1)
        #expect(again.status == 0)
        // Another depth is another question.
        #expect(try Windsock.scan("--history", "--archives", "0", in: repository).report.summary.omitted["binary"] == 1)
    }

    @Test func hooksOpenNone() throws {
        let repository = RepositoryBuilder().commit("one", ["a.txt": "text\n"])
        let source = Containers.folder(key)
        Containers.python("write('a.zip', zipped(files('src')))", in: source)
        Containers.make("cp a.zip \(repository.path)", in: source)
        repository.git("add", "a.zip")
        #expect(Windsock.run(["hook", "run", "pre-commit"], in: repository).status == 0)
        #expect(Windsock.run(["scan", "--staged"], in: repository, environment: ["PRE_COMMIT": "1"]).status == 0)
        #expect(Windsock.run(["scan", "--staged", "-q"], in: repository).status == 1)
    }

    // MARK: How deep

    @Test func twoDeepInFoldersAndEightInWhatIsNamed() throws {
        let folder = Containers.folder(key)
        Containers.python(
            """
            content = zipped(files("src"))
            for level in range(8):
                content = zipped([("%d.zip" % level, content)])
                os.makedirs("d%d" % (level + 2))
                write("d%d/a.zip" % (level + 2), content)
            """, in: folder)
        #expect(try Windsock.scan("d2", in: folder).status == 1)
        let cut = try Windsock.scan("d3", in: folder)
        #expect(cut.status == 3)
        #expect(cut.report.summary.problems.map(\.subject) == ["a.zip!1.zip!0.zip"])
        #expect(cut.report.summary.problems.first?.message.contains("in 2 others") == true)
        #expect(try Windsock.scan("--archives", "3", "d3", in: folder).status == 1)
        #expect(try Windsock.scan("d8/a.zip", in: folder).status == 1)
        #expect(try Windsock.scan("d9/a.zip", in: folder).status == 3)
        #expect(try Windsock.scan("--archives", "1", "d2/a.zip", in: folder).status == 3)
    }

    @Test func theOptionTurnsItOff() throws {
        let folder = Containers.folder(key)
        Containers.python("os.makedirs('d'); write('d/a.zip', zipped(files('src')))", in: folder)
        folder.write("d/a.txt", "text\n")
        let scan = try Windsock.scan("--archives", "0", "d", in: folder)
        #expect(scan.status == 0)
        #expect(scan.report.summary.omitted["binary"] == 1)
        let named = try Windsock.scan("--archives", "0", "d/a.zip", in: folder)
        #expect(named.status == 3)
        #expect(named.report.summary.problems.first?.message.contains("archive (zip)") == true)
        #expect(Windsock.run(["scan", "--archives", "-1", "d"], in: folder).status == 2)
        #expect(Windsock.run(["scan", "--archives", "33", "d"], in: folder).status == 2)
    }

    // MARK: What holds for files holds for members

    @Test func commentsBaselineExclusionsAndFingerprintsHoldInContainers() throws {
        let folder = Containers.folder(key)
        let other = RandomKey(2602)
        folder.write("allowed/a.env", "\(other.assignment) # windsock:allow made up\n")
        Containers.python(
            """
            os.makedirs("d"); write("d/a.zip", zipped(files("src"))); write("d/b.tar.gz", gzip.compress(tarred("allowed")))
            """, in: folder)
        let scan = try Windsock.scan("d", in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.zip!conf/.env"])
        #expect(scan.report.summary.suppressed["inline"] == 1)
        let outside = try Windsock.scan("src", in: folder)
        #expect(outside.report.findings.map(\.fingerprint) == scan.report.findings.map(\.fingerprint))
        #expect(try Windsock.scan("--exclude", "conf/", "d", in: folder).status == 0)
        #expect(Windsock.run(["baseline", "create", "d"], in: folder).status == 0)
        let known = try Windsock.scan("d", in: folder)
        #expect(known.status == 0)
        #expect(known.report.summary.suppressed["baseline"] == 1)
    }

    @Test func fixSaysThatNothingIsPutIntoAContainer() {
        let folder = Containers.folder(key)
        Containers.python("os.makedirs('d'); write('d/a.zip', zipped(files('src')))", in: folder)
        let before = folder.read("d/a.zip")
        let outcome = Windsock.run(["fix", "--write", "d"], in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("a.zip!conf/.env:3:"))
        #expect(outcome.output.contains("it is in a container"))
        #expect(folder.read("d/a.zip") == before)
    }

    @Test func reportsNameContainerAndMember() {
        let folder = Containers.folder(key)
        Containers.python("os.makedirs('d'); write('d/a.zip', zipped([('b.zip', zipped(files('src')))]))", in: folder)
        func report(_ format: String) -> String {
            // Markdown has references for what it might take for its own.
            Windsock.run(["scan", "--format", format, "d"], in: folder).output.replacing("&#33;", with: "!")
        }
        for format in [
            "text", "json", "jsonl", "csv", "markdown", "html", "junit", "short", "gitlab", "github", "sarif",
        ] {
            let text = report(format)
            #expect(text.contains("a.zip!b.zip!conf/.env"), "\(format): \(text)")
            #expect(!text.contains(key.description))
        }
        let sarif = report("sarif")
        #expect(sarif.contains(#""location":{"uri":"conf/.env"},"parentIndex":1"#), "\(sarif)")
        #expect(sarif.contains(#""artifactLocation":{"uri":"a.zip","uriBaseId":"%SRCROOT%","index":0}"#), "\(sarif)")
        #expect(
            sarif.contains(#""artifactLocation":{"uri":"conf/.env","index":2},"region":{"startLine":3"#), "\(sarif)")
        #expect(report("json").contains(#""container": "a.zip""#))
    }

    // MARK: Where there is no library

    @Test func withoutTheLibraryContainersAreCountedAndOnlyTheNamedMakeAScanIncomplete() throws {
        let folder = Containers.folder(key)
        folder.write("d/a.txt", "text\n")
        folder.write("fake/libarchive.so.13", "this is no library\n")
        Containers.python("write('d/a.zip', zipped(files('src')))", in: folder)
        let environment = ["LD_LIBRARY_PATH": folder("fake")]
        let scan = try Windsock.scan("d", in: folder, environment: environment)
        // The portable executable has one of its own.
        if scan.status == 1, Windsock.path.contains("portable") { return }
        #expect(scan.status == 0)
        #expect(scan.report.summary.omitted["archive"] == 1)
        let named = try Windsock.scan("d/a.zip", "d/a.txt", in: folder, environment: environment)
        #expect(named.status == 3)
        #expect(named.report.summary.problems.first?.message.contains("libarchive is not installed") == true)
    }
}

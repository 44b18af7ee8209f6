import TestSupport
import Testing

/// Reports that cannot be written, and scans that are stopped: what was found is not lost.
@Suite struct OutputFailureTests {
    let key = RandomKey(60)

    private var story: RepositoryBuilder { RepositoryBuilder().commit("first", [".env": key.line]) }
    private var clean: RepositoryBuilder { RepositoryBuilder().commit("first", ["a": "1"]) }

    @Test(arguments: ["--output /dev/full", "--report json=/dev/full --quiet > /dev/full", "> /dev/full"])
    func aFullDiskIsNamedAndTheFindingsAreToldOnStandardError(_ destination: String) {
        let outcome = Windsock.shell("\"$windsock\" scan \(destination)", in: story)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("No space left on device"))
        #expect(outcome.errors.contains("mistral-api-key"))
        #expect(outcome.errors.contains(".env:1"))
        #expect(!outcome.reveals(key.description))
    }

    /// Not even where the report that failed would have shown them.
    @Test func aFullDiskDoesNotPutSecretsOnStandardError() {
        let outcome = Windsock.shell("\"$windsock\" scan --show-secrets --output /dev/full", in: story)
        #expect(outcome.status == 1)
        #expect(!outcome.reveals(key.description))
    }

    @Test func aFullDiskAfterACleanScanIs3() {
        let outcome = Windsock.shell("\"$windsock\" scan --output /dev/full", in: clean)
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("could not write to /dev/full: No space left on device"))
    }

    @Test func aReportThatCannotBeWrittenDoesNotKeepTheOthers() {
        let story = story
        let outcome = Windsock.run(
            ["scan", "--report", "json=/dev/full", "--report", "csv=out.csv"], in: story)
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("mistral-api-key"))
        #expect(outcome.errors.contains("No space left on device"))
        let table = String(decoding: story.directory.read(story.relative("out.csv")), as: UTF8.self)
        #expect(table.contains("mistral-api-key"))
    }

    /// An hour of scanning is not to end with it.
    @Test(arguments: [
        (["--output", "folder"], "folder: Is a directory"), (["--output", ".env/x"], ".env/x: Not a directory"),
        (["--report", "json=no/such/x"], "no/such/x: No such file or directory"),
        (["--report", "csv=out.csv", "--report", "sarif=folder"], "folder: Is a directory"),
        (["--history", "--list-scanned", "no/x"], "no/x: No such file or directory"),
        (["--output", "locked/x"], "locked/x: Permission denied"),
    ])
    func whatCannotBeWrittenIsSaidBeforeTheScan(_ options: [String], _ message: String) {
        let story = story
        let script =
            "mkdir folder locked; chmod 555 locked; \(UnreadableFileTests.privilegeDrop)\"$windsock\" scan \(options.joined(separator: " "))"
        let outcome = Windsock.shell(script, in: story)
        #expect(outcome.status == 2)
        #expect(outcome.errors == "windsock: could not write to \(message); nothing was scanned\n")
        #expect(outcome.output == "")
        #expect(Command.run(["ls", "-A"], in: story.path).output == ".env\n.git\nfolder\nlocked\n")
    }

    /// Nobody reads any more; the exit code still says what was found, and there is no death by signal.
    @Test(arguments: [(true, 1), (false, 3)])
    func aClosedPipeIsSurvived(_ hasKey: Bool, _ status: Int32) {
        let script = "{ \"$windsock\" scan; echo \"exit $?\" >&2; } | :"
        // The reader must be gone before anything is written.
        let slow = script.replacing("{ ", with: "{ sleep 0.2; ")
        let outcome = Windsock.shell(slow, in: hasKey ? story : clean)
        #expect(outcome.errors.contains("exit \(status)\n"))
        #expect(outcome.errors == "exit \(status)\n", "whoever closed the pipe wants no more of it")
    }

    /// Runs a scan of many files in their order, and does something once the first is done with.
    private func scan(_ folder: TemporaryDirectory, underway action: String, before preparation: String = ":") throws
        -> Scan
    {
        let script = """
            \(preparation)
            seq 1 20000 > text; for i in $(seq 1 400); do ln text "f$i"; done; rm text
            "$windsock" scan --jobs 1 --format json & pid=$!
            until ls -l /proc/$pid/fd 2>&1 | grep -q '/f[0-9]'; do kill -0 $pid || exit 99; done
            \(action)
            wait $pid
            """
        return try Scan(Windsock.shell(script, in: folder))
    }

    @Test(arguments: ["INT", "TERM", "HUP"])
    func anInterruptedScanKeepsWhatItFound(_ signal: String) throws {
        let folder = TemporaryDirectory()
        folder.write("0.env", key.line)
        let scan = try scan(folder, underway: "kill -s \(signal) $pid")
        #expect(scan.status == 1)
        #expect(scan.report.summary.interrupted)
        #expect(!scan.report.summary.complete)
        #expect(scan.places == ["0.env:1"])
        #expect(scan.report.summary.files < 401)
    }

    @Test func anInterruptedScanThatFoundNothingIs3() throws {
        let scan = try scan(TemporaryDirectory(), underway: "kill -s INT $pid")
        #expect(scan.status == 3)
        #expect(scan.report.summary.interrupted)
    }

    @Test func aScanUnderNohupOutlivesItsTerminal() throws {
        let scan = try scan(TemporaryDirectory(), underway: "kill -s HUP $pid", before: "trap '' HUP")
        #expect(scan.status == 0)
        #expect(scan.report.summary.files == 400)
    }
}

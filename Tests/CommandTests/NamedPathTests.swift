import TestSupport
import Testing

/// What was named and not read is no "clean": `faults.md` A15 and U6.
@Suite struct NamedPathTests {
    private let key = RandomKey(970)

    /// A folder with a text, a picture and archives.
    private func folder() -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        folder.write("a.txt", "some text\n")
        let picture: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]
        folder.write("pictures/p.png", "")
        for name in ["p.png", "pictures/p.png"] { folder.write(Array(name.utf8), picture) }
        folder.write(Array("z.zip".utf8), [0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2, 3])
        folder.write(Array("t.tar".utf8), Array("a.txt".utf8) + [UInt8](repeating: 0, count: 252) + Array("ustar".utf8))
        return folder
    }

    @Test(
        arguments: [
            (["p.png"], 3, "nothing of it could be read"), (["p.png", "a.txt"], 0, ""), (["."], 3, "could not be read"),
            (["pictures"], 3, "nothing of it could be read"), (["pictures", "a.txt"], 0, ""),
            (["z.zip"], 3, "could not be read"), (["z.zip", "a.txt"], 3, "could not be read"),
            (["t.tar", "a.txt"], 3, "could not be read"),
            (["--archives", "0", "z.zip"], 3, "archive (zip)"),
            (["--archives", "0", "z.zip", "a.txt"], 3, "archive (zip)"),
            (["--archives", "0", "t.tar", "a.txt"], 3, "archive (tar)"), (["--archives", "0", "."], 0, ""),
            (["--max-file-size", "4", "z.zip"], 3, "larger than 4 bytes"),
            (["--archives", "0", "--max-file-size", "4", "z.zip"], 3, "archive (zip)"),
        ] as [([String], Int32, String)])
    func aBinaryAmongOtherNamesIsCountedAndAnythingElseIsNamed(
        _ names: [String], _ status: Int32, _ message: String
    ) throws {
        let scan = try Scan(Windsock.run(["scan", "--format", "json"] + names, in: folder()))
        #expect(scan.status == status, "\(scan.outcome.output)")
        #expect(scan.report.summary.complete == (status == 0))
        #expect(scan.report.summary.problems.allSatisfy { $0.message.contains(message) })
        #expect(scan.report.summary.problems.isEmpty == (status == 0))
    }

    @Test(arguments: ["p", "link", "p a.txt", "a.txt /dev/null", "linked"])
    func aSpecialFileThatIsNamedMakesTheScanIncomplete(_ names: String) throws {
        let setup = "mkfifo p; ln -s /dev/zero link; ln -s p linked; "
        let outcome = Windsock.shell(setup + "timeout 20 \"$windsock\" scan --format json \(names)", in: folder())
        let scan = try Scan(outcome)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.count == 1)
        #expect(scan.report.summary.problems[0].message.contains("was not read"))
    }

    @Test func findingsBesideWhatWasNotReadAreStill1() throws {
        let folder = folder()
        folder.write("k.env", key.line)
        let scan = try Scan(Windsock.run(["scan", "--format", "json", "z.zip", "k.env"], in: folder))
        #expect(scan.status == 1)
        #expect(!scan.report.summary.complete)
    }

    /// What a shell's `<(command)` stands for, and standard input by its name.
    @Test(arguments: [
        "\"$windsock\" scan --format json <(cat k)", "cat k | \"$windsock\" scan --format json /dev/stdin",
        "cat k | \"$windsock\" scan --format json /proc/self/fd/0",
        "\"$windsock\" scan --format json /dev/fd/7 7< <(cat k)",
        "\"$windsock\" scan --format json a.txt <(cat k)", "\"$windsock\" scan --format json <(true) <(cat k)",
    ])
    func whatIsOpenAlreadyIsRead(_ command: String) throws {
        let folder = folder()
        folder.write("k", key.line)
        folder.write("script", command)
        let scan = try Scan(Windsock.shell("bash ./script", in: folder))
        #expect(scan.status == 1)
        #expect(scan.places.count == 1 && scan.places[0].hasPrefix("/"), "\(scan.places)")
        // The command that wrote nothing may have failed.
        #expect(scan.report.summary.complete == !command.contains("true"))
    }

    @Test func aCommandThatWritesNothingIs3() {
        let folder = folder()
        folder.write("script", "\"$windsock\" scan <(false)")
        #expect(Windsock.shell("bash ./script", in: folder).status == 3)
    }

    @Test func aMisspeltPathIsToldOfStandardInput() {
        let outcome = Windsock.run(["scan", "stdin.txt"], in: folder())
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("- is standard input"))
    }

    @Test func aPointerToALargeFileThatIsNamedMakesTheScanIncomplete() throws {
        let story = RepositoryBuilder().write([
            "big.bin":
                "version https://git-lfs.github.com/spec/v1\noid sha256:\(String(repeating: "ab", count: 32))\nsize 7\n",
            "a.txt": "text\n",
        ])
        let named = try Windsock.scan("big.bin", "a.txt", in: story)
        #expect(named.status == 3)
        #expect(named.report.summary.problems.first?.advice?.contains("git lfs pull") == true)
        #expect(try Windsock.scan(in: story).status == 0)
    }

    @Test func filesOutsideOfASparseCheckoutAreCounted() throws {
        let story = RepositoryBuilder().commit("first", ["in/a.txt": "1", "out/b.txt": "2", "out/c/d.txt": "3"])
        story.git("sparse-checkout", "set", "--no-cone", "/in/")
        for mode in [[], ["--no-gitignore"]] {
            let scan = try Windsock.run(mode, story)
            #expect(scan.status == 0)
            #expect(scan.report.summary.omitted == ["outside the sparse checkout": 2])
        }
        #expect(try Windsock.scan("in", in: story).report.summary.omitted.isEmpty)
        #expect(Windsock.run(["scan"], in: story).output.contains("Left out: 2 outside the sparse checkout"))
        // What somebody has put there is read.
        story.write(["out/b.txt": "2"])
        #expect(try Windsock.scan(in: story).report.summary.omitted == ["outside the sparse checkout": 1])
    }

    @Test func whatIsLeftOutIsInThePluralWhereThereIsMore() {
        let outcome = Windsock.shell("ln -s a.txt l; ln -s a.txt m; mkfifo p; \"$windsock\" scan", in: folder())
        #expect(outcome.output.contains("2 symbolic links"))
        #expect(outcome.output.contains("1 special file"))
    }
}

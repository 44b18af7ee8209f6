import TestSupport
import Testing

/// What would be published, scanned before it is.
struct PackageCommandTests {
    private let key = RandomKey(2780)

    @Test func onlyWhatWouldBePublishedIsScanned() throws {
        let folder = TemporaryDirectory()
        folder.write("package.json", #"{"name": "a", "version": "1.0.0", "files": ["lib"]}"#)
        folder.write("lib/.env", key.line)
        folder.write("test/.env", RandomKey(2781).line)
        folder.write(".env", RandomKey(2782).line)
        for arguments in [["--package"], ["--package", "--package-kind", "npm"]] {
            let scan = try Scan(Windsock.run(["scan", "--format", "json"] + arguments, in: folder))
            #expect(scan.status == 1)
            #expect(scan.places == ["lib/.env:1"])
            #expect(scan.report.summary.mode == "package")
            #expect(scan.report.summary.notes?.contains("as npm, 2 files would be published") == true)
        }
        let whole = try Windsock.scan("--package", folder.path, "--package-kind", "docker", in: "/")
        #expect(whole.report.findings.count == 3)
    }

    /// What git ignores may be published all the same.
    @Test func aFileThatGitIgnoresIsScannedWhereItIsPublished() throws {
        let folder = TemporaryDirectory()
        folder.write("package.json", #"{"name": "a", "version": "1.0.0", "files": ["dist"]}"#)
        folder.write("dist/bundle.js", "const MISTRAL_API_KEY = \"\(key)\";\n")
        folder.write(".gitignore", "dist\n")
        _ = Command.run(["git", "init", "-q"], in: folder.path)
        #expect(try Windsock.scan(in: folder).report.findings.isEmpty)
        #expect(try Windsock.scan("--package", in: folder).places == ["dist/bundle.js:1"])
    }

    @Test(
        arguments: [
            (
                "pyproject.toml", "[build-system]\nbuild-backend = \"acme.build\"\n", 3,
                "whose rules of what goes in are not known"
            ),
            ("pyproject.toml", "[build-system\n", 3, "is not TOML"),
            ("Cargo.toml", "[workspace]\n", 3, "it is a workspace"),
            ("package.json", "{", 3, "is not JSON"), ("readme.txt", "x\n", 2, "no package.json"),
        ])
    func whatIsNotKnownIsNotSaidToBeClean(_ name: String, _ text: String, _ status: Int32, _ message: String) {
        let folder = TemporaryDirectory()
        folder.write(name, text)
        let outcome = Windsock.run(["scan", "--package"], in: folder)
        #expect(outcome.status == status, "\(outcome.output)")
        #expect((outcome.output + outcome.errors).contains(message), "\(outcome.output)\(outcome.errors)")
    }
}

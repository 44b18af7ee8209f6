import Archives
import Images
import TestSupport
import Testing

/// Archives of images, read by name.
struct TarFilesTests {
    private static func tar(_ script: String) -> [UInt8] {
        let folder = TemporaryDirectory()
        let prelude = """
            import io, tarfile
            result = io.BytesIO()
            def add(file, name, content=b"", kind=tarfile.REGTYPE, link=""):
                entry = tarfile.TarInfo(name)
                entry.size, entry.type, entry.linkname = len(content), kind, link
                file.addfile(entry, io.BytesIO(content))

            """
        let outcome = Command.run(
            ["python3", "-c", prelude + script + "\nopen('out.tar', 'wb').write(result.getvalue())"], in: folder.path)
        precondition(outcome.status == 0, "\(outcome.errors)")
        return folder.read("out.tar")
    }

    private static func text(_ files: TarFiles, _ path: String) -> String? {
        do {
            let stream = try files.stream(of: path)
            var bytes: [UInt8] = []
            while case let piece = try stream.next(), !piece.isEmpty { bytes += piece }
            return String(decoding: bytes, as: UTF8.self)
        } catch {
            return nil
        }
    }

    @Test(arguments: ["USTAR_FORMAT", "GNU_FORMAT", "PAX_FORMAT"])
    func aFileIsFoundByItsNameHoweverLongItIs(_ format: String) {
        let long = String(repeating: "d", count: 80) + "/" + String(repeating: "n", count: 90)
        let files = TarFiles(
            content: Self.tar(
                """
                with tarfile.open(fileobj=result, mode="w", format=tarfile.\(format)) as file:
                    add(file, "./manifest.json", b"[]")
                    add(file, "\(long)", b"long")
                    add(file, "x/../y", b"up")
                """))
        #expect(files.isImage)
        #expect(files.damage == nil)
        #expect(Self.text(files, "manifest.json") == "[]")
        #expect(Self.text(files, long) == "long")
        #expect(Self.text(files, "y") == "up")
        #expect(Self.text(files, "../../etc/passwd") == nil)
    }

    @Test func linksAreOtherNamesAndACycleOfThemLeadsNowhere() {
        let files = TarFiles(
            content: Self.tar(
                """
                with tarfile.open(fileobj=result, mode="w") as file:
                    add(file, "a/layer.tar", b"one")
                    add(file, "b/layer.tar", kind=tarfile.SYMTYPE, link="../a/layer.tar")
                    add(file, "c/layer.tar", kind=tarfile.LNKTYPE, link="a/layer.tar")
                    add(file, "d", kind=tarfile.LNKTYPE, link="e")
                    add(file, "e", kind=tarfile.LNKTYPE, link="d")
                    add(file, "f", kind=tarfile.SYMTYPE, link="/etc/passwd")
                """))
        #expect(Self.text(files, "b/layer.tar") == "one")
        #expect(Self.text(files, "c/layer.tar") == "one")
        #expect(files.size(of: "d") == nil)
        #expect(files.size(of: "f") == nil)
    }

    /// What is cut, or says that it is longer than it is, is named; what is whole in it can be read.
    @Test func whatIsCutOrLiesIsDamaged() {
        let whole = Self.tar(
            """
            with tarfile.open(fileobj=result, mode="w") as file:
                add(file, "manifest.json", b"[]")
                add(file, "layer.tar", b"x" * 5000)
            """)
        let cut = TarFiles(content: Array(whole.prefix(3000)))
        #expect(cut.damage?.contains("there are not so many") == true)
        #expect(Self.text(cut, "manifest.json") == "[]")
        #expect(Self.text(cut, "layer.tar") == nil)
        var wrong = whole
        wrong[1024 + 140] ^= 1
        #expect(TarFiles(content: wrong).damage?.contains("is no header") == true)
        #expect(TarFiles(content: []).isImage == false)
        #expect(TarFiles(content: Array(repeating: 0x41, count: 4096)).damage != nil)
    }
}

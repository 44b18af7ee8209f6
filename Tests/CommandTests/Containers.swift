import Archives
import TestSupport

/// Makes containers with the tools that every machine of a developer has.
enum Containers {
    /// Why nothing can be opened here; `nil`: it can.
    static let objection = ArchiveLibrary.objection

    static func has(_ program: String) -> Bool { Command.run(["sh", "-c", "command -v \(program)"]).status == 0 }

    /// A folder with what is to be packed: `src/conf/.env`, with a key in its third line, `src/readme.txt` and a binary.
    static func folder(_ key: RandomKey) -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        folder.write("src/conf/.env", "# settings\nNAME=x\n\(key.line)")
        folder.write("src/readme.txt", "some text\n")
        folder.write(Array("src/app.bin".utf8), (0...255).map { UInt8($0) })
        return folder
    }

    /// Runs a script of the shell in a folder.
    static func make(_ script: String, in folder: TemporaryDirectory) {
        let outcome = Command.run(["sh", "-ec", script], in: folder.path)
        precondition(outcome.status == 0, "\(script): \(outcome.errors)")
    }

    static func python(_ script: String, in folder: TemporaryDirectory) {
        let prelude = """
            import bz2, gzip, io, lzma, os, struct, tarfile, zipfile
            def zipped(members, compression=zipfile.ZIP_DEFLATED):
                result = io.BytesIO()
                with zipfile.ZipFile(result, "w", compression) as file:
                    for name, content in members:
                        file.writestr(name, content)
                return result.getvalue()
            def tarred(folder, **options):
                result = io.BytesIO()
                with tarfile.open(fileobj=result, mode="w", **options) as file:
                    file.add(folder, arcname="")
                return result.getvalue()
            def write(name, content):
                with open(name, "wb") as file:
                    file.write(content)
            def files(folder):
                for path, _, names in os.walk(folder):
                    for name in names:
                        full = os.path.join(path, name)
                        yield os.path.relpath(full, folder), open(full, "rb").read()
            def archived(members):
                result = b"!<arch>\\n"
                for name, content in members:
                    result += b"%-16s%-12d%-6d%-6d%-8s%-10d`\\n" % (name.encode() + b"/", 0, 0, 0, b"100644", len(content))
                    result += content + b"\\n" * (len(content) % 2)
                return result
            def copied(members):
                result = b""
                for name, content in list(members) + [("TRAILER!!!", b"")]:
                    fields = (1, 0o100644, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0)
                    head = b"070701" + b"".join(b"%08x" % field for field in fields) + name.encode() + b"\\0"
                    result += head + b"\\0" * (-len(head) % 4) + content + b"\\0" * (-len(content) % 4)
                return result

            """
        let outcome = Command.run(["python3", "-c", prelude + script], in: folder.path)
        precondition(outcome.status == 0, "\(script): \(outcome.errors)")
    }
}

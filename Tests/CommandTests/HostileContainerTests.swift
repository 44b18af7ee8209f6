import TestSupport
import Testing

/// Containers that lie, are broken, or are much larger than they look.
@Suite(.enabled(if: Containers.objection == nil, "libarchive is not installed"))
struct HostileContainerTests {
    private let key = RandomKey(2603)

    /// Each is named, so that there is nothing else that could be read.
    @Test(
        arguments: [
            // Broken.
            ("write('x.zip', zipped(files('src'))[:60])", "could not be read"),
            ("write('x.tgz', gzip.compress(tarred('src'))[:150])", "could not be read"),
            ("write('x.tar.xz', lzma.compress(os.urandom(9000))[:5000])", "could not be read"),
            ("write('x.bz2', bz2.compress(os.urandom(9000))[:5000])", "could not be read"),
            ("write('x.rar', b'Rar!\\x1a\\x07\\x00' + bytes(100))", "could not be read"),
            ("write('x.cab', b'MSCF\\0\\0\\0\\0' + bytes(100))", "could not be read"),
            ("write('x.7z', bytes.fromhex('377abcaf271c0004') + b'\\xff' * 64)", "could not be read"),
            ("write('x.zst', b'\\x28\\xb5\\x2f\\xfd' + bytes(3000))", "could not be read"),
            // Lying: sizes that cannot be, a wrong checksum.
            (
                "t = tarfile.TarInfo('x'); t.size = 8 << 30; write('x.tar', t.tobuf(tarfile.GNU_FORMAT) + b'hello' * 100)",
                "could not be read"
            ),
            (
                "t = tarfile.TarInfo('x'); t.size = 1 << 62; write('x.tar', t.tobuf(tarfile.GNU_FORMAT) + b'hello' * 100)",
                "could not be read"
            ),
            (
                "c = bytearray(zipped([('a.txt', b'hello ' * 99)])); i = c.find(b'PK\\1\\2'); c[i+16:i+20] = c[14:18] = b'abcd'; write('x.zip', bytes(c))",
                "could not be read"
            ),
            // With a password, by the flag that says so.
            (
                "c = bytearray(zipped(files('src'))); i = -1\nwhile (i := c.find(b'PK\\1\\2', i + 1)) >= 0: c[i+8] |= 1\nwhile (i := c.find(b'PK\\3\\4', i + 1)) >= 0: c[i+6] |= 1\nwrite('x.zip', bytes(c))",
                "protected by a password"
            ),
            // Bombs: by ratio, by nesting, by number.
            ("write('x.zip', zipped([('a.txt', b'a' * (300 << 20))]))", "than the"),
            ("write('x.tar.gz', gzip.compress(b'\\0' * (200 << 20)))", ""),
            (
                "c = zipped([('a', b'a' * (4 << 20))])\nfor _ in range(5): c = zipped([(str(i), c) for i in range(16)])\nwrite('x.zip', c)",
                "more than the"
            ),
            ("c = b'text'\nfor _ in range(40): c = zipped([('a.zip', c)])\nwrite('x.zip', c)", "in 8 others"),
            ("c = b'text' * 9\nfor _ in range(200): c = gzip.compress(c)\nwrite('x.gz', c)", ""),
            (
                "write('x.tar.gz', gzip.compress(tarfile.TarInfo('f').tobuf() * 300000, 1))",
                "more than"
            ),
        ])
    func whatCannotBeReadAsAWholeMakesTheScanIncomplete(_ script: String, _ message: String) throws {
        let folder = Containers.folder(key)
        Containers.python(script, in: folder)
        Containers.make("rm -r src", in: folder)
        let outcome = Windsock.shell("ulimit -v 4000000; timeout 60 \"$windsock\" scan --format json x.*", in: folder)
        let scan = try Scan(outcome)
        #expect(scan.status == 3, "\(scan.outcome.output)")
        #expect(
            scan.report.summary.problems.contains { message.isEmpty || $0.message.contains(message) },
            "\(scan.outcome.output)")
    }

    /// Millions of findings would take time and memory without end, and nobody would read them.
    @Test func aBombOfPasswordsIsGivenUpSoon() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            """
            line = b'password: "x9fK2mLq8ZtR4vNw"\\n'
            write("x.gz", gzip.compress(line * 60000)); write("y.zip", zipped([("a.txt", line * 60000)]))
            """, in: folder)
        for name in ["x.gz", "y.zip"] {
            let scan = try Scan(
                Windsock.shell("ulimit -v 4000000; \"$windsock\" scan --format json \(name)", in: folder))
            #expect(scan.status == 1)
            #expect(scan.report.summary.problems.contains { $0.message.contains("more than 25000 matches") })
        }
    }

    @Test func whatCanBeReadOfABrokenContainerIsScanned() throws {
        let folder = Containers.folder(key)
        Containers.python(
            "c = gzip.compress(tarred('src/conf') + os.urandom(200000)); write('x.tgz', c[:-1000])", in: folder)
        let scan = try Windsock.scan("x.tgz", in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["x.tgz!.env"])
        #expect(scan.status == 1)
    }

    @Test func namesLinksAndDevicesLeadNowhere() throws {
        let folder = Containers.folder(key)
        folder.write("outside.env", key.line)
        Containers.python(
            """
            result = io.BytesIO()
            with tarfile.open(fileobj=result, mode="w") as file:
                for name in ("../../up.env", "/absolute.env", "a\\x1b[31m\\nred.env"):
                    member = tarfile.TarInfo(name); content = open("outside.env", "rb").read(); member.size = len(content)
                    file.addfile(member, io.BytesIO(content))
                for kind in b"123456":
                    member = tarfile.TarInfo("link%c" % kind); member.type = bytes([kind]); member.linkname = "../outside.env"
                    file.addfile(member)
            os.makedirs("d"); write("d/x.tar", result.getvalue())
            """, in: folder)
        let before = Command.run(["ls", "-RA", folder.path]).output
        let text = Windsock.run(["scan", "d"], in: folder)
        #expect(text.status == 1)
        #expect(!text.output.contains("\u{1b}"))
        let scan = try Windsock.scan("d", in: folder)
        let places = scan.report.findings.flatMap(\.occurrences).map(\.path)
        #expect(places.count == 3, "\(places)")
        #expect(places.contains("x.tar!../../up.env") && places.contains("x.tar!/absolute.env"))
        #expect(scan.report.summary.complete)
        #expect(Command.run(["ls", "-RA", folder.path]).output == before)
    }
}

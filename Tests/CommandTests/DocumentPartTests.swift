import TestSupport
import Testing

/// Secrets in e-mails, pictures, and in what PDF files say beside their pages.
struct DocumentPartTests {
    private let key = RandomKey(2607)

    private var prelude: String {
        """
        import base64, quopri, zlib
        key = "\(key)"
        line = "MISTRAL_API_KEY=" + key
        text = "# settings\\n" + line + "\\n"
        def chunk(kind, content): return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        def png(*chunks):
            return b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\\0\\0")) + chunk(b"IEND", b"")
        def tiff(value, order="<"):
            value += b"\\0"
            head = (b"II*\\0" if order == "<" else b"MM\\0*") + struct.pack(order + "I", 8)
            return head + struct.pack(order + "HHHII", 1, 0x010e, 2, len(value), 26) + struct.pack(order + "I", 0) + value
        def jpeg(kind, content): return b"\\xff\\xd8\\xff" + bytes([kind]) + struct.pack(">H", len(content) + 2) + content + b"\\xff\\xda\\0\\2" + bytes(range(256)) + b"\\xff\\xd9"
        def riff(kind, content): body = b"WEBP" + kind + struct.pack("<I", len(content)) + content + b"\\0" * (len(content) % 2); return b"RIFF" + struct.pack("<I", len(body)) + body
        def mail(name, content, encoding="base64", boundary='"=_x"'):
            body = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "7bit": lambda c: c}[encoding](content)
            head = "From: Ada <ada@example.org>\\nTo: bob@example.org\\nSubject: the file\\nMIME-Version: 1.0\\nContent-Type: multipart/mixed;\\n boundary=%s\\n\\n" % boundary
            parts = "--=_x\\nContent-Type: text/plain\\n\\nhere it is\\n--=_x\\nContent-Type: application/octet-stream\\nContent-Disposition: attachment; filename=\\"%s\\"\\nContent-Transfer-Encoding: %s\\n\\n" % (name, encoding)
            return (head + parts).encode() + body + b"\\n--=_x--\\n"
        def pdf(*objects, trailer=b""):
            result = b"%PDF-1.4\\n"
            for number, content in enumerate(objects, 1): result += b"%d 0 obj\\n" % number + content + b"\\nendobj\\n"
            return result + b"trailer<</Root 1 0 R" + trailer + b">>\\n%%EOF\\n"
        def stream(head, content):
            content = zlib.compress(content)
            return b"<<" + head + b"/Filter/FlateDecode/Length %d>>stream\\n" % len(content) + content + b"\\nendstream"

        """
    }

    private func check(_ script: String, _ path: String, _ line: Int?) throws {
        let folder = TemporaryDirectory()
        Containers.python(prelude + script, in: folder)
        // The program for the text of pages may be there or not.
        for environment in [[:], ["PATH": "/nonexistent"]] {
            let scan = try Windsock.scan(".", in: folder, environment: environment)
            #expect(scan.status == 1, "\(path): \(scan.outcome.output)")
            let places = scan.report.findings.flatMap(\.occurrences)
            #expect(places.map(\.path) == [path])
            if let line { #expect(places.map(\.startLine) == [line]) }
        }
    }

    @Test(
        arguments: [
            ("write('a.eml', mail('x.env', text.encode()))", "a.eml!x.env", 2),
            ("write('a.eml', mail('x.env', text.encode(), 'quoted-printable'))", "a.eml!x.env", 2),
            ("write('a.eml', mail('x.env', text.encode(), '7bit', '=_x'))", "a.eml!x.env", 2),
            ("write('a.eml', mail('x.eml', mail('y.env', text.encode())))", "a.eml!x.eml!y.env", 2),
            (
                "m = mail('x.env', text.encode()); write('box', b'From ada Mon Jan 1\\n' + mail('y.txt', b'none') + b'\\nFrom ada Mon Jan 2\\n' + m)",
                "box!message 2/x.env", 2
            ),
            (
                "write('a.mht', mail('x', text.encode()).replace(b'; filename=\"x\"', b'').replace(b'\\n', b'\\r\\n'))",
                "a.mht!part 2", 2
            ),
        ]) func aKeyInAnEMailIsFound(_ script: String, _ path: String, _ line: Int) throws
    {
        try check(script, path, line)
    }

    @Test(.enabled(if: Containers.objection == nil, "libarchive is not installed"))
    func anArchiveThatIsAttachedIsOpened() throws {
        try check("write('a.eml', mail('x.zip', zipped([('conf/.env', text)])))", "a.eml!x.zip!conf/.env", 2)
        try check("write('a.zip', zipped([('b.eml', mail('x.env', text.encode()))]))", "a.zip!b.eml!x.env", 2)
    }

    @Test func aTextThatStandsInAMailAsItIsIsFoundOnce() throws {
        try check(
            "write('a.eml', b'From: a\\nSubject: ' + line.encode() + b'\\n' + mail('x.txt', b'none'))", "a.eml", 2)
    }

    @Test(
        arguments: [
            "write('a.png', png(chunk(b'tEXt', b'Comment\\0' + line.encode())))",
            "write('a.png', png(chunk(b'zTXt', b'Comment\\0\\0' + zlib.compress(line.encode()))))",
            "write('a.png', png(chunk(b'iTXt', b'Comment\\0\\1\\0en\\0\\0' + zlib.compress(line.encode()))))",
            "write('a.png', png(chunk(b'eXIf', tiff(line.encode()))))",
            "write('a.jpg', jpeg(0xe1, b'Exif\\0\\0' + tiff(line.encode(), '>')))",
            "write('a.jpg', jpeg(0xe1, b'Exif\\0\\0II*\\0' + line.encode('utf-16-le')))",
            "write('a.jpg', jpeg(0xfe, line.encode()))",
            "write('a.jpg', jpeg(0xed, b'Photoshop 3.0\\0' + b'8BIM\\4\\4\\0\\0\\0\\0\\0\\x40\\x1c\\2\\x78\\0\\x30' + line.encode()))",
            "write('a.tif', tiff(line.encode()))", "write('a.tif', tiff(line.encode(), '>'))",
            "write('a.webp', riff(b'XMP ', b'<x:xmpmeta>\\n<dc:description>' + line.encode() + b'</dc:description></x:xmpmeta>'))",
            "write('a.webp', riff(b'EXIF', tiff(line.encode())))",
            "write('a.gif', b'GIF89a' + struct.pack('<HHBBB', 1, 1, 0, 0, 0) + b'!\\xfe' + bytes([len(line)]) + line.encode() + b'\\0;')",
        ]) func aKeyInWhatAPictureSaysIsFound(_ script: String) throws
    {
        try check(script, String(script.dropFirst(7).prefix { $0 != "'" }), 1)
    }

    @Test(
        arguments: [
            "pdf(b'<</Type/Catalog>>', b'<</Title (x)/Subject (' + line.encode() + b')>>', trailer=b'/Info 2 0 R')",
            "pdf(b'<</Type/Catalog>>', b'<</Title <feff' + line.encode('utf-16-be').hex().encode() + b'>>>')",
            "pdf(b'<</Type/Annot/Subtype/Text/Contents(see \\\\(here\\\\): ' + line.encode() + b')>>')",
            "pdf(b'<</FT/Tx/V(' + key.encode() + b')/T(mistral_api_key)>>')",
            "pdf(stream(b'/Type/ObjStm/N 1/First 4', b'5 0 <</Contents(' + line.encode() + b')>>'))",
            "pdf(stream(b'/Type/Metadata/Subtype/XML', b'<x:xmpmeta>' + line.encode() + b'</x:xmpmeta>'))",
        ]) func aKeyInWhatAPDFSaysBesideItsPagesIsFound(_ script: String) throws
    {
        let folder = TemporaryDirectory()
        Containers.python(prelude + "write('a.pdf', \(script))", in: folder)
        let scan = try Windsock.scan(".", in: folder, environment: ["PATH": "/nonexistent"])
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.pdf"], "\(scan.outcome.output)")
    }

    @Test func aFileThatIsAttachedToAPDFIsOpened() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            prelude
                + "write('a.pdf', pdf(stream(b'/Type/EmbeddedFile/Subtype/application#2Foctet-stream', text.encode())))",
            in: folder)
        let scan = try Windsock.scan(".", in: folder, environment: ["PATH": "/nonexistent"])
        let places = scan.report.findings.flatMap(\.occurrences)
        #expect(
            places.map(\.path) == ["a.pdf!attachment 1"] && places.map(\.startLine) == [2], "\(scan.outcome.output)")
    }

    @Test func picturesWithoutAKeyAreBinaryFiles() throws {
        let folder = TemporaryDirectory()
        Containers.python(
            prelude + "write('a.png', png(chunk(b'tEXt', b'Software\\0GIMP'))); write('b.jpg', jpeg(0xfe, b'x'))",
            in: folder)
        folder.write("a.txt", "text\n")
        let scan = try Windsock.scan(".", in: folder)
        #expect(scan.status == 0)
        #expect(scan.report.summary.omitted["binary"] == 2)
        // Nothing of what it shows was read.
        #expect(try Windsock.scan("a.png", in: folder).status == 3)
    }
}

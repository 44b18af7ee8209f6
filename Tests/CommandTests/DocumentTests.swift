import TestSupport
import Testing

/// Secrets in documents: of Office and OpenDocument, whose styles split them, and in PDF files.
@Suite(.enabled(if: Containers.objection == nil, "libarchive is not installed"))
struct DocumentTests {
    private let key = RandomKey(2604)

    private func folder() -> TemporaryDirectory {
        let folder = TemporaryDirectory()
        let text = key.description
        folder.write("a.txt", "\(text.prefix(9))\n\(text.dropFirst(9))\n")
        return folder
    }

    /// What all scripts begin with: two halves of a key, and what writes a document.
    private let prelude = """
        first, second = open("a.txt").read().split()
        word = '<?xml version="1.0"?><w:%s xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:%s>'
        def paragraph(*runs):
            return "<w:p>" + "".join("<w:r><w:rPr/><w:t xml:space='preserve'>%s</w:t></w:r>" % run for run in runs) + "</w:p>"
        def document(name, part, content):
            write(name, zipped([("[Content_Types].xml", "<Types/>"), (part, content)]))
        key = ("MISTRAL_API", "_KEY=", first, second)

        """

    @Test(
        arguments: [
            (
                "document('a.docx', 'word/document.xml', word % ('document', paragraph('Settings &amp; more') + paragraph(*key), 'document'))",
                "a.docx!word/document.xml"
            ),
            (
                "document('a.docx', 'word/header1.xml', word % ('hdr', paragraph('x') + paragraph(*key), 'hdr'))",
                "a.docx!word/header1.xml"
            ),
            (
                "document('a.docx', 'word/comments.xml', word % ('comments', paragraph('x') + paragraph(*key), 'comments'))",
                "a.docx!word/comments.xml"
            ),
            (
                "document('a.xlsx', 'xl/sharedStrings.xml', '<?xml version=\"1.0\"?><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>x</t></si><si>' + ''.join('<r><t>%s</t></r>' % run for run in key) + '</si></sst>')",
                "a.xlsx!xl/sharedStrings.xml"
            ),
            (
                "document('a.pptx', 'ppt/slides/slide1.xml', '<?xml version=\"1.0\"?><p:sld xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:t>x</a:t></a:r></a:p><a:p>' + ''.join('<a:r><a:t>%s</a:t></a:r>' % run for run in key) + '</a:p></p:sld>')",
                "a.pptx!ppt/slides/slide1.xml"
            ),
            (
                "document('a.odt', 'content.xml', '<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><text:h>x</text:h><text:p>' + ''.join('<text:span>%s</text:span>' % run for run in key) + '</text:p></office:document-content>')",
                "a.odt!content.xml"
            ),
        ])
    func aKeyThatStylesSplitIsFoundInItsParagraph(_ script: String, _ path: String) throws {
        let folder = folder()
        Containers.python(prelude + script, in: folder)
        folder.remove("a.txt")
        let scan = try Windsock.scan("--show-secrets", ".", in: folder)
        #expect(scan.report.findings.map(\.secret) == [key.description], "\(scan.outcome.output)")
        let places = scan.report.findings.flatMap(\.occurrences)
        #expect(places.map(\.path) == [path])
        // Of paragraphs.
        #expect(places.map(\.startLine) == [2])
    }

    @Test func aKeyThatIsWholeIsFoundOnce() throws {
        let folder = folder()
        Containers.python(
            prelude
                + "document('a.docx', 'word/document.xml', word % ('document', paragraph('MISTRAL_API_KEY=' + first + second), 'document'))",
            in: folder)
        let scan = try Windsock.scan("a.docx", in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.docx!word/document.xml"])
    }

    // MARK: PDF

    /// Writes a document by hand: a line of text for each of a list.
    private let pdf = """
        def pdf(lines):
            import zlib
            drawn = b"BT /F1 12 Tf 72 720 Td 14 TL " + b" ".join(b"(" + line.encode() + b") Tj T*" for line in lines) + b" ET"
            drawn = zlib.compress(drawn)
            objects = [
                b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
                b"<</Length %d/Filter/FlateDecode>>stream\\n" % len(drawn) + drawn + b"\\nendstream",
                b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
            result, places = b"%PDF-1.4\\n", []
            for number, content in enumerate(objects, 1):
                places.append(len(result))
                result += b"%d 0 obj" % number + content + b"endobj\\n"
            end = len(result)
            result += b"xref\\n0 %d\\n0000000000 65535 f \\n" % (len(objects) + 1)
            result += b"".join(b"%010d 00000 n \\n" % place for place in places)
            return result + b"trailer<</Size %d/Root 1 0 R>>\\nstartxref\\n%d\\n%%%%EOF" % (len(objects) + 1, end)

        """

    @Test(.enabled(if: Containers.has("pdftotext"), "pdftotext is not installed"))
    func aKeyInAPDFIsFoundAtItsLineOfTheText() throws {
        let folder = folder()
        Containers.python(
            prelude + pdf
                + """
                content = pdf(["Settings", "MISTRAL_API_KEY=" + first + second])
                write("a.pdf", content); write("b.zip", zipped([("c.pdf", content)]))
                """, in: folder)
        folder.remove("a.txt")
        let scan = try Windsock.scan(in: folder)
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["a.pdf", "b.zip!c.pdf"])
        #expect(scan.outcome.output.contains(#""pdf""#))
        #expect(scan.report.summary.complete)
        // Where there is no such program, it is a binary file.
        let without = try Windsock.scan("a.pdf", in: folder, environment: ["PATH": "/nonexistent"])
        #expect(without.status == 3)
    }

    @Test(.enabled(if: Containers.has("pdftotext"), "pdftotext is not installed"))
    func aBrokenPDFMakesTheScanIncomplete() throws {
        let folder = TemporaryDirectory()
        folder.write(Array("a.pdf".utf8), Array("%PDF-1.4\n".utf8) + [UInt8](repeating: 0, count: 400))
        let scan = try Windsock.scan("a.pdf", in: folder)
        #expect(scan.status == 3)
        #expect(scan.report.summary.problems.first?.message.contains("text was not read") == true)
    }

    // MARK: Programs

    /// What is known by its form counts; of what is known by its surroundings, it may be that only a table stands beside it.
    @Test func aKeyInAProgramIsLowUnlessItsFormProvesIt() throws {
        let folder = TemporaryDirectory()
        let head: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 90)
        let other = RandomKey(2605)
        let texts = ["GCC: (GNU) 12", key.assignment, "mistral://apikey:\(other)@api.mistral.ai"]
        folder.write(Array("tool".utf8), head + texts.flatMap { Array($0.utf8) + [0, 1, 2] })
        folder.write(Array("clean".utf8), head + Array("nothing to see".utf8))
        let scan = try Windsock.scan("--show-secrets", ".", in: folder)
        #expect(scan.report.findings.map(\.rule) == ["mistral-connection-string"])
        #expect(scan.report.findings.flatMap(\.occurrences).map(\.path) == ["tool"])
        #expect(scan.report.summary.omitted["binary"] == 1)
        let all = try Windsock.scan("--min-confidence", "low", "--show-secrets", ".", in: folder)
        #expect(Set(all.report.findings.compactMap(\.secret)).isSuperset(of: [key.description]))
        #expect(try Windsock.scan("--archives", "0", ".", in: folder).report.findings.isEmpty)
    }

    @Test func aKeyInAProgramOfAHistoryIsFoundEachTime() throws {
        let repository = RepositoryBuilder()
        let head: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 90)
        let source = TemporaryDirectory()
        source.write(Array("tool".utf8), head + Array("mistral://apikey:\(key)@api.mistral.ai".utf8) + [0])
        Containers.make("cp tool \(repository.path)", in: source)
        repository.git("add", "tool")
        repository.git("commit", "-q", "-m", "one")
        repository.git("gc", "-q")
        for _ in 1...2 {
            #expect(try Windsock.scan("--history", in: repository).report.findings.count == 1)
        }
    }
}

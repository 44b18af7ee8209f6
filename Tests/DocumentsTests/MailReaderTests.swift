import Documents
import Testing

@Suite struct MailReaderTests {
    private func parts(_ mail: String) -> [String: String] {
        var found: [String: String] = [:]
        Array(mail.utf8).withUnsafeBytes { bytes in
            var reader = MailReader(bytes)
            reader.read { part in
                found[part.name] = String(decoding: part.content, as: UTF8.self)
                return true
            }
        }
        return found
    }

    /// Found by libFuzzer.
    @Test(arguments: ["filename*=UTF-8''", "filename*=UTF-8'", "filename*0*='"])
    func aNameThatIsEmptyIsNone(_ parameter: String) {
        let mail =
            "MIME-Version: 1.0\nFrom: a\nContent-Disposition: attachment; \(parameter)\nContent-Transfer-Encoding: base64\n\nYQ==\n"
        let found = parts(mail)
        #expect(found.count == 1 && found.keys.allSatisfy { $0.hasPrefix("part 1") } && found.values.first == "a")
    }

    private func isMail(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { MailReader.isMail($0) } }

    @Test(
        arguments: [
            ("From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", true),
            ("Subject: a\r\nDate: b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n", true),
            ("From ada Mon Jan 1\nFrom: a\nTo: b\n\ntext\n", true),
            // A mail of plain text is a text; what only begins so is none.
            ("From: a\nTo: b\nSubject: c\n\ntext\n", false), ("From here on it is text.\nMore: of it\n", false),
            ("Subject: a\n\nContent-Type: multipart/mixed\n", false), ("name: value\nto: x\n", false), ("", false),
            ("F", false), ("From ", false),
        ]) func aMailIsToldByItsHeaders(_ text: String, _ expected: Bool)
    {
        #expect(isMail(text) == expected)
    }

    @Test(
        arguments: [
            ("filename=a.txt", "a.txt"), ("filename=\"a; b.txt\"", "a; b.txt"), ("FileName = \"c\"", "c"),
            ("filename*=UTF-8''a%20b%C3%A9.txt", "a bé.txt"), ("filename*0*=utf-8''x%2e; filename*1*=y", "x."),
        ]) func namesOfFilesAreRead(_ parameter: String, _ name: String)
    {
        let mail =
            "MIME-Version: 1.0\nFrom: a\nContent-Disposition: attachment; \(parameter)\nContent-Transfer-Encoding: quoted-printable\n\na=3Db=\nc=\r\nd=x\n"
        #expect(parts(mail) == [name: "a=bcd=x\n"])
    }

    @Test func partsInPartsAndInMailsAreRead() {
        let inner =
            "Content-Type: multipart/alternative;\n\tboundary=\"in ner\"\n\n--in ner\nContent-Transfer-Encoding: base64\nContent-Type: text/html\n\nPGI+\nYTwv\nYj4=\n--in ner--\n"
        let mail = """
            From: a
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=out

            what is before is none
            --out
            \(inner)--out
            Content-Type: message/rfc822

            Subject: b
            Content-Disposition: attachment; filename=c
            Content-Transfer-Encoding: base64

            ZA==
            --out--
            --out
            Content-Disposition: attachment; filename=behind

            """
        #expect(parts(mail) == ["part 1.html": "<b>a</b>", "c": "d"])
    }
}

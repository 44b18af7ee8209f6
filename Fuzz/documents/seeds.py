"""seeds.py FOLDER: small files of each kind that is read, made with what comes with Python."""
import base64, bz2, gzip, io, lzma, os, pathlib, sqlite3, struct, sys, tarfile, tempfile, zipfile, zlib

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
TEXT = b"# settings\nNAME=x\nTOKEN=abcdef0123456789\n"


def zipped(**members):
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return result.getvalue()


def tarred(**members):
    result = io.BytesIO()
    with tarfile.open(fileobj=result, mode="w") as file:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return result.getvalue()


def database(*statements, settings=(), log=False):
    with tempfile.TemporaryDirectory() as place:
        path = os.path.join(place, "a.db")
        connection = sqlite3.connect(path, isolation_level=None)
        for setting in ("secure_delete=OFF", "page_size=512", *settings):
            connection.execute("PRAGMA " + setting)
        for statement in statements:
            connection.execute(statement)
        if log:
            return pathlib.Path(path + "-wal").read_bytes()
        connection.close()
        return pathlib.Path(path).read_bytes()


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


TIFF = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x010e, 2, len(TEXT), 26) + struct.pack("<I", 0) + TEXT
ROWS = [f"INSERT INTO t VALUES({n}, 'name {n}', '{'secret ' * n}', x'00010203')" for n in range(1, 60)]
TABLE = "CREATE TABLE t(id INTEGER PRIMARY KEY, \"a name\" TEXT, [b], c BLOB DEFAULT (x'00'), CHECK (id > 0))"
MAIL = (b"From: a\r\nSubject: b\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=x\"\r\n\r\n--=x\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc\r\n--=x\r\nContent-Disposition: attachment; filename*=UTF-8''a%20b.zip\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(zipped(a=TEXT)) + b"--=x--\r\n")
STREAM = zlib.compress(b"1 0 <</T(name)/V(value)/Contents(\\101 \\(x\\))>>")
PDF = (b"%PDF-1.4\n1 0 obj<</Title(a)/Author<feff00410042>>>endobj\n2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
       + str(len(STREAM)).encode() + b">>stream\n" + STREAM + b"\nendstream endobj\n3 0 obj<</Type/EmbeddedFile>>stream\n" + TEXT + b"endstream endobj\n%%EOF")
SEEDS = {
    "zip": zipped(a=TEXT, b=zipped(c=TEXT)), "tar": tarred(a=TEXT, b=b""), "tgz": gzip.compress(tarred(a=TEXT)),
    "bz2": bz2.compress(TEXT), "xz": lzma.compress(TEXT), "lzma": lzma.compress(TEXT, lzma.FORMAT_ALONE),
    "ar": b"!<arch>\n%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (b"a/", 0, 0, 0, b"100644", len(TEXT)) + TEXT,
    "db": database(TABLE, "CREATE INDEX i ON t(b)", *ROWS, "DELETE FROM t WHERE id % 3 = 0"),
    "keys": database("CREATE TABLE k(a PRIMARY KEY, b) WITHOUT ROWID", *[f"INSERT INTO k VALUES('{n}', '{n * 9}')" for n in range(90)]),
    "dropped": database(TABLE, *ROWS, "DROP TABLE t"), "wide": database(TABLE, *ROWS[:9], settings=["encoding='UTF-16be'"]),
    "wal": database(TABLE, *ROWS[:3], settings=["journal_mode=WAL"], log=True), "eml": MAIL, "mbox": b"From a b\n" + MAIL + b"\nFrom b c\n" + MAIL,
    "png": b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"a\0" + TEXT) + chunk(b"zTXt", b"a\0\0" + zlib.compress(TEXT))
    + chunk(b"iTXt", b"a\0\1\0en\0a\0" + zlib.compress(TEXT)) + chunk(b"eXIf", TIFF), "tiff": TIFF,
    "jpeg": b"\xff\xd8\xff\xe1" + struct.pack(">H", len(TIFF) + 8) + b"Exif\0\0" + TIFF + b"\xff\xfe\0\x08abcdef\xff\xda",
    "webp": b"RIFF\0\0\0\0WEBPEXIF" + struct.pack("<I", len(TIFF)) + TIFF, "gif": b"GIF89a\1\0\1\0\0\0\0!\xfe\x06abcdef\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", "pdf": PDF,
    "docx": b"<?xml version=\"1.0\"?><w:d xmlns:w=\"http://schemas.openxmlformats.org/x\"><w:p><w:t>a &amp; &#x41;</w:t><w:tab/></w:p></w:d>",
}
for name, content in SEEDS.items():
    (folder / name).write_bytes(content)

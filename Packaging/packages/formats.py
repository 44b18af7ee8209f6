"""The archive, the Debian package and the wheel."""
import base64
import gzip
import hashlib
import io
import lzma
import time
import zipfile

from . import facts
from .files import File, tar


def archive(content):
    """`windsock-…-linux-….tar.gz`: unpacked anywhere, or over a prefix."""
    top = f"{facts.NAME}-{facts.VERSION}-linux-{facts.machine()}"
    files = [
        File(f"{top}/bin/windsock", content.program, is_program=True),
        File(f"{top}/share/man/man1/windsock.1", content.manual),
        *[File(f"{top}/share/{path}", text) for path, text in content.completions.items()],
        File(f"{top}/README.md", content.readme),
        File(f"{top}/LICENSE", content.licence),
        *[File(f"{top}/share/doc/windsock/licences/{name}", text) for name, text in content.linked_licences.items()],
    ]
    return f"{top}.tar.gz", gzip.compress(tar(files), 9, mtime=0)


def debian(content):
    """`windsock_…_….deb`: an `ar` archive of three members."""
    copyright_file = b"\n\n".join(
        [b"windsock: https://github.com/windsock-scanner/windsock, Apache License 2.0, see /usr/share/common-licenses/Apache-2.0",
         *[f"{name}\n{'=' * len(name)}\n\n".encode() + text for name, text in content.linked_licences.items()]])
    files = [
        File("./usr/bin/windsock", content.program, is_program=True),
        File("./usr/share/man/man1/windsock.1.gz", gzip.compress(content.manual, 9, mtime=0)),
        *[File(f"./usr/share/{path.replace('zsh/site-functions', 'zsh/vendor-completions')}", text)
          for path, text in content.completions.items()],
        File("./usr/share/doc/windsock/copyright", copyright_file),
        File("./usr/share/doc/windsock/changelog.gz", gzip.compress(content.changelog, 9, mtime=0)),
    ]
    installed = sum((len(file.content) + 1023) // 1024 for file in files)
    control = "\n".join([
        f"Package: {facts.NAME}", f"Version: {facts.VERSION}", f"Architecture: {facts.debian_machine()}",
        f"Maintainer: {facts.MAINTAINER}", f"Installed-Size: {installed}",
        f"Depends: libc6 (>= {facts.GLIBC[0]}.{facts.GLIBC[1]})", "Recommends: ca-certificates, git",
        "Suggests: libcurl4 | libcurl4t64, libarchive13 | libarchive13t64", "Section: vcs", "Priority: optional", f"Homepage: {facts.HOME_PAGE}",
        "Description: finds leaked API keys in source repositories",
        " In files, in what git is about to commit, and in all of a history, with what", " to do about each. `windsock scan --verify` needs libcurl4.", ""])
    sums = "".join(f"{hashlib.md5(file.content).hexdigest()}  {file.name[2:]}\n" for file in sorted(files, key=lambda file: file.name))
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", lzma.compress(tar([File("./control", control.encode()), File("./md5sums", sums.encode())]))),
        ("data.tar.xz", lzma.compress(tar(files), preset=9 | lzma.PRESET_EXTREME)),
    ]
    result = io.BytesIO(b"!<arch>\n")
    result.seek(0, io.SEEK_END)
    for name, data in members:
        result.write(f"{name:<16}{facts.timestamp():<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode())
        result.write(data + b"\n" * (len(data) % 2))
    return f"{facts.NAME}_{facts.VERSION}_{facts.debian_machine()}.deb", result.getvalue()


def wheel(content):
    """`windsock_scanner-….whl`: the executable as a script of the environment it is installed into, without Python before it."""
    name = facts.WHEEL_NAME.replace("-", "_")
    tag = f"py3-none-manylinux_{facts.GLIBC[0]}_{facts.GLIBC[1]}_{facts.machine()}"
    about = f"{name}-{facts.VERSION}"
    metadata = "\n".join([
        "Metadata-Version: 2.4", f"Name: {facts.WHEEL_NAME}", f"Version: {facts.VERSION}", f"Summary: {facts.SUMMARY}",
        f"Project-URL: Homepage, {facts.HOME_PAGE}", f"Project-URL: Changelog, {facts.HOME_PAGE}/blob/main/CHANGELOG.md",
        f"License-Expression: {facts.LICENCE}", "License-File: LICENSE",
        *[f"License-File: linked/{name}" for name in content.linked_licences],
        "Keywords: secrets,scanner,git,pre-commit,api-keys", "Requires-Python: >=3.8",
        "Classifier: Operating System :: POSIX :: Linux", "Classifier: Topic :: Security",
        "Classifier: Environment :: Console", "Description-Content-Type: text/markdown", "", content.readme.decode()])
    files = [
        File(f"{about}.data/scripts/windsock", content.program, is_program=True),
        *[File(f"{about}.data/data/share/{path}", text)
          for path, text in {"man/man1/windsock.1": content.manual, **content.completions}.items()],
        File(f"{about}.dist-info/METADATA", metadata.encode()),
        File(f"{about}.dist-info/WHEEL", f"Wheel-Version: 1.0\nGenerator: windsock\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()),
        File(f"{about}.dist-info/licenses/LICENSE", content.licence),
        *[File(f"{about}.dist-info/licenses/linked/{name}", text) for name, text in content.linked_licences.items()],
    ]
    record = f"{about}.dist-info/RECORD"
    rows = []
    for file in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.content).digest()).rstrip(b"=").decode()
        rows.append(f"{file.name},sha256={digest},{len(file.content)}\n")
    files.append(File(record, "".join([*rows, f"{record},,\n"]).encode()))
    result = io.BytesIO()
    # A zip archive knows no time before 1980.
    date = time.gmtime(max(facts.timestamp(), 315_532_800))[:6]
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, date)
            entry.external_attr = (0o100000 | file.mode) << 16
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            archive.writestr(entry, file.content)
    return f"{about}-{tag}.whl", result.getvalue()

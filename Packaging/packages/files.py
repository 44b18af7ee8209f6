"""A tree of files as packages hold it: names, contents and modes, and nothing that differs from build to build."""
import dataclasses
import io
import tarfile

from . import facts


@dataclasses.dataclass(frozen=True)
class File:
    name: str
    content: bytes
    is_program: bool = False

    @property
    def mode(self):
        return 0o755 if self.is_program else 0o644


def tar(files, links=()):
    """The bytes of an archive of files and, as pairs of name and target, symbolic links, with the folders they stand in."""
    buffer = io.BytesIO()
    names = [file.name for file in files] + [name for name, _ in links]
    folders = {"/".join(parts[:count]) for parts in (name.split("/") for name in names) for count in range(1, len(parts))}
    members = [(folder, tarfile.DIRTYPE, 0o755, None) for folder in folders]
    members += [(file.name, tarfile.REGTYPE, file.mode, file.content) for file in files]
    members += [(name, tarfile.SYMTYPE, 0o777, target) for name, target in links]
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, kind, mode, content in sorted(members, key=lambda member: member[0]):
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode, entry.mtime = kind, mode, facts.timestamp()
            if kind == tarfile.REGTYPE:
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
            else:
                entry.linkname = content or ""
                archive.addfile(entry)
    return buffer.getvalue()

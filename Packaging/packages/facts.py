"""What every package says of windsock, taken from where it stands already."""
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAME = "windsock"
# The name `windsock` is another project's on PyPI.
WHEEL_NAME = "windsock-scanner"
SUMMARY = "Finds leaked API keys in source repositories: in the tree, in the index, and in all of the history"
HOME_PAGE = "https://github.com/windsock-scanner/windsock"
MAINTAINER = "windsock maintainers <windsock@users.noreply.github.com>"
LICENCE = "Apache-2.0"
VERSION = re.search(r'static let version = "([^"]+)"', (ROOT / "Sources/WindsockCommand/Windsock.swift").read_text()).group(1)
# The newest glibc that the executable asks for, and so the least that a system must have.
GLIBC = (2, 34)


def machine():
    """The machine that is built for, by the kernel's name for it."""
    return os.uname().machine


def debian_machine():
    return {"x86_64": "amd64", "aarch64": "arm64"}[machine()]


def image_machine():
    return debian_machine()


def timestamp():
    """When everything in the packages was changed: with the commit, so that two builds make the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    return int(subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, check=True, capture_output=True, text=True).stdout)


# What is linked into the executable: name, licence by its SPDX identifier, home page.
LINKED = {
    "libgit2": ("GPL-2.0-only WITH GCC-exception-2.0", "https://libgit2.org"),
    "sqlite": ("blessing", "https://sqlite.org"),
    "libarchive": ("BSD-2-Clause", "https://www.libarchive.org"),
    "bzip2": ("bzip2-1.0.6", "https://sourceware.org/bzip2"),
    "liblzma": ("LicenseRef-public-domain", "https://tukaani.org/xz"),
    "zstandard": ("BSD-3-Clause", "https://facebook.github.io/zstd"),
    "pcre2": ("BSD-3-Clause", "https://www.pcre.org"),
    "libdeflate": ("MIT", "https://github.com/ebiggers/libdeflate"),
    "zlib": ("Zlib", "https://zlib.net"),
    "http-parser": ("MIT", "https://github.com/nodejs/http-parser"),
    "libstdc++": ("GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    "tomlplusplus": ("MIT", "https://github.com/marzer/tomlplusplus"),
    "swift": ("Apache-2.0 WITH Swift-exception", "https://www.swift.org"),
    "swift-argument-parser": ("Apache-2.0 WITH Swift-exception", "https://github.com/apple/swift-argument-parser"),
}

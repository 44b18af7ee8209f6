"""seeds.py FOLDER PACK…: writes inputs for the fuzzer made from packs, and some scripts, into a folder."""
import random
import sys
import zlib
from pathlib import Path

folder, packs = Path(sys.argv[1]), sys.argv[2:]
folder.mkdir(parents=True, exist_ok=True)


def write(name: str, mode: int, limits: int, body: bytes) -> None:
    (folder / name).write_bytes(bytes([mode, limits]) + body)


def files(pack: Path, index: Path) -> bytes:
    content = pack.read_bytes()
    return len(content).to_bytes(3, "little") + content + index.read_bytes()


for number, name in enumerate(packs):
    pack = Path(name)
    shared = pack.with_name("multi-pack-index")
    write(f"pack-{number}", 0, 0x3F, files(pack, pack.with_suffix(".idx")))
    if shared.exists():
        # The name that the fuzzer gives to its pack; the length is the same, so that the parts stay where they are.
        index = shared.read_bytes().replace(pack.stem.encode() + b".idx", b"a.idx".ljust(len(pack.stem) + 4, b"\0"))
        content = pack.read_bytes()
        body = len(content).to_bytes(3, "little") + content + index
        write(f"shared-{number}", 1, 0x3F, body)

# Scripts: see PackScript.swift. A chain and a fan, with bases by place and by id.
source = random.Random(1)
for number in range(32):
    script = bytearray([source.randrange(20)])
    text = source.randbytes(40)
    script += bytes([0x08 | source.randrange(4) << 5, 0, len(text)]) + text + bytes([3])
    for entry in range(1, script[0] + 1):
        copy = bytes([0x91, source.randrange(100), 60])
        insert = bytes([5]) + source.randbytes(5)
        # Of 160 bytes the first, and of what was made from it, 125 the next ones.
        base = 0 if number % 2 == 0 else entry - 1
        size = 160 if base == 0 else 125
        body = copy + insert + copy
        choice = (3 if number % 3 else 2) | source.randrange(4) << 5
        sizes = size.to_bytes(3, "little") + (125).to_bytes(3, "little")
        script += bytes([choice, 0]) + sizes + bytes([len(body)]) + body + bytes([base])
    write(f"script-{number}", 2, source.randrange(64), bytes(script))

# Streams: text with codes of its own, with the fixed ones, stored, and codes longer than the first table.
words = [source.randbytes(source.randrange(2, 9)).hex().encode() for _ in range(60)]
skewed = b"".join(bytes([symbol]) * (1 << symbol // 2) for symbol in range(30))
for number, content in enumerate([b"", words[0], b" ".join(source.choices(words, k=400)), skewed]):
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE):
        for level in (0, 6):
            compressor = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
            stream = compressor.compress(content) + compressor.flush()
            (folder / f"stream-{number}-{strategy}-{level}").write_bytes(bytes([3]) + stream)

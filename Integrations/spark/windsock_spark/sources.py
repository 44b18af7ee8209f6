"""The table of repositories, and in which order they are read."""
import hashlib
import os

from . import state

#: What the column with the repository may be called.
NAMES = ("source", "address", "path", "url", "clone_url", "repository")


def read(spark, table):
    """Rows of a table: pairs of source and size in bytes, or None where it is not known."""
    ending = table.rstrip("/").rsplit(".", 1)[-1].lower()
    if ending in ("csv", "tsv"):
        frame = spark.read.option("header", True).option("sep", "\t" if ending == "tsv" else ",").csv(table)
    elif ending in ("json", "jsonl", "ndjson"):
        frame = spark.read.json(table)
    elif ending in ("txt", "list"):
        frame = spark.read.text(table).withColumnRenamed("value", "source")
    else:
        frame = spark.read.parquet(table)
    columns = {name.lower(): name for name in frame.columns}
    named = [columns[name] for name in NAMES if name in columns]
    if not named:
        raise ValueError(f"{table} has no column of {', '.join(NAMES)}; it has {', '.join(frame.columns)}")
    size = columns.get("size")
    rows = []
    for row in frame.select(*named, *([size] if size else [])).collect():
        # The first of them that is filled in.
        source = next((str(row[name]).strip() for name in named if row[name] is not None and str(row[name]).strip()), None)
        if source is None or source.startswith("#"):
            continue
        rows.append((source, number(row[size]) if size else None))
    return rows


def number(value):
    try:
        return max(0, int(float(value)))
    except (TypeError, ValueError, OverflowError):
        return None


def ordered(rows):
    """Each source once, large ones first: whoever begins the largest last waits for it alone. What nobody knows the size of may
    be large, and comes before all."""
    sizes = {}
    for source, size in rows:
        key = source if source == "/" else source.rstrip("/")
        known = sizes.get(key)
        sizes[key] = size if known is None else max(known, size or 0)
    for source, size in sizes.items():
        if size is None and not state.is_address(source):
            sizes[source] = packs(source)
    # Of equal ones in an order that has nothing to do with whose they are: neighbours share a server that has to answer.
    def place(entry):
        source, size = entry
        return (size is not None, -(size or 0), hashlib.sha256(source.encode("utf-8", "surrogateescape")).digest())
    return [source for source, _ in sorted(sizes.items(), key=place)]


def packs(source):
    """Bytes of packs of a repository on a disk that the driver sees, too; None: it sees none."""
    for folder in (f"{source}/.git/objects/pack", f"{source}/objects/pack"):
        try:
            return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.name.endswith(".pack"))
        except OSError:
            continue
    return None


def decisions(text):
    """What `windsock triage export` has written: tuples of fingerprint, state, author, reason, and last day or None."""
    rows = []
    for line in text.splitlines():
        words = line.split(" ")
        if not line.strip() or line.startswith("#") or len(words) < 2:
            continue
        fingerprint, decision, rest, facts = words[0], words[1], words[2:], {}
        while rest and rest[0].partition("=")[0] in ("on", "by", "until") and rest[0].partition("=")[0] not in facts:
            name, _, value = rest.pop(0).partition("=")
            facts[name] = value
        rows.append((fingerprint, decision, facts.get("by"), " ".join(rest), facts.get("until")))
    return rows

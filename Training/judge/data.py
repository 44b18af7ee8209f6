"""Assignments of known truth, out of what `list-assignments` lists and what labels say.

A source is a folder with `data/` and `labels.csv` (as `labelled-lines` and synthetic.py write them), a folder of files
whose assignments are taken for no secrets, or a folder of rule files, whose examples mark their secrets.
"""
import collections
import csv
import dataclasses
import glob
import os
import re
import subprocess
import tempfile
import tomllib

# What is no secret by itself: left out, whatever the label.
LEFT_OUT = {"UUID", "AWS S3 Bucket", "Firebase Domain", "Nonce", "Salt", "AWS Client ID", "Tencent WeChat API App ID",
            "Google OAuth Client ID"}
LINES_LIMIT = 60  # of a label that are looked at


@dataclasses.dataclass
class Assignment:
    path: str
    line: int
    syntax: bytes
    quote: int
    comment: int
    after: int
    name: bytes
    value: bytes
    truth: str = "U"  # T secret, F none, X placeholder or test value, O left out, L beside a labelled value, U unlabelled
    category: str = ""

    @property
    def repository(self):
        return self.path.partition("/")[0]


def unescaped(text):
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), text)


def is_address(a):
    """`https://…` read as a name and its value: the extractor's noise."""
    return a.syntax == b"colon" and a.value.startswith(b"//")


def listed(lister, folder, files=None):
    """The assignments in the files of a folder, as `lister` lists them, or in a dump of them (a `.tsv`)."""
    if folder.endswith(".tsv"):
        output = open(folder, "rb").read()
    else:
        if files is None:
            files = [os.path.relpath(os.path.join(d, f), folder) for d, _, fs in os.walk(folder) if "/.git" not in d for f in fs]
        output = subprocess.run([os.path.abspath(lister)], input="\n".join(sorted(files)).encode() + b"\n", cwd=folder,
                                stdout=subprocess.PIPE, check=True).stdout
    found, seen = [], set()
    for row in output.split(b"\n"):
        parts = row.split(b"\t")
        if len(parts) != 8 or row in seen:
            continue
        seen.add(row)
        path, line, syntax, quote, comment, after, name, value = parts
        a = Assignment(path.decode("utf8", "surrogateescape"), int(line), syntax, int(quote), int(comment), int(after),
                       unescaped(name), unescaped(value))
        if not is_address(a):
            found.append(a)
    return found


def is_left_out(category):
    return all(c in LEFT_OUT for c in category.split(":"))


def read_labels(folder):
    with open(os.path.join(folder, "labels.csv")) as file:
        return list(csv.DictReader(file))


RANK = {"T": 3, "X": 2, "F": 1}


def with_labels(folder, assignments, labels):
    """Gives each assignment the truth of the label whose value it overlaps. One file at a time."""
    by_path = collections.defaultdict(list)
    for label in labels:
        by_path[label["path"]].append(label)
    groups = collections.defaultdict(list)
    for a in assignments:
        groups[a.path].append(a)
    for path, some in groups.items():
        if path not in by_path:
            continue
        with open(os.path.join(folder, "data", path), "rb") as file:
            lines = file.read().split(b"\n")
        by_line = collections.defaultdict(list)
        for label in by_path[path]:
            for n in range(int(label["first"]), min(int(label["last"]), int(label["first"]) + LINES_LIMIT) + 1):
                by_line[n].append(label)
        for a in some:
            give_truth(a, lines, by_line[a.line])
    return assignments


def give_truth(a, lines, labels):
    best = None
    for label in labels:
        rank = RANK[label["truth"]]
        if label["start"] and label["end"] and label["first"] == label["last"]:
            text = lines[a.line - 1]
            start, end = int(label["start"]), int(label["end"])
            if not text.isascii():
                try:
                    u = text.decode()
                    start, end = len(u[:start].encode()), len(u[:end].encode())
                except UnicodeDecodeError:
                    pass
            value = text[start:end].strip(b"\"'` ")
            if not value or not (value in a.value or a.value in value):
                continue
            if min(len(value), len(a.value)) * 3 < max(len(value), len(a.value)) and len(a.value) < len(value):
                continue
            rank += 10
        if best is None or rank > best[0]:
            best = (rank, label)
    if best:
        a.truth, a.category = best[1]["truth"], best[1]["category"]
        if a.truth == "T" and is_left_out(a.category):
            a.truth = "O"
    elif labels:
        a.truth = "L"


def rule_texts(folder):
    """(path, text with its marks, whether found, whether the rule is generic) of the rules' examples."""
    for file in sorted(glob.glob(os.path.join(folder, "**", "*.toml"), recursive=True)):
        with open(file, "rb") as handle:
            parsed = tomllib.load(handle)
        for rule in parsed.get("rules", []):
            generic = rule.get("strength") == "generic" or "generic" in rule.get("tags", [])
            for key in ("found", "silent"):
                for example in rule.get(key, []):
                    if isinstance(example, str):
                        example = {"text": example}
                    if "text" in example and "secret" not in example:
                        yield example.get("path", ""), example["text"], key == "found", generic


def rule_examples(lister, folder):
    """Assignments in the rules' examples: those that overlap with what is marked are secrets; the rest of those is left out.

    Of texts that must be silent those of generic rules are none.
    """
    with tempfile.TemporaryDirectory() as out:
        marks = {}
        for index, (path, text, found, generic) in enumerate(rule_texts(folder)):
            if not found and not generic:
                continue
            extension = os.path.splitext(path)[1] or ".txt"
            name = f"rules-{index % 40}/{index}{extension}"
            os.makedirs(os.path.dirname(os.path.join(out, name)), exist_ok=True)
            marks[name] = [m.encode() for m in re.findall("«([^»]*)»", text)] if found else None
            with open(os.path.join(out, name), "w") as file:
                file.write(text.replace("«", "").replace("»", ""))
        assignments = listed(lister, out, list(marks))
    for a in assignments:
        secrets = marks[a.path]
        a.category = "rule"
        if secrets is None:
            a.truth = "F"
        else:
            a.truth = "T" if any(s == a.value or (s in a.value and len(s) * 2 > len(a.value)) for s in secrets) else "O"
    return assignments

#!/usr/bin/env python3
"""Make the table of Sources/Scanner/Deciding/Reading/WordLikeness+Table.swift.

    Scripts/train-word-likeness.py FOLDER… > Sources/Scanner/Deciding/Reading/WordLikeness+Table.swift

Counts which character follows which in the identifiers and words (six characters or more, each counted once) of the
source files and documents below the folders, and writes how much likelier, in quarter bits, each pair is there than
in a random base-62 string. Only these statistics are kept. Characters: a-z, A-Z, and one class for all digits;
what comes first in a word is counted after a virtual 54th character.
"""
import math
import os
import re
import sys

START = 53
ENDINGS = (".py", ".h", ".c", ".js", ".ts", ".java", ".go", ".rs", ".swift", ".swiftinterface", ".md", ".rst", ".txt", ".json", ".yaml", ".pyi")


def classify(character):
    if "a" <= character <= "z":
        return ord(character) - ord("a")
    if "A" <= character <= "Z":
        return 26 + ord(character) - ord("A")
    return 52


def main(folders):
    words = set()
    pattern = re.compile(r"[A-Za-z][A-Za-z0-9]{5,40}")
    for folder in folders:
        for root, _, names in os.walk(folder):
            for name in names:
                if not name.endswith(ENDINGS):
                    continue
                path = os.path.join(root, name)
                if os.path.getsize(path) > 1_000_000:
                    continue
                with open(path, encoding="utf-8", errors="ignore") as file:
                    for word in pattern.findall(file.read()):
                        # Encoded data is what the table must tell from words: it teaches nothing.
                        if sum(c.isdigit() for c in word) <= 3 and not re.search(r"[a-z][A-Z][a-z][A-Z]|[A-Z]{3}[a-z][A-Z]", word):
                            words.add(word)
    counts = [[0.5] * 53 for _ in range(54)]
    for word in words:
        previous = START
        for character in word:
            current = classify(character)
            counts[previous][current] += 1
            previous = current
    print(f"/// Made by Scripts/train-word-likeness.py from {len(words)} distinct words and identifiers.")
    print("extension WordLikeness {")
    print("    /// A row for each preceding class (a-z, A-Z, digit, start of word), a column for each following class:")
    print("    /// quarter bits plus 0x50, as ASCII, by which the pair is likelier in words than at random.")
    print("    static let table: StaticString = #\"\"\"")
    for row in counts:
        total = sum(row)
        line = ""
        for column, count in enumerate(row):
            chance = (10 if column == 52 else 1) / 62
            value = round(4 * math.log2(count / total / chance))
            line += chr(0x50 + max(-40, min(40, value)))
        print("        " + line + "\\#")
    print("        \"\"\"#")
    print("}")


main(sys.argv[1:])

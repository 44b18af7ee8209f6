#!/usr/bin/env python3
"""Write the table of how common three bytes are in source text, from files of yours.

    Benchmarks/literal-search/trigram-weights.py FILE… > Sources/CLiteralSearch/trigram_weights.h

The table in the repository is of 128 MB of C, Go, HTML, Java, JavaScript, JSON, Markdown, Perl, Python, Ruby, Swift and
YAML. It decides which three bytes of a keyword are looked for, so it matters to speed only, never to what is found.
Needs NumPy.
"""
import sys

import numpy

SYMBOLS = "abcdefghijklmnopqrstuvwxyz_0-. ?"
# How many different bytes a symbol stands for in practice: the table holds the mean of them.
MEMBERS = {"0": 10, "?": 10}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ROWS_OF = 64


def symbols_of(data):
    table = numpy.full(256, SYMBOLS.index("?"), dtype=numpy.uint32)
    for index, symbol in enumerate(SYMBOLS):
        table[ord(symbol)] = table[ord(symbol.upper())] = index
    table[ord("0"):ord("9") + 1] = SYMBOLS.index("0")
    return table[numpy.frombuffer(data, dtype=numpy.uint8)]


def main():
    counts = numpy.zeros(32**3)
    for name in sys.argv[1:]:
        with open(name, "rb") as file:
            symbols = symbols_of(file.read())
        grams = symbols[:-2] << 10 | symbols[1:-1] << 5 | symbols[2:]
        counts += numpy.bincount(grams, minlength=32**3)
    members = numpy.array([MEMBERS.get(symbol, 1) for symbol in SYMBOLS], dtype=float)
    counts /= (members[:, None, None] * members[None, :, None] * members[None, None, :]).reshape(-1)
    # Half powers of two; 'A' is once in 16 million or less.
    halves = numpy.round(2 * numpy.log2(numpy.maximum(1, counts * 2**24 / counts.sum()))).astype(int)
    text = "".join(LETTERS[min(half, len(LETTERS) - 1)] for half in halves)
    print("/* Written by Benchmarks/literal-search/trigram-weights.py: do not edit. */")
    for start in range(0, len(text), ROWS_OF):
        print(f'"{text[start:start + ROWS_OF]}"')


main()

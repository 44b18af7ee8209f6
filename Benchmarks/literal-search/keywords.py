#!/usr/bin/env python3
"""Print what the prefilter would search for, given rule files, one keyword a line, shuffled in the same way each time.

    Benchmarks/literal-search/keywords.py true|false RULES.toml…

true: very common words come first.
"""
import random
import sys
import tomllib

COMMON = "key token api secret pass auth password credential access".split()


def keywords_of(rule):
    context = rule.get("context", {})
    words = rule.get("near") or context.get("words") or [rule.get("token", {}).get("prefix", "")]
    return [*(rule.get("keywords") or words), *context.get("file", [])]


def main():
    found = {}
    for name in sys.argv[2:]:
        with open(name, "rb") as file:
            for rule in tomllib.load(file).get("rules", []):
                found.update(dict.fromkeys(word.lower() for word in keywords_of(rule)))
    words = [word for word in found if 3 <= len(word.encode()) <= 255 and "\n" not in word]
    random.Random(1).shuffle(words)
    if sys.argv[1] == "true":
        words = COMMON + [word for word in words if word not in COMMON]
    sys.stdout.write("".join(f"{word}\n" for word in words))


main()

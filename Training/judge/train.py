#!/usr/bin/env python3
"""Learns what the judge knows, and writes it as integers.

    train.py --lister list-assignments --labelled DIR --background DIR --synthetic DIR --rules DIR
             [--weights FILE] [--table FILE] [--skip-evaluation]

DIR of labelled and synthetic have data/ and labels.csv; README.md says how they are made. `--labelled-dump` and
`--background-dump` take what list-assignments printed for them before. The same data give the same weights.
"""
import argparse
import collections
import glob
import math
import multiprocessing
import os
import random
import re
import sys
import tempfile

import numpy as np
import scipy.sparse as sp
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import data
import features
import grid
import weights_file

SEED = 18
SCALE = 256  # units of a weight in one of log-odds
STRENGTH = 0.3  # of the regularisation: the inverse, as scikit-learn's C
TRUE_LIMIT = 40.0  # weight of a repository's secrets at most
FALSE_LIMIT = 600.0  # and of what is none there
PROVIDERS_BESIDE = ("openai anthropic github gitlab google aws azure slack stripe twilio facebook twitter dropbox amazon "
                    "bitbucket microsoft").split()


class Tables:
    """What features need besides an assignment."""

    def __init__(self, likeness, providers):
        self.likeness, self.providers = likeness, providers


def providers(rules, words):
    """Hashes of the names of providers: of the rules' files, without those that are words of their own."""
    with open(words) as file:
        ordinary = set(re.findall(r'"([a-z0-9]+)"', file.read().split("namesOfWholeKeys")[0]))
    names = set(PROVIDERS_BESIDE)
    for path in glob.glob(os.path.join(rules, "**", "*.toml"), recursive=True):
        with open(path) as file:
            for provider in re.findall(r'^provider *= *"(.*)"', file.read(), re.M):
                name = "".join(c for c in provider.lower() if c.isascii() and c.isalnum())
                if len(name) >= 3 and name not in ordinary:
                    names.add(name)
    return frozenset(features.word_hash(name.encode()) for name in names)


TEXT = (".md", ".java", ".py", ".go", ".js", ".ts", ".rb", ".php", ".cs", ".yml", ".yaml", ".rs", ".c", ".tf", ".html", ".swift")


def likeness(background):
    """4 log2 of how much more often a pair of letters stands in words of texts than by chance: 676 integers."""
    files = sorted(os.path.join(d, f) for d, _, fs in os.walk(background) for f in fs if f.endswith(TEXT))
    random.Random(1).shuffle(files)
    types = collections.Counter()
    for path in files[:6000]:
        try:
            with open(path, "rb") as file:
                text = file.read(200_000).decode("latin-1")
        except OSError:
            continue
        for word in re.findall(r"[A-Z]?[a-z]{2,16}|[A-Z]{3,16}(?![a-z])", text):
            types[word.lower()] += 1
    pairs = np.zeros((26, 26))
    for word, count in sorted(types.items()):
        if count >= 3:
            for a, b in zip(word, word[1:]):
                pairs[ord(a) - 97][ord(b) - 97] += math.log2(1 + count)
    total = pairs.sum()
    share = (pairs + total * 2e-6) / total
    return [int(x) for x in np.clip(np.rint(4 * np.log2(share * 676)), -31, 31).ravel()]


# The tables, for the processes that compute features.
shared = None


def rows(assignments):
    indices, counts, starts = [], [], [0]
    for a in assignments:
        found, _ = features.features(a.value, a.name, a.syntax, a.quote, a.comment, a.after, shared)
        times = collections.Counter(index for _, index in found)
        for index in sorted(times):
            indices.append(index)
            counts.append(times[index])
        starts.append(len(indices))
    return sp.csr_matrix((np.array(counts, np.float64), np.array(indices, np.int32), np.array(starts)),
                         shape=(len(assignments), features.SIZE))


def matrix(assignments, tables, processes=2):
    global shared
    shared = tables
    parts = [assignments[i:i + 4000] for i in range(0, len(assignments), 4000)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        return sp.vstack(pool.map(rows, parts, chunksize=1)).tocsr()


# What the mix is made of.
LABELLED, BACKGROUND, SYNTHETIC, RULES = range(4)


def is_random(value):
    return len(re.findall(rb"[0-9]", value)) >= 3


def near(a):
    """Equal for near duplicates: names without numbers, values without case."""
    return re.sub(rb"[0-9]+", b"0", a.name.lower())[-24:], a.value.lower(), a.syntax


def without_duplicates(assignments, sources):
    """Which to keep: the first of those that say the same of one value, the best truth first."""
    order = sorted(range(len(assignments)), key=lambda i: (sources[i], "TXFOLU".index(assignments[i].truth)))
    seen, values, keep = set(), collections.Counter(), np.zeros(len(assignments), bool)
    for i in order:
        a = assignments[i]
        key = near(a)
        # A random value counts once, wherever it stands; a word a few times in the mix, once in a repository.
        if (key, a.repository) in seen:
            continue
        whole = a.value if is_random(a.value) and len(a.value) >= 12 else key
        values[whole] += 1
        if values[whole] > (1 if whole is a.value else 3):
            continue
        seen.add((key, a.repository))
        keep[i] = True
    return keep


def weights(assignments, sources, truths):
    w = np.zeros(len(assignments))
    for i, a in enumerate(assignments):
        if sources[i] == LABELLED:
            w[i] = {"T": 1.0, "F": 1.0, "U": 0.7, "L": 0.5, "X": 0.25, "O": 0.0}[a.truth]
            # A short password is labelled as one or as a test's like a coin that is tossed.
            if len(a.value) <= 12 and a.truth in "TX" and re.search(rb"(?i)pass|pwd", a.name):
                w[i] *= 0.6
        elif sources[i] == BACKGROUND:
            w[i] = 0.3
        elif sources[i] == SYNTHETIC:
            w[i] = weight_of_synthetic(a)
        else:
            w[i] = {"T": 0.1, "F": 0.3}.get(a.truth, 0.0)
    repositories = collections.defaultdict(list)
    for i, a in enumerate(assignments):
        if sources[i] in (LABELLED, BACKGROUND):
            repositories[a.repository, bool(truths[i])].append(i)
    for (_, truth), some in repositories.items():
        total, limit = w[some].sum(), TRUE_LIMIT if truth else FALSE_LIMIT
        if total > limit:
            w[some] *= limit / total
    return w


def weight_of_synthetic(a):
    names, kind, _ = a.category.split("/")
    if names == "secret" and kind.startswith("weak-"):
        return WEAK
    if a.truth == "F" and names != "secret" and kind.startswith("weak-"):
        return 0.2
    return SYNTHETIC_TRUE if a.truth == "T" else SYNTHETIC_FALSE


WEAK, SYNTHETIC_TRUE, SYNTHETIC_FALSE = 0.25, 0.35, 0.35

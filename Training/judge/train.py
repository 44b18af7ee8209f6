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


def weights(assignments, sources, truths, doubtful=frozenset()):
    """How much each counts. doubtful: indices of the background's that may be secrets, which count nothing."""
    syntaxes = collections.Counter(a.syntax for a, source in zip(assignments, sources) if source == SYNTHETIC)
    w = np.zeros(len(assignments))
    for i, a in enumerate(assignments):
        if sources[i] == LABELLED:
            w[i] = {"T": 1.0, "F": 1.0, "U": 0.7, "L": 0.5, "X": 0.8, "O": 0.0}[a.truth]
            # A short password is labelled as one or as a test's like a coin that is tossed.
            if len(a.value) <= 12 and a.truth in "TX" and re.search(rb"(?i)pass|pwd", a.name):
                w[i] *= 0.6
        elif sources[i] == BACKGROUND:
            w[i] = 0.0 if i in doubtful else 0.3
        elif sources[i] == SYNTHETIC:
            w[i] = weight_of_synthetic(a) * min(3.0, math.sqrt(800 / syntaxes[a.syntax]))
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


def hold_synthetic(w, sources):
    """What is made up is little more than a third of the mix at most: random must not come to mean secret, nor our ideas the world."""
    made = sources == SYNTHETIC
    total, limit = w[made].sum(), w[~made].sum() * MADE_UP_LIMIT
    if total > limit:
        w[made] *= limit / total


def weight_of_synthetic(a):
    names, kind, _ = a.category.split("/")
    if kind.startswith("weak-"):
        if a.truth == "F":
            return 0.2
        return 1.5 if PASSWORD.search(a.name) else 3.5
    if a.truth == "T":
        return 7.0 if names == "secret" and OPEN.search(a.name) else 1.6
    if kind in ("run", "marked", "cut"):
        return 2.2
    if names == "harmless" and OPEN.search(a.name):
        return 2.2
    if kind in ("placeholder", "reference", "your") or names == "harmless":
        return 1.5
    return 0.8


# Whatever stands in front of these: that a token of anybody's is a secret must outweigh the many that are none, of a word each.
OPEN = re.compile(rb"(?i)(token|key)$")
MADE_UP_LIMIT = 0.6  # weight of what is made up, for one of all the rest
PASSWORD = re.compile(rb"(?i)pass|pwd|pw$|senha|mdp")


def fitted(x, truths, w):
    some = np.where(w > 0)[0]
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=300, tol=1e-3, random_state=SEED)
    return model.fit(x[some], truths[some], sample_weight=w[some])


def out_of_fold(x, truths, w, repositories, real):
    """Scores of the real ones, each by a model that saw nothing of its repository."""
    scores = np.zeros(len(truths))
    for _, test in GroupKFold(n_splits=5).split(real, truths[real], repositories[real]):
        trained = w.copy()
        trained[real[test]] = 0
        scores[real[test]] = fitted(x, truths, trained).decision_function(x[real[test]])
    return scores


def calibration_weights(assignments, truths):
    """Of labelled assignments: what is unlabelled, or was labelled a test value, counts 0.45 for none."""
    w = np.array([{"T": 1.0, "F": 1.0, "U": 0.45, "L": 0.45, "X": 0.45, "O": 0.0}[a.truth] for a in assignments])
    repositories = collections.defaultdict(list)
    for i, a in enumerate(assignments):
        repositories[a.repository, bool(truths[i])].append(i)
    for (_, truth), some in repositories.items():
        total, limit = w[some].sum(), TRUE_LIMIT if truth else FALSE_LIMIT
        if total > limit:
            w[some] *= limit / total
    return w


def calibration(scores, truths, w):
    """(sum, thousandths): isotonic, then means over steps of 0.8, so that no step decides."""
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, truths, sample_weight=w)
    places = np.arange(-6, 6.01, 0.25)
    means = [isotonic.predict(np.arange(place - 0.4, place + 0.41, 0.05)).mean() for place in places]
    # What scores highest is as sure as anything is: the few labels there say otherwise by chance.
    floor = [1 / (1 + math.exp(-place * 0.9 - 0.2)) if place > 3 else 0 for place in places]
    means = np.maximum.accumulate(np.maximum(means, floor))
    return [(int(round(place * SCALE)), min(995, int(round(mean * 1000)))) for place, mean in zip(places, means)]


def is_doubtful(a, score):
    """What scores high in the background is a secret more often than not (looked at by hand), but for these."""
    return score >= 0.3 and a.syntax not in (b"space", b"arrow") and a.value != b"include"


class Mix:
    """The assignments that are learned from, and their features."""

    def __init__(self, options):
        lister = options.lister
        labels = data.read_labels(options.labelled)
        labelled = data.with_labels(options.labelled, data.listed(lister, options.labelled_dump or os.path.join(options.labelled, "data")), labels)
        background = data.listed(lister, options.background_dump or options.background)
        made = data.with_labels(options.synthetic, data.listed(lister, os.path.join(options.synthetic, "data")),
                                data.read_labels(options.synthetic))
        made = [a for a in made if a.truth in "TF"]
        examples = data.rule_examples(lister, options.rules)
        parts = (labelled, background, made, examples)
        every = [a for part in parts for a in part]
        sources = np.concatenate([np.full(len(part), index) for index, part in enumerate(parts)])
        kept = without_duplicates(every, sources)
        use = np.where(kept | (sources == LABELLED))[0]  # all labelled lines are measured
        self.labels = labels
        self.assignments = [every[i] for i in use]
        self.sources, self.kept = sources[use], kept[use]
        self.truths = np.array([a.truth == "T" for a in self.assignments])
        self.repositories = np.array([a.repository for a in self.assignments])
        self.tables = Tables(likeness(options.background), providers(options.rules, options.words))
        self.x = matrix(self.assignments, self.tables)
        self.labelled = np.where(self.sources == LABELLED)[0]
        self.real = np.where(self.sources <= BACKGROUND)[0]

    def weights(self, doubtful=frozenset()):
        w = weights(self.assignments, self.sources, self.truths, doubtful)
        w[~self.kept] = 0
        hold_synthetic(w, self.sources)
        return w


def learned(options):
    """(model, mix, weights, scores out of fold)"""
    mix = Mix(options)
    scores = out_of_fold(mix.x, mix.truths, mix.weights(), mix.repositories, mix.real)
    doubtful = {i for i in np.where(mix.sources == BACKGROUND)[0] if is_doubtful(mix.assignments[i], scores[i])}
    w = mix.weights(doubtful)
    scores = out_of_fold(mix.x, mix.truths, w, mix.repositories, mix.real)
    some = mix.labelled
    part = calibration_weights([mix.assignments[i] for i in some], mix.truths[some])
    part[~mix.kept[some]] = 0
    points = calibration(scores[some], mix.truths[some], part)
    linear = fitted(mix.x, mix.truths, w)
    sums = np.clip(np.rint(linear.coef_[0] * SCALE), -2048, 2047).astype(int)
    model = weights_file.Model([int(v) for v in sums], int(round(linear.intercept_[0] * SCALE)), SCALE, points,
                               mix.tables.likeness, mix.tables.providers)
    model.check()
    return model, mix, w, scores


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(here))
    for name in ("lister", "labelled", "background", "synthetic"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--rules", default=os.path.join(root, "Rules"))
    parser.add_argument("--words", default=os.path.join(root, "Sources/Scanner/Deciding/Words/Words+Providers.swift"))
    parser.add_argument("--labelled-dump")
    parser.add_argument("--background-dump")
    parser.add_argument("--weights", default=str(weights_file.WEIGHTS))
    parser.add_argument("--table", help="where the evaluation goes")
    parser.add_argument("--skip-evaluation", action="store_true")
    options = parser.parse_args()
    model, mix, w, scores = learned(options)
    partial = options.weights + ".partial"
    model.write(partial)
    os.replace(partial, options.weights)
    if not options.skip_evaluation:
        import evaluation
        text = evaluation.table(options, model, mix, w, scores)
        print(text)
        if options.table:
            with open(options.table, "w") as file:
                file.write(text)


if __name__ == "__main__":
    main()

"""What the judge is worth: lines of repositories that its model has not seen, a grid of made-up texts, public trees."""
import collections
import os
import tempfile

import numpy as np

import data
import grid
import names
import train
import weights_file

RANK = {"T": 3, "O": 2, "X": 1, "F": 0}
REACH = 60  # lines of a label that are looked at
LANGUAGES = {
    "Java, Kotlin, Scala": "java kt scala groovy gradle", "JavaScript, TypeScript": "js jsx ts tsx vue mjs", "Python": "py", "Go": "go", "Ruby": "rb erb",
    "PHP": "php", "C#": "cs", "C, C++, Objective-C": "c h cpp cc m mm hpp", "YAML": "yml yaml", "JSON": "json", "shell, env, configuration": "sh env ini conf properties toml cfg",
    "Markdown, text": "md txt rst html",
}


def lines_and_units(labels):
    """The truth of each labelled line, and where each secret begins and ends."""
    lines, units = {}, {}
    for label in labels:
        truth = label["truth"]
        if truth == "T" and data.is_left_out(label["category"]):
            truth = "O"
        first, last = int(label["first"]), int(label["last"])
        for n in range(first, min(last, first + 3000) + 1):
            key = (label["path"], n)
            if key not in lines or RANK[truth] > RANK[lines[key]]:
                lines[key] = truth
        if truth == "T":
            units[label["path"], first] = last
    return lines, units


class Lines:
    """Scores of lines against their labels."""

    def __init__(self, mix, wanted=lambda path: True):
        self.lines, units = lines_and_units(mix.labels)
        self.units = {k: last for k, last in units.items() if wanted(k[0])}
        self.wanted = wanted

    def measures(self, assignments, chances, threshold):
        """recall, precision, F1; precision and F1 with unlabelled lines wrong; precision without test values, and so with unlabelled ones"""
        told = {(a.path, a.line) for a, c in zip(assignments, chances) if c >= threshold and self.wanted(a.path)}
        hits = sum(any((path, n) in told for n in range(first, min(last, first + REACH) + 1))
                   for (path, first), last in self.units.items())
        kinds = collections.Counter(self.lines.get(k, "U") for k in told)
        f, x, u = kinds["F"], kinds["X"], kinds["U"]
        recall = hits / max(1, len(self.units))
        precision, strict = hits / max(1, hits + f + x), hits / max(1, hits + f + x + u)
        harmonic = lambda p: 2 * p * recall / max(1e-9, p + recall)
        return recall, precision, harmonic(precision), strict, harmonic(strict), hits / max(1, hits + f), hits / max(1, hits + f + u)


HEADER = """| | threshold | recall | precision | F1 | precision, unlabelled wrong | F1, unlabelled wrong | precision without test values |
|---|--:|--:|--:|--:|--:|--:|--:|
"""


def row(label, threshold, m):
    return f"| {label} | {threshold:.2f} | {m[0]:.2f} | {m[1]:.2f} | {m[2]:.2f} | {m[3]:.2f} | {m[4]:.2f} | {m[5]:.2f} |\n"


def chances_of(model, sums):
    return np.array([weights_file.calibrated(model.calibration, int(s)) for s in sums]) / 1000


def table(options, model, mix, w, scores):
    some = mix.labelled
    assignments = [mix.assignments[i] for i in some]
    chances = chances_of(model, np.rint(scores[some] * train.SCALE))
    text = HEADER
    every = Lines(mix)
    for threshold in (0.95, 0.75, 0.3):
        text += row("cross-validation by repository", threshold, every.measures(assignments, chances, threshold))
    counts = collections.Counter(path.partition("/")[0] for path, _ in every.units)
    for threshold in (0.75, 0.3):
        of_each = [Lines(mix, lambda path, r=r: path.startswith(r + "/")).measures(assignments, chances, threshold)
                   for r, count in counts.items() if count >= 5]
        text += row(f"mean over {len(of_each)} repositories with five secrets or more", threshold, np.mean(of_each, axis=0))
    largest = counts.most_common(1)[0][0]
    for threshold in (0.75, 0.3):
        text += row("without the largest", threshold,
                    Lines(mix, lambda path: not path.startswith(largest + "/")).measures(assignments, chances, threshold))
    for language, extensions in LANGUAGES.items():
        endings = tuple("." + e for e in extensions.split())
        own = lambda path: path.endswith(endings)
        lines = Lines(mix, own)
        if len(lines.units) < 20:
            continue
        left = w.copy()
        left[[i for i in mix.real if own(mix.assignments[i].path)]] = 0
        linear = train.fitted(mix.x, mix.truths, left)
        mine = [i for i in some if own(mix.assignments[i].path)]
        of_mine = chances_of(model, np.rint(linear.decision_function(mix.x[mine]) * train.SCALE))
        text += row(f"{language} left out of training ({len(lines.units)} secrets)", 0.75, lines.measures([mix.assignments[i] for i in mine], of_mine, 0.75))
        text += row(f"{language}, cross-validation by repository", 0.75, lines.measures(assignments, chances, 0.75))
    return text + "\n" + of_grid(options, model, mix) + "\n" + names.table(options, model, mix) + "\n" + of_trees(options, model, mix, scores)


def of_grid(options, model, mix):
    with tempfile.TemporaryDirectory() as folder:
        cases = grid.grid(folder)
        assignments = data.listed(options.lister, folder)
    sums = train.matrix(assignments, mix.tables) @ np.array(model.weights) + model.bias
    best, own = collections.Counter(), {}
    values = {path: value.encode() for path, _, _, _, value in cases}
    for a, chance in zip(assignments, chances_of(model, sums)):
        best[a.path] = max(best[a.path], chance)
        value = values[a.path]
        if value in a.value and len(a.value) < 2 * len(value) + 4:
            own[a.path] = max(own.get(a.path, 0), chance)
    shares = collections.defaultdict(list)
    for path, group, kind, text, _ in cases:
        if group == "random":
            shares["random values found at 0.75"].append(own.get(path, 0) >= 0.75)
            shares[f"of these, {kind}"].append(own.get(path, 0) >= 0.75)
        elif group == "weak":
            shares["weak values found at 0.30"].append(own.get(path, 0) >= 0.3)
            shares["weak values found at 0.75"].append(own.get(path, 0) >= 0.75)
        else:
            shares["references, placeholders, names that open nothing: reported at 0.75"].append(best[path] >= 0.75)
            shares["references, placeholders, names that open nothing: reported at 0.30"].append(best[path] >= 0.3)
    return "| made-up texts | cases | share |\n|---|--:|--:|\n" + "".join(
        f"| {label} | {len(some):,} | {np.mean(some):.1%} |\n" for label, some in shares.items())


def of_trees(options, model, mix, scores):
    some = np.where(mix.sources == train.BACKGROUND)[0]
    chances = chances_of(model, np.rint(scores[some] * train.SCALE))
    told = {0.75: collections.Counter(), 0.3: collections.Counter()}
    for i, chance in zip(some, chances):
        for threshold, counts in told.items():
            counts[mix.assignments[i].repository] += chance >= threshold
    sizes = {}
    for name in os.listdir(options.background):
        folder = os.path.join(options.background, name)
        sizes[name] = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(folder) if "/.git" not in d
                          for f in fs if os.path.isfile(os.path.join(d, f))) / 1e6
    text = "| public trees, by models that did not see them | median a MB | mean a MB |\n|---|--:|--:|\n"
    for threshold, counts in told.items():
        rates = [counts[name] / size for name, size in sizes.items() if size > 0.05]
        text += f"| reported at {threshold:.2f} | {np.median(rates):.1f} | {sum(counts.values()) / sum(sizes.values()):.1f} |\n"
    return text

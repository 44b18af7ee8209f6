"""What the judge has learned, as integers: how it is kept in `Sources/Judge/Weights.swift`, and what it means.

A trainer makes a `Model`, and calls `write(WEIGHTS)`. `Model.read(WEIGHTS)` takes one back. `Model.score` is the reference
of what `AssignmentJudge.score` computes; `Tests/JudgeTests/golden.tsv` pins both to each other.

The sum. Each feature of an assignment (`features.features`) has a weight, the one at its index. A feature that comes more
than once counts each time, and features that share an index share a weight: `bias + sum(weights[i] for group, i in found)`.
Weights, bias and sums are in units of 1/`scale` of log-odds; a weight is from -2048 to 2047, the bias any integer.

The probability. `calibration` is a list of (sum, thousandths), sums strictly ascending and thousandths ascending: below the
first the first's thousandths hold, above the last the last's, between two a straight line, rounded down.

The trees, which a model may leave out. A linear sum from `low` to `high`, both included, is replaced by
`bias + (share * sum >> 8) + the leaves`, and its probability comes from the trees' own calibration. So with share 256 trees
correct the sum, with 0 they replace it. A tree is `nodes`, each (number, threshold, left, right), and `leaves`. Number i is
`dense[i]` of `features.features`, and the one behind the last is the linear sum, held within -131072 to 131071. Go left if the
number is not greater than the threshold, as LightGBM and scikit-learn do; thresholds with fractions are to be rounded down.
A child from 0 on is a node, later in the list than its parent; a negative one is leaf `~child`. A tree has one node at least:
a constant goes into the bias. Thresholds and leaves are from -131072 to 131071; at most 2,048 nodes or leaves a tree.

The file. Every list is one raw literal of digits of six bits, the most significant first: a digit is a character from 0x28
to 0x67. Signed numbers have half of their range added: a weight `w` is the two characters of `w + 2048`. The compiler sees
a text, the program reads it in place.
"""
import bisect
import dataclasses
import hashlib
import pathlib
import re

import features

WEIGHTS = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources" / "Judge" / "Weights.swift"
LIMIT = 1 << 20  # bytes of the file

WEIGHT_DIGITS, SUM_DIGITS, NUMBER_DIGITS, HASH_DIGITS = 2, 4, 3, 6
FIRST_LEAF = 2048  # in the number of a child


def pack(numbers, digits, signed=True):
    """Numbers of so many digits, one behind the other. Raises ValueError for one that does not fit."""
    offset = 1 << (6 * digits - 1) if signed else 0
    out = bytearray()
    for number in numbers:
        number = int(number) + offset
        if not 0 <= number < 1 << (6 * digits):
            raise ValueError(f"{number - offset} does not fit into {digits} digits")
        out += bytes(0x28 + (number >> 6 * place & 63) for place in reversed(range(digits)))
    return out.decode()


def unpack(text, digits, signed=True):
    """The reverse of `pack`."""
    offset = 1 << (6 * digits - 1) if signed else 0
    numbers = []
    for start in range(0, len(text), digits):
        number = 0
        for character in text[start:start + digits]:
            number = number << 6 | ord(character) - 0x28
        numbers.append(number - offset)
    return numbers


def pack_calibration(points):
    return "".join(pack([total], SUM_DIGITS) + pack([thousandths], 2, signed=False) for total, thousandths in points)


def unpack_calibration(text):
    points = [text[start:start + 6] for start in range(0, len(text), 6)]
    return [(unpack(p[:4], SUM_DIGITS)[0], unpack(p[4:], 2, signed=False)[0]) for p in points]


def check_calibration(points):
    ascends = all(a[0] < b[0] and a[1] <= b[1] for a, b in zip(points, points[1:]))
    if len(points) < 2 or not ascends or points[0][1] < 0 or points[-1][1] > 1000:
        raise ValueError("a calibration needs two or more (sum, thousandths), ascending, thousandths from 0 to 1000")


def calibrated(points, total):
    """Thousandths for a sum."""
    above = bisect.bisect_right([point[0] for point in points], total)
    if above == 0:
        return points[0][1]
    if above == len(points):
        return points[-1][1]
    (low, least), (high, most) = points[above - 1], points[above]
    return least + (most - least) * (total - low) // (high - low)


@dataclasses.dataclass
class Tree:
    nodes: list  # (number, threshold, left, right)
    leaves: list

    def check(self, numbers):
        if not self.nodes or max(len(self.nodes), len(self.leaves)) > 2048:
            raise ValueError("a tree needs 1 to 2,048 nodes, and not more leaves")
        for index, (number, _, left, right) in enumerate(self.nodes):
            if not 0 <= number < numbers:
                raise ValueError(f"a tree asks for number {number} of {numbers}")
            for child in (left, right):
                if not (index < child < len(self.nodes) or 0 <= ~child < len(self.leaves)):
                    raise ValueError(f"node {index} of a tree has the child {child}, which is no later node and no leaf")

    def leaf(self, numbers):
        child = 0
        while child >= 0:
            number, threshold, left, right = self.nodes[child]
            child = right if numbers[number] > threshold else left
        return self.leaves[~child]


@dataclasses.dataclass
class Trees:
    low: int
    high: int
    share: int
    bias: int
    calibration: list
    trees: list

    def sum(self, dense, linear):
        numbers = list(dense) + [max(-131072, min(linear, 131071))]
        return self.bias + (self.share * linear >> 8) + sum(tree.leaf(numbers) for tree in self.trees)


@dataclasses.dataclass
class Score:
    """As in Swift: thousandths of probability, and what each group added, in thousandths of log-odds."""
    thousandths: int
    name: int
    value: int
    syntax: int
    trees: int = 0


@dataclasses.dataclass
class Model:
    """A model is what `features.features` wants as `tables`, too."""
    weights: list  # features.SIZE
    bias: int
    scale: int
    calibration: list
    likeness: list  # 676, each -2048 to 2047
    providers: frozenset  # of features.word_hash
    trees: Trees = None

    def check(self):
        if len(self.weights) != features.SIZE or len(self.likeness) != 676:
            raise ValueError(f"a model needs {features.SIZE} weights and 676 numbers of likeness")
        if self.scale < 1:
            raise ValueError("a model's scale is 1 or more")
        if len(self.providers) > 4095:
            raise ValueError("a model knows at most 4,095 providers")
        check_calibration(self.calibration)
        if self.trees:
            check_calibration(self.trees.calibration)
            if self.trees.low > self.trees.high:
                raise ValueError("the trees' band is empty")
            for tree in self.trees.trees:
                tree.check(features.DENSE + 1)

    def score(self, found, dense):
        """The score of what `features.features` returned."""
        groups = [0, 0, 0]
        for group, index in found:
            groups[group] += self.weights[index]
        linear = self.bias + sum(groups)
        score = Score(calibrated(self.calibration, linear), *(total * 1000 // self.scale for total in groups))
        if self.trees and self.trees.low <= linear <= self.trees.high:
            total = self.trees.sum(dense, linear)
            score.thousandths = calibrated(self.trees.calibration, total)
            score.trees = (total - linear) * 1000 // self.scale
        return score

    def literals(self):
        """(label, digits) of everything but the numbers, in the order of the file."""
        hashes = sorted(self.providers)
        starts = [bisect.bisect_left(hashes, first << 24) for first in range(257)]
        yield "linear", pack(self.weights, WEIGHT_DIGITS)
        yield "calibration", pack_calibration(self.calibration)
        yield "likeness", pack(self.likeness, 2)
        yield "logarithms", pack(features.LOG2, 2, signed=False)
        yield "starts", pack(starts, 2, signed=False)
        yield "hashes", pack(hashes, HASH_DIGITS, signed=False)
        if self.trees:
            yield from self.tree_literals()

    def tree_literals(self):
        roots, nodes, leaves = [], [], []
        first_node = first_leaf = 0
        for tree in self.trees.trees:
            roots += [first_node, first_leaf]
            for number, threshold, left, right in tree.nodes:
                children = [child if child >= 0 else FIRST_LEAF + ~child for child in (left, right)]
                nodes.append(pack([number], 2, signed=False) + pack([threshold], NUMBER_DIGITS)
                             + pack(children, 2, signed=False))
            leaves += tree.leaves
            first_node += len(tree.nodes)
            first_leaf += len(tree.leaves)
        yield "treeCalibration", pack_calibration(self.trees.calibration)
        yield "roots", pack(roots, NUMBER_DIGITS, signed=False)
        yield "nodes", "".join(nodes)
        yield "leaves", pack(leaves, NUMBER_DIGITS)

    def numbers(self):
        """(label, number) of what is no list."""
        yield "bias", self.bias
        yield "scale", self.scale
        if self.trees:
            yield from (("low", self.trees.low), ("high", self.trees.high), ("share", self.trees.share),
                        ("treeBias", self.trees.bias))

    def text(self):
        """The Swift file."""
        self.check()
        literals, numbers = list(self.literals()), list(self.numbers())
        digest = hashlib.sha256(repr((literals, numbers, features.SIZE)).encode()).hexdigest()[:32]
        constants = [f"    private static var {label}Digits: StaticString {{\n        #\"{digits}\"#\n    }}\n"
                     for label, digits in literals]
        constants += [f"    private static var {label}: Int {{ {number:_} }}\n" for label, number in numbers]
        text = FILE % {"size": f"{features.SIZE:_}", "constants": "\n".join(constants),
                       "trees": TREES if self.trees else "nil", "digest": digest}
        if len(text) > LIMIT:
            raise ValueError(f"{len(text)} bytes of weights are more than {LIMIT}")
        return text

    def write(self, path=WEIGHTS):
        pathlib.Path(path).write_text(self.text())

    @staticmethod
    def read(path=WEIGHTS):
        """The model in a file that `write` has written."""
        text = pathlib.Path(path).read_text()
        lists = dict(re.findall(r'static var (\w+)Digits: StaticString \{\n *#"(.*)"#\n', text))
        number = {k: int(v.replace("_", "")) for k, v in re.findall(r"static var (\w+): Int \{ ([-\d_]+) \}", text)}
        trees = None
        if "roots" in lists:
            trees = Trees(number["low"], number["high"], number["share"], number["treeBias"],
                          unpack_calibration(lists["treeCalibration"]), read_trees(lists))
        return Model(unpack(lists["linear"], WEIGHT_DIGITS), number["bias"], number["scale"],
                     unpack_calibration(lists["calibration"]), unpack(lists["likeness"], 2),
                     frozenset(unpack(lists["hashes"], HASH_DIGITS, signed=False)), trees)


def read_trees(lists):
    nodes = []
    for start in range(0, len(lists["nodes"]), 9):
        node = lists["nodes"][start:start + 9]
        children = unpack(node[5:], 2, signed=False)
        nodes.append((*unpack(node[:2], 2, signed=False), *unpack(node[2:5], NUMBER_DIGITS),
                      *(child if child < FIRST_LEAF else ~(child - FIRST_LEAF) for child in children)))
    leaves = unpack(lists["leaves"], NUMBER_DIGITS)
    roots = unpack(lists["roots"], NUMBER_DIGITS, signed=False)
    ends = roots[2:] + [len(nodes), len(leaves)]
    return [Tree(nodes[roots[i]:ends[i]], leaves[roots[i + 1]:ends[i + 1]]) for i in range(0, len(roots), 2)]


TREES = """TreeEnsemble(
            band: low...high, share: share, bias: treeBias,
            calibration: Calibration(points: PackedNumbers(treeCalibrationDigits)), roots: PackedNumbers(rootsDigits),
            nodes: PackedNumbers(nodesDigits), leaves: PackedNumbers(leavesDigits))"""

FILE = """// swift-format-ignore-file
// Written by Training/judge: not to be edited. weights_file.py says what the digits mean.

extension JudgeModel {
    /// How many weights there are, a power of two.
    static var size: Int { %(size)s }

    /// What was learned.
    static let builtin = JudgeModel(
        linear: PackedNumbers(linearDigits), bias: bias, scale: scale,
        calibration: Calibration(points: PackedNumbers(calibrationDigits)), likeness: PackedNumbers(likenessDigits),
        logarithms: PackedNumbers(logarithmsDigits),
        providers: ProviderHashes(starts: PackedNumbers(startsDigits), hashes: PackedNumbers(hashesDigits)),
        trees: %(trees)s,
        digest: "%(digest)s")

%(constants)s}
"""

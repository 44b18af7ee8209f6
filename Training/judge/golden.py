#!/usr/bin/env python3
"""Write Tests/JudgeTests/golden.tsv: made-up assignments, and what the judge says of each.

    Training/judge/golden.py            write it, by the weights in Sources/Judge/Weights.swift
    Training/judge/golden.py --check    say whether it is what would be written; exit code 1 if not

The tests compare every line with what Swift computes. To be run whenever features or weights change. A line: syntax, byte
that opens the literal, 1 in a comment, byte behind, name and value (what is no visible ASCII, and backslashes, as `\\xNN`),
then thousandths, what name, value, syntax and trees added, the number of features, a hash of their sorted groups and
indices, and one of the numbers for trees. Hashes are FNV-1a, 32 bits, over four bytes a number, the most significant first.
"""
import pathlib
import random
import sys

import features
import weights_file

GOLDEN = weights_file.WEIGHTS.parent.parent.parent / "Tests" / "JudgeTests" / "golden.tsv"
COUNT = 1500
SYNTAXES = ("equals colon arrow fallback comparison call argument element pair space flag query block member "
            "position userinfo").split()
QUOTES = (0, 0x22, 0x27, 0x60, 0x5C, 0x3E)
WORDS = ("password secret token api key auth client private access user db database smtp admin root test example your "
         "change me service account prod staging hello winter summer house river code value config env").split()
ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
PROVIDERS = "github grafana openai stripe slack datadog sendgrid mistral twilio gitlab".split()
FOREIGN = ["contraseña", "пароль", "密码", "mot_de_passe", "Schlüssel", "clé", "şifre"]


def of(rng, alphabet, least, most):
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(least, most)))


def joined_words(rng, least, most):
    words = [rng.choice(WORDS) for _ in range(rng.randint(least, most))]
    style = rng.randrange(6)
    if style == 0:
        return "_".join(words)
    if style == 1:
        return "-".join(words)
    if style == 2:
        return "".join(words[:1]) + "".join(w.capitalize() for w in words[1:])
    if style == 3:
        return "_".join(words).upper()
    if style == 4:
        return ".".join(words)
    return "".join(w.upper() if len(w) < 4 else w.capitalize() for w in words)


def a_name(rng):
    kind = rng.randrange(14)
    if kind == 0:
        return rng.choice(FOREIGN)
    if kind == 1:
        return of(rng, ALPHANUMERIC, 1, 3)
    if kind == 2:
        return of(rng, "0123456789_.-$", 1, 6)
    if kind == 3:
        return joined_words(rng, 9, 20)
    if kind == 4:
        return joined_words(rng, 1, 3) + of(rng, "0123456789", 1, 4)
    if kind == 5:
        return of(rng, ALPHANUMERIC + "_", 26, 90)
    if kind == 6:
        return " ".join(rng.choice(WORDS).capitalize() for _ in range(rng.randint(1, 3)))
    if kind in (7, 8):
        return rng.choice(PROVIDERS) + rng.choice(["_", "-", "", "_API_"]) + joined_words(rng, 1, 2)
    if kind == 9:  # two words that are one name
        return rng.choice(["git_hub", "openAI", "SendGrid", "DATA_DOG"]) + "_" + joined_words(rng, 1, 2)
    return joined_words(rng, 1, 4)


def runs(rng, symbols, least, most):
    """Runs of one class, near the limits of what passes for random: letters that are no words, digits, symbols between."""
    alphabets = ["bcdfghjklmnpqrstvwxz", "BCDFGHJKLMNPQRSTVWXZ", "0123456789", "aeionrstl"]
    return "".join(of(rng, rng.choice(alphabets), least, most) + of(rng, symbols, 0, 1) if symbols
                   else of(rng, rng.choice(alphabets), least, most) for _ in range(rng.randint(2, 7)))


VALUES = [
    lambda r: of(r, ALPHANUMERIC, 1, 7),
    lambda r: of(r, ALPHANUMERIC, 8, 15),
    lambda r: of(r, ALPHANUMERIC, 16, 64),
    lambda r: of(r, ALPHANUMERIC + "+/", 20, 90) + "=" * r.randrange(3),
    lambda r: of(r, ALPHANUMERIC + "-_", 16, 60),
    lambda r: of(r, "0123456789abcdef", 7, 64),
    lambda r: of(r, "0123456789ABCDEF", 8, 40),
    lambda r: of(r, "0123456789", 1, 20),
    lambda r: of(r, "abcdefghijklmnopqrstuvwxyz", 1, 30),
    lambda r: of(r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1, 30),
    lambda r: of(r, "!@#$%^&*()[]{}<>?.,;:-_=+~|/", 1, 16),
    lambda r: of(r, ALPHANUMERIC + "!@#$%^&*-_=+?.", 6, 24),
    lambda r: "-".join(of(r, "0123456789abcdef", n, n) for n in (8, 4, 4, 4, 12)),
    lambda r: joined_words(r, 1, 3),
    lambda r: joined_words(r, 4, 14),
    lambda r: joined_words(r, 1, 2).capitalize() + of(r, "0123456789", 1, 4) + of(r, "!#*?", 0, 1),
    lambda r: " ".join(r.choice(WORDS) for _ in range(r.randint(2, 12))),
    lambda r: r.choice(["http", "postgres", "amqp"]) + "://" + joined_words(r, 1, 3) + ":" + of(r, ALPHANUMERIC, 4, 12) + "@host/x",
    lambda r: r.choice(["/", "./", "../", "~/", "C:\\", "D:/", "\\\\"]) + "/".join(r.choice(WORDS) for _ in range(r.randint(1, 6))),
    lambda r: "/" + of(r, ALPHANUMERIC + "/+", 20, 44),
    lambda r: "/".join(r.choice(WORDS) for _ in range(r.randint(2, 6))),
    lambda r: r.choice(["os.getenv", "fn", "config.get"]) + "(" + joined_words(r, 0, 2) + ")" + of(r, ".ab", 0, 3),
    lambda r: r.choice([b.decode() for b in features.TEMPLATES]).join([joined_words(r, 0, 2), joined_words(r, 0, 2)]) or "$$",
    lambda r: r.choice(["<%s>", "{%s}", "[%s]", "%%%s%%", "(%s)", "$%s", "${%s}", "<%s", "%s}"]) % joined_words(r, 1, 2),
    lambda r: r.choice(FOREIGN) + of(r, ALPHANUMERIC, 0, 9),
    lambda r: r.choice(ALPHANUMERIC) * r.randint(1, 40),
    lambda r: "abcdefghijklmnopqrstuvwxyz0123456789"[r.randrange(9):][:r.randint(3, 27)],
    lambda r: "9876543210"[r.randrange(5):],
    lambda r: ".".join(of(r, ALPHANUMERIC + "-_", 10, 50) for _ in range(3)),
    lambda r: ":".join(of(r, "0123456789abcdef", 2, 2) for _ in range(r.randint(2, 16))),
    lambda r: runs(r, "-_/+=.", 3, 6),
    lambda r: runs(r, "-_.:", 1, 8),
    lambda r: runs(r, "", 1, 7),
    lambda r: runs(r, "!#-_.$", 2, 5),
    lambda r: r.choice(WORDS).capitalize() + of(r, "0123456789", 1, 2) + of(r, "abcxyz", 1, 2),
    lambda r: r.choice(["/", "~", "./"]) + of(r, "bcdfghjklmnpqrstvwxz0123456789", 16, 20),
    lambda r: of(r, ALPHANUMERIC, 200, 600),
    lambda r: " ".join(r.choice(WORDS) for _ in range(120)),
    lambda r: "x" * r.choice([255, 256, 257, 300]),
]


def some_bytes(rng):
    return bytes(rng.randrange(256) for _ in range(rng.randint(1, 40)))


def assignments():
    """(name, value, syntax, quote, comment, after), the same in every run; each syntax, quote and kind of value often."""
    rng = random.Random(18)
    for index in range(COUNT):
        name = a_name(rng).encode() or b"x"
        value = VALUES[index % len(VALUES)](rng).encode() or b"-"
        if index % 10 == 9:
            value = some_bytes(rng)
        if index % 31 == 30:
            name = some_bytes(rng)
        if index % 23 == 22:
            value = name[:200]
        after = rng.choice((0, 0x0A, 0x2C, 0x3B, 0x29, 0x20, 0x22, 0x3C, rng.randrange(256)))
        yield name, value, SYNTAXES[index // len(VALUES) % len(SYNTAXES)], rng.choice(QUOTES), rng.random() < 0.2, after


def escaped(data):
    return "".join(chr(b) if 0x20 <= b < 0x7F and b != 0x5C else f"\\x{b:02x}" for b in data)


def fingerprint(numbers):
    return features.word_hash(b"".join((n & 0xFFFFFFFF).to_bytes(4, "big") for n in numbers))


def line(model, name, value, syntax, quote, comment, after):
    found, dense = features.features(value, name, syntax.encode(), quote, comment, after, model)
    if len(dense) != features.DENSE:
        raise ValueError(f"{len(dense)} numbers for trees, but DENSE is {features.DENSE}")
    score = model.score(found, dense)
    indices = sorted(group << 24 | index for group, index in found)
    return "\t".join(map(str, (
        syntax, quote, int(comment), after, escaped(name), escaped(value), score.thousandths, score.name, score.value,
        score.syntax, score.trees, len(found), fingerprint(indices), fingerprint(dense)))) + "\n"


def main(arguments):
    model = weights_file.Model.read()
    text = "".join(line(model, *assignment) for assignment in assignments())
    if arguments == ["--check"]:
        if GOLDEN.read_text() != text:
            print(f"{GOLDEN} is not what the features and the weights give: run Training/judge/golden.py", file=sys.stderr)
            return 1
        return 0
    GOLDEN.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

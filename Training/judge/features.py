"""The features of an assigned value, as integers: what the judge sees.

`Sources/Judge` computes the same in Swift; `Tests/JudgeTests/golden.tsv` pins both to each other. README.md tells the
features in words. Everything here works on bytes and integers, so that both sides agree to the last bit: no floating
point, no Unicode, no regular expressions. Bytes outside of ASCII count as letters without a case.
"""

SIZE = 1 << 16  # hashed features; a power of two
VALUE_LIMIT = 256  # bytes of a value that are looked at
NAME_LIMIT = 64  # bytes of a name that are looked at, its last
WORD_LIMIT = 24  # bytes of a word that are hashed
NAME_WORDS = 8  # words of a name that are looked at, its last
VALUE_WORDS = 8  # words of a value that are looked at, its first
LETTERS_LEAST = 6  # letters in a row that are looked at in a random value

# Groups of features, for explanations.
NAME, VALUE, SYNTAX = 0, 1, 2

# Classes of bytes.
LOWER, UPPER, DIGIT, SPACE, HIGH, OTHER = range(6)
CLASS = bytes(
    LOWER if 97 <= b <= 122 else UPPER if 65 <= b <= 90 else DIGIT if 48 <= b <= 57
    else SPACE if b in (9, 10, 13, 32) else HIGH if b >= 128 else OTHER
    for b in range(256)
)
LETTER_OF_CLASS = b"aA0 x"  # LOWER to HIGH; OTHER stands for itself
HEX = bytes(1 if b in b"0123456789abcdefABCDEF" else 0 for b in range(256))


def lower(byte):
    """ASCII lower case of a byte."""
    return byte + 32 if 65 <= byte <= 90 else byte


def log2_table():
    """16 · log2(n) for n in 0...256, rounded down; 0 for 0. Found with integers: the largest k with 2^k <= n^16."""
    table = [0]
    for n in range(1, VALUE_LIMIT + 1):
        table.append((n ** 16).bit_length() - 1)
    return table


LOG2 = log2_table()


def fnv(space, *parts):
    """FNV-1a, 32 bits, of a feature's space (a byte) and its parts with a 0 between them, folded to `SIZE`."""
    h = ((0x811C9DC5 ^ space) * 0x01000193) & 0xFFFFFFFF
    first = True
    for part in parts:
        if not first:
            h = (h * 0x01000193) & 0xFFFFFFFF  # a zero byte
        first = False
        for byte in part:
            h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return (h ^ (h >> 16)) & (SIZE - 1)


def word_hash(word):
    """FNV-1a, 32 bits, of a word: how providers' names are kept."""
    h = 0x811C9DC5
    for byte in word:
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h


def words(text, limit):
    """Words of a name or a value in lower case, at most `limit`: runs of letters; digits are words of their own.

    A word ends where the class of bytes changes, but for one upper-case letter before lower-case ones, which begins
    them (`apiKey`, `APIKey`: api, key).
    """
    found = []
    start = 0
    n = len(text)
    i = 0
    while i < n and len(found) < limit:
        c = CLASS[text[i]]
        if c in (SPACE, OTHER):
            i += 1
            continue
        start = i
        if c == DIGIT:
            while i < n and CLASS[text[i]] == DIGIT:
                i += 1
        elif c == UPPER:
            while i < n and CLASS[text[i]] == UPPER:
                i += 1
            if i < n and CLASS[text[i]] in (LOWER, HIGH):
                if i - start > 1:
                    i -= 1  # the last capital begins the next word
                else:
                    while i < n and CLASS[text[i]] in (LOWER, HIGH):
                        i += 1
        else:
            while i < n and CLASS[text[i]] in (LOWER, HIGH):
                i += 1
        found.append(bytes(lower(b) for b in text[start:min(i, start + WORD_LIMIT)]))
    return found


def name_words(name, providers):
    """Words of a name without numbers; those of providers (`providers`: hashes of their names) are `@`."""
    found = [w for w in words(name[-NAME_LIMIT:], NAME_LIMIT) if CLASS[w[0]] != DIGIT][-NAME_WORDS:]
    out = []
    i = 0
    while i < len(found):
        if i + 1 < len(found) and word_hash(found[i] + found[i + 1]) in providers:
            out.append(b"@")
            i += 2
        else:
            out.append(b"@" if word_hash(found[i]) in providers else found[i])
            i += 1
    return out


# What a value looks like, coarsely.
(TEMPLATE, NUMBER, HEXADECIMAL, UUID, URL, PATH, CALL, SENTENCE, DOTTED, RANDOM, SEPARATED, CAMEL, LOWER_WORD,
 CAPITAL_WORD, WORD_NUMBER, WORD_SYMBOL, MIXED, SYMBOLS, LETTERS, SHORT, FOREIGN) = range(21)
KINDS = 21


class Measures:
    """Numbers of a value."""

    def __init__(self, value, likeness):
        n = self.length = len(value)
        counts = [0] * 6
        histogram = {}
        transitions = 0
        longest = [0] * 6
        run = 0
        repeats = steps = 0
        hexes = 0
        pairs = score = 0
        punctuation = 0
        previous = -1
        letter_run = longest_letters = letters_end = 0
        for i, b in enumerate(value):
            c = CLASS[b]
            counts[c] += 1
            histogram[b] = histogram.get(b, 0) + 1
            hexes += HEX[b]
            if i and c == CLASS[value[i - 1]]:
                run += 1
            else:
                if i:
                    transitions += 1
                run = 1
            longest[c] = max(longest[c], run)
            if c in (LOWER, UPPER):
                letter_run += 1
                if letter_run > longest_letters:  # the first of the longest
                    longest_letters, letters_end = letter_run, i + 1
            else:
                letter_run = 0
            if i:
                p = value[i - 1]
                if b == p:
                    repeats += 1
                elif (b - p in (1, -1)) and c == CLASS[p]:
                    steps += 1
                if c in (LOWER, UPPER) and CLASS[p] in (LOWER, UPPER):
                    pairs += 1
                    score += likeness[(lower(p) - 97) * 26 + lower(b) - 97]
        self.counts = counts
        self.distinct = len(histogram)
        # 16 · bits a byte, rounded down.
        self.entropy = (n * LOG2[n] - sum(k * LOG2[k] for k in histogram.values())) // n if n else 0
        self.transitions = transitions
        self.longest = longest
        self.longest_letters = longest_letters
        self.letters_end = letters_end
        self.repeats = repeats
        self.steps = steps
        self.hexes = hexes
        self.pairs = pairs
        self.likeness = score * 4 // pairs if pairs else 0  # a letter pair's mean, times 4, rounded down
        self.most = max(histogram.values()) if n else 0


def is_uuid(value):
    return len(value) == 36 and all(
        (b == 45) if i in (8, 13, 18, 23) else HEX[b] for i, b in enumerate(value))


TEMPLATES = [b"${", b"{{", b"}}", b"<%", b"#{", b"$(", b"%(", b"%s", b"%d", b"%v", b"%{", b"{0}", b"[[", b"@{", b"$$"]


def is_template(value):
    if any(value.find(t) >= 0 for t in TEMPLATES):
        return True
    first, last = value[0], value[-1]
    if len(value) > 1 and (first, last) in ((60, 62), (123, 125), (91, 93), (37, 37), (40, 41)):
        return True
    return first == 36 and len(value) > 1 and CLASS[value[1]] in (LOWER, UPPER)


def kind(value, m):
    """The first of the kinds that fits."""
    n = m.length
    c = m.counts
    letters = c[LOWER] + c[UPPER]
    if is_template(value):
        return TEMPLATE
    if is_uuid(value):
        return UUID
    if value.find(b"://") >= 0:
        return URL
    if c[SPACE]:
        return SENTENCE
    if letters == 0 and c[HIGH] == 0:
        return NUMBER if c[DIGIT] else SYMBOLS
    if n >= 8 and m.hexes == n and c[DIGIT] and (c[LOWER] == 0 or c[UPPER] == 0):
        return HEXADECIMAL
    if value.find(b"(") >= 0 and value.find(b"(") < value.rfind(b")"):
        return CALL
    if c[HIGH]:
        return FOREIGN
    random = m.pairs == 0 or m.likeness < 0
    if n < 8:
        if c[OTHER]:
            return SHORT
        if c[DIGIT] == 0:
            return LOWER_WORD if c[UPPER] == 0 else CAPITAL_WORD
        return WORD_NUMBER if m.transitions == 1 and CLASS[value[0]] != DIGIT else SHORT
    if value[0] in (47, 126, 92) or value[:2] in (b"./", b"..") or (n > 2 and value[1] == 58 and value[2] in (47, 92)):
        if not (random and n >= 20 and c[DIGIT]):
            return PATH
    if c[OTHER] == 0:
        if c[DIGIT] == 0:
            if random and m.pairs >= 7:
                return LETTERS
            if c[UPPER] == 0:
                return LOWER_WORD
            return CAPITAL_WORD if c[LOWER] == 0 or (c[UPPER] == 1 and CLASS[value[0]] == UPPER) else CAMEL
        if m.transitions <= 2 and m.longest_letters * 2 >= n and not random:
            return WORD_NUMBER
        if random or m.transitions * 4 >= n:
            return RANDOM if n >= 16 else MIXED
        return WORD_NUMBER
    separators = value.count(b"_") + value.count(b"-")
    dots = value.count(b".") + value.count(b":")
    base64 = separators + value.count(b"+") + value.count(b"/") + value.count(b"=") + value.count(b".")
    if base64 == c[OTHER]:
        if n >= 16 and c[DIGIT] and (random or m.transitions * 4 >= n) and m.transitions * 6 >= n:
            return RANDOM
        if c[DIGIT] == 0 or not random:
            if separators == c[OTHER]:
                return SEPARATED
            if value.count(b"/"):
                return PATH
            if dots:
                return DOTTED
    elif dots and separators + dots == c[OTHER]:
        return DOTTED
    if m.longest_letters * 2 >= n and not random:
        return WORD_SYMBOL
    return SYMBOLS if n >= 8 else SHORT


def bucket(n):
    """A number in steps: exact to 12, then coarser."""
    return n if n <= 12 else 12 + (n - 10) // 4 if n <= 44 else 21 + (n - 44) // 16 if n <= 124 else 27


def shape(value, limit):
    """Classes of bytes without repetition, at most `limit` long; symbols stand for themselves."""
    out = bytearray()
    for b in value:
        c = CLASS[b]
        s = b if c == OTHER else LETTER_OF_CLASS[c]
        if not out or out[-1] != s:
            if len(out) == limit:
                out.append(43)
                break
            out.append(s)
    return bytes(out)


def shape_with_lengths(value, limit):
    """Like `shape`, with the length of each run (1, 2, 3 for 3–4, 5 for 5–8, 9 for more) behind it."""
    out = bytearray()
    runs = 0
    i = 0
    while i < len(value):
        c = CLASS[value[i]]
        s = value[i] if c == OTHER else LETTER_OF_CLASS[c]
        j = i
        while j < len(value) and (value[j] == value[i] if c == OTHER else CLASS[value[j]] == c):
            j += 1
        k = j - i
        if runs == limit:
            out.append(43)
            break
        out += bytes((s, 49 if k == 1 else 50 if k == 2 else 51 if k <= 4 else 53 if k <= 8 else 57))
        runs += 1
        i = j
    return bytes(out)


def number(n):
    """A small number as a feature's part: two bytes."""
    n = max(0, min(n, 65535))
    return bytes((n >> 8, n & 255))


DENSE = 40


def features(value, name, syntax, quote, comment, after, tables):
    """Hashed features as (group, index) and numbers for the trees.

    value, name: bytes; syntax: a word, bytes; quote: the byte that opens the literal, or 0; comment: whether the line is
    one; after: the byte behind the value (behind its quote), or 0; tables: `likeness` (676 integers) and `providers`
    (hashes of names).
    """
    value = value[:VALUE_LIMIT]
    m = Measures(value, tables.likeness)
    k = kind(value, m) if value else SHORT
    kk = bytes((k,))
    nw = name_words(name, tables.providers)
    vw = words(value, VALUE_WORDS)
    q = bytes((quote,))
    last = nw[-1] if nw else b""
    last2 = nw[-2] if len(nw) > 1 else b""
    found = []
    add = found.append

    # The name.
    add((NAME, fnv(1, last)))
    add((NAME, fnv(2, last2, last)))
    for w in nw:
        add((NAME, fnv(3, w)))
    for a, b in zip(nw, nw[1:]):
        add((NAME, fnv(4, a, b)))
    add((NAME, fnv(5, number(len(nw)))))
    if nw:
        add((NAME, fnv(6, nw[0])))
    joined = b"^" + b"".join(nw)[-40:] + b"$"
    for i in range(len(joined) - 4):
        add((NAME, fnv(7, joined[i:i + 5])))
    if len(joined) >= 5:
        add((NAME, fnv(8, joined[-5:])))
    add((NAME, fnv(9, shape(name[-NAME_LIMIT:], 6))))

    # The value.
    n = m.length
    add((VALUE, fnv(20, kk)))
    add((VALUE, fnv(21, kk, number(bucket(n)))))
    add((VALUE, fnv(22, number(bucket(n)))))
    add((VALUE, fnv(23, number(m.entropy // 4))))
    add((VALUE, fnv(24, number(m.likeness // 8 + 64), number(bucket(m.pairs) // 3))))
    add((VALUE, fnv(25, shape(value, 8))))
    add((VALUE, fnv(26, shape_with_lengths(value, 5))))
    mask = sum(1 << c for c in range(6) if m.counts[c])
    add((VALUE, fnv(27, number(mask))))
    add((VALUE, fnv(28, number(mask), number(bucket(n)))))
    add((VALUE, fnv(29, number(m.transitions * 8 // n if n else 0), number(bucket(n) // 3))))
    add((VALUE, fnv(30, value[:1])))
    add((VALUE, fnv(31, value[:2])))
    add((VALUE, fnv(32, value[:4])))
    add((VALUE, fnv(33, value[-1:])))
    add((VALUE, fnv(34, value[-3:])))
    add((VALUE, fnv(35, number(m.distinct * 8 // n if n else 0), number(bucket(n) // 3))))
    if k not in (RANDOM, HEXADECIMAL, UUID, SYMBOLS, LETTERS, MIXED):
        for w in vw:
            if len(w) > 1:
                add((VALUE, fnv(36, w)))
                for i in range(len(w) - 3):
                    add((VALUE, fnv(38, w[i:i + 4])))
        for a, b in zip(vw, vw[1:]):
            add((VALUE, fnv(37, a, b)))
    elif m.longest_letters >= LETTERS_LEAST:
        # A word within: `…EXAMPLE`, `…placeholder`. The same space as the words' parts.
        end = m.letters_end
        run = bytes(lower(b) for b in value[max(end - m.longest_letters, end - WORD_LIMIT):end])
        for i in range(len(run) - 3):
            add((VALUE, fnv(38, run[i:i + 4])))
        add((VALUE, fnv(44, run)))
    if n <= 40:
        add((VALUE, fnv(39, bytes(lower(b) for b in value))))
    add((VALUE, fnv(40, number(m.repeats * 8 // n if n else 0))))
    add((VALUE, fnv(41, number(m.steps * 8 // n if n else 0))))
    shared = sum(1 for w in vw if len(w) > 2 and w in nw)
    whole = 1 if vw and vw == nw else 0
    add((VALUE, fnv(42, number(shared), number(len(vw)), number(whole))))
    if n == m.hexes:
        add((VALUE, fnv(43, number(n))))

    # The syntax.
    ac = CLASS[after] if after else 9
    a = bytes((after if ac == OTHER else ac,))
    com = bytes((1 if comment else 0,))
    add((SYNTAX, fnv(60, syntax)))
    add((SYNTAX, fnv(61, syntax, q)))
    add((SYNTAX, fnv(62, q, kk)))
    add((SYNTAX, fnv(63, syntax, q, kk)))
    add((SYNTAX, fnv(64, a, q)))
    add((SYNTAX, fnv(65, com, kk)))
    add((SYNTAX, fnv(66, a, q, kk)))

    # What goes together with what.
    add((VALUE, fnv(80, last, kk)))
    add((VALUE, fnv(81, last, number(bucket(n) // 2))))
    add((VALUE, fnv(82, last2, last, kk)))
    add((VALUE, fnv(83, last, q, kk)))
    add((SYNTAX, fnv(84, last, syntax, q)))
    add((VALUE, fnv(85, last, number(mask))))
    for w in nw:
        add((VALUE, fnv(86, w, kk)))

    dense = [
        n, m.counts[LOWER], m.counts[UPPER], m.counts[DIGIT], m.counts[SPACE], m.counts[HIGH], m.counts[OTHER],
        m.distinct, m.entropy, m.transitions, m.likeness, m.pairs, m.longest_letters, m.longest[DIGIT],
        m.longest[LOWER], m.longest[UPPER], m.repeats, m.steps, m.most, k, quote, 1 if comment else 0, ac,
        len(name), len(nw), len(vw), max((len(w) for w in vw), default=0), shared, whole,
        1 if n == m.hexes else 0, value[0] if value else 0, value[-1] if value else 0,
        value.count(b"."), value.count(b"/"), value.count(b"_") + value.count(b"-"), value.count(b"("),
        value.count(b"="), value.count(b"$") + value.count(b"{") + value.count(b"%"), value.count(b"<"),
        m.entropy * n // 16,
    ]
    return found, dense

"""What the judge makes of names: random values under names of secrets, and under names that open nothing.

Two lists, both written before anything was trained on the vocabulary: `SECRETS` and `HARMLESS` were thought of one by one, and
synthetic.py writes none of them; the others put words together that `vocabulary.is_held_out` sets aside, which count only
for a model that `synthetic.py --hold-out` wrote the texts for. Written in every style, in four syntaxes.
"""
import base64
import collections
import os
import random
import string
import tempfile
import uuid

import vocabulary

SECRETS = vocabulary.phrases("""invoice service token, fulfilment token, kiosk token, turbine token, parcel tracking api key, photo upload token, scanner app token,
oracle secret, tokyo gateway secret, ticket desk secret, harvest worker secret, edge proxy token, room service api key, guest wifi passphrase, night shift passcode,
mailroom creds, printer cred, intranet creds, scraper creds, parking garage api key, locker admin key, boiler control key, ledger admin key, front door signing key,
receipt signing key, badge signing key, voucher signing secret, customs broker token, tax office api key, choir booking token, gym member token secret,
replication user password, exam server pwd, chess engine token, sheet import token, calendar sync token secret, feed read token, draft preview token,
package publish token, image push token, config write token, job runner token, node join token, shuttle webhook key, vending hmac key, water meter priv key,
yacht charter private key, hash pepper value, login pepper, chiave api magazzino, chiave segreta negozio, jeton secret boutique, clave api tienda, schluessel api lager,
senha api loja, klucz tajny secret, token acesso loja, mot de passe caisse, kennwort kasse, contrasena tienda, wachtwoord kassa, 收银密钥, 仓库密码, пароль склада""")
HARMLESS = vocabulary.phrases("""ship contract token, print cancellation token, recipe redis key, pizza order key, farm anonymous key, mail dedup key, sales partition key,
player shard key, banner click token, feed scroll token, gateway api key description, invoice line key, reservation sort key, menu translation key, cart row key, user lookup key,
report column key, weather cache key, playlist item key, geo bucket key, chat thread key, sensor series key, quiz answer key, drag handle key, grid cell key, route param key,
undo stack key, tab order key, plural form key, unit label key, filter chip key, legend entry key, tree path key, timer event key, merge conflict key, sprite frame key,
jwt token kind, bearer token label, admin password hint text, smtp password title, license key format, api token owner id, signing key version, encryption key alias name,
vault secret ref name, sms secret label, refresh token ttl, webhook secret header name, string token, closing token, lookahead token, minus token, indent token, eof token,
watch change token, lock lease token, list continuation token, feed cursor token, stake reward token, pool pair token, color design token, ad impression token,
retry idempotency key, audit correlation key, clave de orden, cle de tri, chiave di ricerca, sprache key, cache schluessel, indice key""")

STYLES = ["camel", "pascal", "snake", "upper", "kebab", "dotted"]
SYNTAXES = [("yaml", '  port: 1\n  {n}: "{v}"\n'), ("js", "const {n} = '{v}';\n"), ("env", "{n}={v}\n"), ("json", '{{"port": 1, "{n}": "{v}"}}\n')]


def never_written():
    """Names that synthetic.py must not write, without spaces."""
    return {"".join(p) for p in SECRETS + HARMLESS}


def held_out_names():
    """(group, words) of words that are set aside."""
    heads = vocabulary.words("token secret key api_key access_token")
    aside = vocabulary.set_aside()
    for position, word in enumerate(sorted(w for w in set(vocabulary.SERVICES + vocabulary.ACTIONS) if w in aside)):
        head = heads[position % len(heads)].split("_")
        if not (head == ["key"] and word in vocabulary.KEYED or head == ["token"] and word in vocabulary.TOKENED):
            yield "set aside: secrets", [word, *head]
    for word in sorted(w for w in set(vocabulary.KEYED) if w in aside):
        yield "set aside: harmless", [word, "key"]
    for word in sorted(w for w in set(vocabulary.TOKENED) if w in aside):
        yield "set aside: harmless", [word, "token"]


def values(rng):
    text = lambda alphabet, n: "".join(rng.choice(alphabet) for _ in range(n))
    return [text("0123456789abcdef", 32), text(string.ascii_letters + string.digits, 24), text("0123456789abcdef", 40),
            base64.b64encode(rng.randbytes(32)).decode(), str(uuid.UUID(int=rng.getrandbits(128), version=4))]


def styled(words, style):
    if style == "camel":
        return words[0] + "".join(w[:1].upper() + w[1:] for w in words[1:])
    if style == "pascal":
        return "".join(w[:1].upper() + w[1:] for w in words)
    if style == "upper":
        return "_".join(words).upper()
    return {"snake": "_", "kebab": "-", "dotted": "."}[style].join(words)


def shares(options, model, mix, threshold_counts=(0.75, 0.3)):
    """{(group, threshold): (cases, reported)}, and {group: {name: share at 0.75}}."""
    import data  # here, for synthetic.py asks for the lists only, and needs no scikit-learn
    import evaluation
    import numpy as np
    import train
    rng = random.Random(11)
    groups = [("one by one: secrets", n) for n in SECRETS] + [("one by one: harmless", n) for n in HARMLESS] + list(held_out_names())
    cases = {}
    with tempfile.TemporaryDirectory() as folder:
        for group, words in groups:
            for index, value in enumerate(values(rng) * 2):
                syntax, template = SYNTAXES[(index + len(cases)) % len(SYNTAXES)]
                style = rng.choice([s for s in STYLES if syntax not in ("js", "env") or s in ("camel", "snake", "upper", "pascal")])
                name = styled(words, style)
                path = f"{len(cases) // 500}/{len(cases)}.{syntax}"
                os.makedirs(os.path.join(folder, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(folder, path), "w") as file:
                    file.write("\n" + template.format(n=name, v=value))
                cases[path] = group, " ".join(words), value.encode()
        assignments = [a for a in data.listed(options.lister, folder) if a.value == cases[a.path][2]]
    sums = train.matrix(assignments, mix.tables) @ np.array(model.weights) + model.bias
    best = collections.Counter()
    for a, chance in zip(assignments, evaluation.chances_of(model, sums)):
        best[a.path] = max(best[a.path], chance)
    counts, of_names = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: collections.defaultdict(list))
    for path, (group, name, _) in cases.items():
        for threshold in threshold_counts:
            counts[group, threshold][0] += 1
            counts[group, threshold][1] += best[path] >= threshold
        of_names[group][name].append(best[path] >= 0.75)
    return counts, of_names


def table(options, model, mix):
    counts, _ = shares(options, model, mix)
    text = "| random values under names | cases | reported |\n|---|--:|--:|\n"
    for (group, threshold), (cases, reported) in sorted(counts.items()):
        text += f"| {group}, at {threshold:.2f} | {cases:,} | {reported / cases:.1%} |\n"
    return text

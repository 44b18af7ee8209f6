"""Made-up texts that nothing was trained on: names x syntaxes x kinds of value, and what is no secret.

    grid(folder) writes them and returns [(path, group, value)]; groups: random, weak, harmless.

The templates are other ones than those of synthetic.py as far as may be, and so are words and names.
"""
import base64
import itertools
import os
import random
import string
import uuid

NAMES = """DB_PASS SMTP_PASS ACME_TOKEN token authToken ACCESS_KEY WEBHOOK_SECRET privateKey GRAFANA_ADMIN_PASSWORD
spring.datasource.password client_secret apiKey JWT_SECRET password passwd ldap-bind-password sessionSecret
REDIS_PASSWORD encryptionKey ZABBIX_API_TOKEN x-api-key mysql_root_pwd userPassword signing-secret""".split()

SYNTAXES = [
    "{n}={v}", "export {n}='{v}'", '{n} = "{v}"', "{n}: {v}", '  {n}: "{v}"', "  '{n}': '{v}',", '    "{n}": "{v}",\n    "port": 1',
    "let {c} = `{v}`", "const {c}: string = '{v}'", 'private String {c} = "{v}";', 'var {c} string = "{v}"', "{c} := `{v}`",
    'conf.put("{n}", "{v}");', "config['{n}'] = '{v}'", '<{n}>{v}</{n}>', '<entry key="{n}">{v}</entry>',
    '<param name="{n}" value="{v}"/>', "        - name: {n}\n          value: {v}", '{{"key":"{n}","value":"{v}"}}',
    "docker run --env {n}={v} nginx", "./serve --{n}={v}", "./serve --{n} {v} -q", "'{n}' => env('{n}', '{v}'),",
    "ENV {n} {v}", '#define {u} "{v}"', 'client.{c}("{v}")', "{n} => \"{v}\"", 'os.environ.setdefault("{n}", "{v}")',
    "$this->{c} = '{v}';", 'process.env.{u} || "{v}"', '@Value("${{{n}:{v}}}")', '{n} = """{v}"""',
]

WEAK = """sunflower Butterfly dragonfly Chelsea1 liverpool7 Sommer2023 Winter19! autumn-leaf tr0ub4dor s3rver blue42 qazwsx
Tinkerbell99 hockey!1 starwars Pa$$w0rd letmein2 qwertz geronimo Adm1n! bigdaddy test123! maradona10 P4ssphrase""".split()

HARMLESS_NAMES = """public_key sshPublicKey csrf_token csrfTokenField cache_key primary_key key_id kms_key_id token_type
max_tokens password_field password_hint passwordRegex sort_key keyboard author next_token nextPageToken foreign_key
translation_key data-key i18nKey tokenEndpoint auth_url token_uri api_key_name secret_name secretRef partitionKey
password_hash passwordSha256 keyCode key_file passwordLabel compass authority tokenizer checksum_password
keywords cursor_token idempotency_key react_key object_key aws_access_key_id publishableKey site_key""".split()

PLACEHOLDERS = """${DB_PASS} $DB_PASS $(DB_PASS) {{db_pass}} {{.Values.db.pass}} <%=pass%> %DB_PASS% #{pass} <your-api-key> YOUR_TOKEN
your_secret_here CHANGE_ME changeMe! xxxxxxxxxxxx ************ REPLACE_WITH_KEY insert-your-key <secret> [REDACTED] ... TODO
example_token my-secret-value-here dummy-password placeholder-token not-set null undefined None true false
secretsmanager:prod/db op://vault/db/pass vault:kv/data/app#pass /run/secrets/db_pass ./keys/server.pem https://auth.example.org/token
AbCdEfGhIjKlMnOp0123456789placeholder XXXX-XXXX-XXXX-XXXX 0000000000000000 1234567890abcdef your-256-bit-secret
<PASSWORD> enter_your_password ENC(placeholder) file:///etc/app/secret.txt secret/data/myapp""".split()

CODE = ["os.environ['DB_PASS']", "process.env.DB_PASS", "System.getenv(\"DB_PASS\")", "config.getPassword()", "self._password",
        "request.getParameter(\"password\")", "settings.SECRET_KEY", "user.password", "generate_token()", "secrets.token_urlsafe(32)",
        "await vault.read('db')", "params[:token]", "$_ENV['DB_PASS']", "new Token()", "ctx.Value(tokenKey)", "options.apiKey",
        "crypto.randomBytes(16)", "props.password", "data.aws_secretsmanager_secret_version.db.secret_string", "var.db_password",
        "random_password.db.result", "fetchToken(user)", "hash(password)", "getpass()", "Rails.application.credentials.key",
        "opts[\"token\"]", "&token", "string(secret)", "str(key)", "env.TOKEN", "input.password.value", "this.state.password"]
CODE_SYNTAXES = ["{c} = {v}", "{c}: {v},", "const {c} = {v};", "{c} := {v}", "self.{c} = {v}", "login({c}={v})"]
SENTENCES = ["Enter the password", "Your token has expired.", "Invalid API key", "Passwort ändern", "Forgot password?",
             "The secret must not be empty", "Key not found", "Token invalide", "user-service", "auth.token.missing", "Bearer",
             "application/json", "HS512", "access_token", "password", "UserToken", "SECRET_KEY", "kubernetes.io/service-account-token"]


def random_values(rng):
    def text(alphabet, n):
        return "".join(rng.choice(alphabet) for _ in range(n))

    alphanumeric = string.ascii_letters + string.digits
    return [
        ("alphanumeric", text(alphanumeric, rng.randint(12, 40))),
        ("hex", text("0123456789abcdef", rng.choice([16, 24, 32, 40, 48, 64]))),
        ("uuid", str(uuid.UUID(int=rng.getrandbits(128), version=4))),
        ("base64", base64.b64encode(rng.randbytes(rng.choice([15, 16, 20, 24, 32, 48]))).decode()),
        ("symbols", text(string.ascii_letters, 3) + text(alphanumeric + "!#%^*_-+?.", rng.randint(9, 20)) + text(string.digits, 1)),
        ("upper", text(string.ascii_uppercase + string.digits, rng.randint(14, 32))),
        ("lower", text(string.ascii_lowercase + string.digits, rng.randint(14, 32))),
        ("letters", text(string.ascii_letters, rng.randint(16, 32))),
    ]


def camel(name):
    words = name.replace(".", " ").replace("-", " ").replace("_", " ").split()
    if len(words) == 1 and not name.isupper():
        return name
    return words[0].lower() + "".join(w.capitalize() for w in words[1:])


def filled(template, name, value):
    upper = name.replace(".", "_").replace("-", "_").upper()
    return template.format(n=name, c=camel(name), u=upper, v=value)


def cases(seed):
    """(group, kind, text, value)."""
    rng = random.Random(seed)
    for name, template in itertools.product(NAMES, SYNTAXES):
        for kind, value in random_values(rng):
            yield "random", kind, filled(template, name, value), value
        for value in rng.sample(WEAK, 4):
            yield "weak", "weak", filled(template, name, value), value
    for name in HARMLESS_NAMES:
        for kind, value in rng.sample(random_values(rng), 5):
            yield "harmless", "name:" + name, filled(rng.choice(SYNTAXES[:24]), name, value), value
    for value in PLACEHOLDERS + SENTENCES:
        for _ in range(4):
            yield "harmless", "value:" + value, filled(rng.choice(SYNTAXES[:24]), rng.choice(NAMES), value), value
    for value in CODE:
        for _ in range(2):
            yield "harmless", "code:" + value, filled(rng.choice(CODE_SYNTAXES), rng.choice(NAMES), value), value


def grid(folder, seed=7):
    """Writes the texts, and returns (path, group, kind, syntax's number or -1, value)."""
    found = []
    for index, (group, kind, text, value) in enumerate(cases(seed)):
        path = f"{group}/{index // 500}/{index}.txt"
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "w") as file:
            file.write("# acme\n\n" + text + "\n\n")
        found.append((path, group, kind, text, value))
    return found

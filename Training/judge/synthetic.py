#!/usr/bin/env python3
"""Writes assignments of known truth in every syntax: values of secrets and of much else, under names of all kinds.

    synthetic.py --out DIR [--count N] [--seed N] [--hold-out]

OUT/data/synthetic-KIND/FILE and OUT/labels.csv have the form of `labelled-lines`, so that one reader serves both. The labelled
lines do not cover the syntaxes evenly, and they know few random values under names that hold no secret; this fills in
both. A random value is a secret under a name that holds one and none under another: random must not come to mean secret.
Every value is made here by a seeded generator; none is anybody's. Each file holds one syntax. The category says
`NAME-CLASS/VALUE-KIND/SYNTAX`, for evaluation by any of them.
"""
import argparse
import base64
import csv
import os
import random
import re
import string
import uuid

import names
import vocabulary

ALNUM = string.ascii_letters + string.digits
LOWER_ALNUM = string.ascii_lowercase + string.digits

WORDS = """river mountain winter summer dragon monkey shadow master sunshine flower cookie orange purple silver golden
tiger eagle falcon phoenix coffee cheese banana guitar soccer hockey planet rocket castle bridge garden window forest
ocean island desert thunder lightning storm cloud rain snow fire water earth wind stone metal wood paper pencil camera
mirror candle ladder hammer pocket button zipper jacket basket bottle kitchen bedroom office library station airport
harbor market street avenue village country nation people animal rabbit turtle spider butterfly dolphin penguin parrot
welcome charlie jordan michael daniel jessica ashley thomas robert matthew andrew joshua peanut pepper ginger maggie
freedom whatever trust happy lucky sweet angel baby lovely princess superman batman matrix computer internet network
system server monitor keyboard laptop tablet mobile driver engine wheel motor racing yankee ranger cowboy giants
abteilung schluessel geheim hallo sommer herbst fruehling sonne wasser passwort amigo corazon bonita verano invierno
bonjour soleil chocolat fromage segredo praia saudade verao inverno""".split()

COMMON_WEAK = """letmein qwerty hunter2 trustno1 iloveyou abc123 admin admin123 root toor root123 passw0rd P@ssw0rd
Passw0rd! p4ssw0rd pa55word s3cr3t s3cret sekret secret1 guest demo postgres mysql oracle rabbitmq minioadmin
minio123 welcome1 test1234 qwerty123 zaq12wsx 1qaz2wsx q1w2e3r4 123456 12345678 1234567890 monkey1 changeit
super-secret mysecret verysecret topsecret correct-horse hunter letmein123 admin@123 Admin123 root@123""".split()

PLACEHOLDERS = """changeme CHANGEME change-me change_me_please your-password your_password YOUR_API_KEY your-api-key-here
your_token_here <password> <your-token> <YOUR_SECRET_KEY> [password] {password} xxxxxxxx XXXXXXXXXXXXXXXX ******** ••••••••
*** ... TODO FIXME REPLACE_ME REPLACEME replace-with-your-key insert_token_here INSERT-KEY-HERE placeholder dummy dummy-key
example example-password EXAMPLE_TOKEN sample sample_key my-secret-key-here put-your-secret-here enter_password_here
redacted REDACTED [REDACTED] <redacted> hidden masked none null nil undefined true false empty unset not-set n/a N/A
yourpassword your-secret yourtoken somepassword some-token-here fake fake_token fake-api-key not-a-real-key notasecret
00000000000000000000000000000000 aaaaaaaaaaaaaaaa xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx 11111111111111111111
abcdefghijklmnopqrstuvwxyz 0123456789abcdef XXX-XXX-XXX api-key-goes-here your_32_character_key <insert-api-key>
key_goes_here YourSuperSecretKey <SECRET> %PASSWORD% __PASSWORD__ __SECRET_KEY__ @@TOKEN@@ ##PASSWORD## ~token~""".split()

# What stands in the field in place of a value.
REFERENCES = [
    "${{{0}}}", "${{{0}:-}}", "${0}", "$({0})", "{{{{ {1} }}}}", "{{{{ .Values.{1} }}}}", "{{{{{0}}}}}", "${{{{ secrets.{0} }}}}",
    "%{{{1}}}", "#{{{1}}}", "<%= {1} %>", "%({1})s", "@{1}", "!Ref {2}", "!secret {1}", "!vault {1}",
    "vault:secret/data/{3}#{1}", "secret://{3}/{1}", "ssm:/{3}/{1}", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:{3}-{1}",
    "projects/{3}/secrets/{1}/versions/latest", "op://{3}/item/{1}", "env:{0}", "file:/run/secrets/{1}", "/run/secrets/{1}",
    "@Microsoft.KeyVault(SecretUri=https://{3}.vault.azure.net/secrets/{1})", "keyring:{1}", "ref+vault://{3}/{1}",
    "awssm://{3}/{1}", "sops:{1}", "ENC[AES256_GCM,data:{4},iv:{4},tag:{4},type:str]", "{{resolve:secretsmanager:{3}:SecretString:{1}}}",
    "!!binary |", "&{1}", "*{1}", "[[{1}]]", "{{cipher}}{4}", "ENC({4})", "AgB{4}",
]
CODE_REFERENCES = [
    "os.environ['{0}']", "os.environ.get('{0}')", "os.getenv(\"{0}\")", "process.env.{0}", "ENV['{0}']", "ENV.fetch('{0}')",
    "System.getenv(\"{0}\")", "Environment.GetEnvironmentVariable(\"{0}\")", "getenv('{0}')", "env('{0}')", "config.{1}",
    "settings.{0}", "self.{1}", "this.{1}", "options.{1}", "req.body.{1}", "request.form['{1}']", "params[:{1}]", "data.{1}",
    "var.{1}", "local.{1}", "module.{3}.{1}", "random_password.{3}.result", "data.vault_generic_secret.{3}.data[\"{1}\"]",
    "$_POST['{1}']", "$this->{1}", "$request->input('{1}')", "Config::get('{3}.{1}')", "config('{3}.{1}')", "args.{1}", "flags.{1}",
    "get_secret('{3}')", "secrets.token_hex(32)", "generatePassword()", "uuid.uuid4().hex", "Guid.NewGuid().ToString()",
    "crypto.randomBytes(32).toString('hex')", "SecureRandom.hex(64)", "hash(password)", "bcrypt.hashSync(pw, 10)", "await fetchToken()",
    "await getSecret(name)", "conn.password", "user.password", "response.data.token", "result['access_token']", "resp.json()['token']",
    "str(token)", "token.value", "String(password)", "c.Password", "opts.Token", "cfg.Auth.Secret", "password", "token", "api_key",
    "secretKey", "newPassword", "Optional.empty()", "new SecureString()", "keyring.get_password('{3}', '{1}')", "input('{1}: ')",
    "getpass.getpass()", "null", "None", "nil", "undefined", "true", "false", "string", "str", "String", "[]byte", "*string", "[]string",
]

SENTENCES = [
    "Enter your password", "Please enter a valid token", "Forgot your password?", "The password is required.", "Password must be at least 8 characters",
    "Your API key has expired", "Invalid credentials, please try again", "Passwords do not match", "Reset password", "Show the secret key",
    "A token for the service", "Bitte geben Sie Ihr Passwort ein", "Mot de passe oublié", "Introduzca su contraseña", "Token is missing or invalid",
    "the key used to sign sessions", "Confirm new password", "Sign in with your account", "Copy token to clipboard", "could not read secret from file",
    "password for the database user", "Wrong password", "Change Password", "Secret key", "API Key", "Access Token", "Old Password", "Passwort vergessen",
    "No token provided", "must not be empty", "is required", "should be a string", "Generate a new key", "Client secret of the application",
]
PATHS = [
    "/etc/ssl/private/{0}.key", "/run/secrets/{0}", "./certs/{0}.pem", "~/.ssh/id_rsa", "/var/lib/{0}/token", "C:\\keys\\{0}.pfx", "../config/{0}.json",
    "/api/v1/{0}/token", "/oauth/token", "/auth/realms/{0}", "/login", "/users/password/reset", "config/{0}.yml", "src/{0}/index.ts", "secrets/{0}.enc",
    "{0}.pem", "{0}.key", "keys/{0}.json", "/etc/{0}/passwd", "/auth/{0}/callback", "app/models/{0}.rb", "kv/data/{0}",
]
URLS = [
    "https://{0}.example.com/oauth/token", "https://login.{0}.com/oauth2/v2.0/token", "https://accounts.{0}.org/o/oauth2/auth", "http://localhost:8080/{0}",
    "https://api.{0}.io/v1", "https://{0}.dev/docs/authentication#api-keys", "redis://localhost:6379/0", "postgres://localhost/{0}", "https://{0}.net/reset?token=",
    "urn:ietf:params:oauth:token-type:jwt", "https://example.com/{0}.png",
]
IDENTIFIERS = [
    "access_token", "refresh_token", "id_token", "Bearer", "bearer", "password", "client_credentials", "authorization_code", "api_key", "apiKey",
    "X-Auth-Token", "X-Api-Key", "Authorization", "user_password", "password_hash", "sessionToken", "csrf_token", "token_type", "public_key",
    "primary-key", "foreign_key", "user-service", "auth-service", "password-reset", "passwordConfirmation", "new_password", "login.password",
    "form.password.label", "auth.token.expired", "errors.invalid_token", "security.password.encoder", "spring.datasource.password", "app.jwt.secret",
    "kms", "aes-256-gcm", "HS256", "RS256", "sha256", "bcrypt", "plain", "md5", "scram-sha-256", "AES/CBC/PKCS5Padding", "ssh-rsa", "oauth2", "jwt",
    "none", "required", "optional", "text", "string", "hidden", "secret", "Opaque", "kubernetes.io/tls", "default-token", "my-secret", "db-credentials",
    "app-secrets", "registry-credentials", "tls-secret", "github-token", "postgres-password", "vault-token", "IDENTITY_KEY", "PRIMARY_KEY", "API_KEY",
    "DB_PASSWORD", "SECRET_KEY", "AUTH_TOKEN", "ACCESS_TOKEN_EXPIRED", "INVALID_PASSWORD", "PasswordResetView", "TokenAuthentication",
    "SecretKeySpec", "ApiKeyAuth", "PasswordEncoder", "JwtTokenProvider", "AuthToken", "UserPasswordToken", "com.example.auth.TokenService",
    "org.example.security.PasswordEncoder", "django.contrib.auth.tokens", "App\\Models\\Token", "Microsoft.AspNetCore.Authentication", "std::string",
    "keyboard", "monkey_patch", "tokenizer", "author", "keystore", "passive", "compass", "bypass", "passenger", "ArrowUp", "Enter", "Escape", "ctrl+k",
    "Control-Shift-P", "en-US", "utf-8", "application/json", "text/html; charset=utf-8", "user:read,user:write", "repo,read:org", "openid profile email",
]

# Cores of names that hold secrets: words, and whether people put passwords of their own making under them.
SECRET_CORES = [
    (w.split(), p) for w, p in [
        ("password", 1), ("passwd", 1), ("pass", 1), ("pwd", 1), ("passphrase", 1), ("pw", 1), ("db password", 1), ("user password", 1), ("root password", 1),
        ("admin password", 1), ("database password", 1), ("smtp password", 1), ("mail pass", 1), ("redis password", 1), ("mysql pwd", 1), ("sudo pass", 1),
        ("bind password", 1), ("keystore password", 1), ("key password", 1), ("store password", 1), ("trust store password", 1), ("ftp passwd", 1),
        ("login password", 1), ("service password", 1), ("proxy password", 1), ("auth password", 1), ("basic auth password", 1), ("default password", 1),
        ("secret", 0), ("client secret", 0), ("app secret", 0), ("api secret", 0), ("secret key", 0), ("secret key base", 0), ("jwt secret", 0),
        ("session secret", 0), ("cookie secret", 0), ("webhook secret", 0), ("shared secret", 0), ("signing secret", 0), ("consumer secret", 0),
        ("token secret", 0), ("oauth client secret", 0), ("auth secret", 0), ("hmac secret", 0), ("master secret", 0), ("totp secret", 0), ("otp secret", 0),
        ("token", 0), ("api token", 0), ("access token", 0), ("auth token", 0), ("refresh token", 0), ("bearer token", 0), ("bot token", 0),
        ("personal access token", 0), ("deploy token", 0), ("registry token", 0), ("session token", 0), ("private token", 0), ("security token", 0),
        ("api key", 0), ("access key", 0), ("secret access key", 0), ("private key", 0), ("encryption key", 0), ("master key", 0), ("signing key", 0),
        ("auth key", 0), ("account key", 0), ("app key", 0), ("license key", 0), ("service key", 0), ("storage key", 0), ("subscription key", 0),
        ("shared key", 0), ("hmac key", 0), ("aes key", 0), ("jwt key", 0), ("crypt key", 0), ("api auth key", 0), ("server key", 0), ("mch key", 0),
        ("apikey", 0), ("accesskey", 0), ("secretkey", 0), ("authtoken", 0), ("accesstoken", 0), ("clientsecret", 0), ("dbpassword", 1), ("userpassword", 1),
        ("credential", 0), ("credentials", 0), ("auth", 0), ("authorization", 0), ("pat", 0), ("bearer", 0), ("appsecret", 0), ("privatekey", 0),
        # Other languages.
        ("senha", 1), ("senha do banco", 1), ("contraseña", 1), ("contrasena", 1), ("clave", 1), ("clave secreta", 0), ("passwort", 1), ("kennwort", 1),
        ("mot de passe", 1), ("motdepasse", 1), ("mdp", 1), ("wachtwoord", 1), ("haslo", 1), ("hasło", 1), ("heslo", 1), ("lösenord", 1), ("losenord", 1),
        ("parola", 1), ("sifre", 1), ("şifre", 1), ("salasana", 1), ("jelszo", 1), ("lozinka", 1), ("密码", 1), ("密钥", 0), ("口令", 1), ("пароль", 1),
        ("parol", 1), ("ключ", 0), ("токен", 0), ("パスワード", 1), ("비밀번호", 1), ("chave secreta", 0), ("chave api", 0), ("geheimnis", 0),
        ("schluessel", 0), ("mima", 1), ("adgangskode", 1), ("kata sandi", 1), ("mat khau", 1), ("cle api", 0), ("cle secrete", 0), ("segredo", 0),
    ]
]
# What people write most. Names that open nothing have words of these, too: without more of them, the words would count for less.
FREQUENT_CORES = [(c, p) for c, p in SECRET_CORES if " ".join(c) in (
    "token", "api token", "access token", "auth token", "bot token", "secret", "secret key", "api key", "access key", "private key", "encryption key", "password", "passwd", "pass", "pwd",
    "client secret", "jwt secret", "user password", "auth key", "signing key", "key")]
PREFIXES = """acme app my our prod production staging dev test local main default primary backup internal external remote server client
web site api backend frontend mobile core platform gateway billing payment payments shop store order user account customer admin root service
database db postgres pg mysql mariadb mongo redis rabbit rabbitmq kafka sasl elastic ldap smtp mail email ftp sftp ssh proxy vpn wifi git ci cd jenkins
nexus sonar registry docker k8s cluster node worker cron queue cache session cookie jwt oauth oauth2 sso saml oidc keycloak grafana github gitlab
google azure aws slack stripe twilio sendgrid n8n meili spring datasource config settings env x device sensor iot robot partner vendor legacy new old
east west eu us de fr pay sms push notify report sync import export search index log metrics monitor alert audit crm erp hr wms cms blog forum""".split()
SUFFIXES = "prod dev test staging 1 2 01 v2 new old value default base backup main live str text".split()

# Names that look as if they held a secret and open nothing, whatever stands there.
HARMLESS = """csrf token|xsrf token|csrf|anti csrf token|csrf token field|authenticity token|request verification token|form token|cursor token|cursor key|pagination key|paging token|
page cursor token|next key|start key|last evaluated key|exclusive start key|resume token|change token|lease token|fencing token|upload token name|delimiter token|start token|end token|stop token|
special token|unknown token|token index|token position|token ids|token embedding|token string|token regex|current token|lookahead token|operator token|comma token|data key|key field|key attribute|
row key field|key value|key label|dict key|json key|config key|setting key|property key|column key|default key|sort key name|redux key|storage key id|hot key|hotkey|short cut key|key binding|key down|key up|key press|
key event|key map|key handler|access key label|access key id|aws access key id|s3 access key id|key identifier|public key pem|rsa public key|ssh key fingerprint|verification key|vapid public key|pub key|pubkey|
signing public key|peer public key|wireguard public key|gpg key id|gpg key|deploy key id|push public key|password sha256|checksum token|checksum key|checksum pass|sha1 password|md5 password|hash password|hashed token|
crypt password hash|password salt name|secret checksum|secret digest|secret label|secret key name|secret key selector|password key|password env|password env var|password variable|password command|password prompt|password regex|
password pattern|password validator|password reset token expires|password input id|password manager|password error|password rules|password expiry days|auth token name|auth cookie name|auth callback|auth redirect uri|
auth state|auth error|auth level|auth context|auth guard|auth middleware|auth module|author name|author email|author id|authors list|api key placeholder|api key label|api key location|api key field|api keys url|
session cookie name|session store|session driver|session state|session key prefix|cookie consent|cookie banner|seed count|seed file|salt rounds|salt length|webhook url|webhook id|webhook event|webhook name|encryption type|
encryption algorithm|encryption mode|encryption method|cipher suite|cipher mode|hmac algorithm|jwt algorithm|jwt issuer|jwt audience|jwt header|jwt expiration|jwt cookie|signature header|signature type|bearer type|
password field|password label|password hash|password length|password min length|password policy|password reset url|password file|password path|
password placeholder|password hint|password column|password confirmation error|password changed at|password strength|password type|password encoder|
token type|token url|token endpoint|token uri|token name|token id|token expiry|token expires in|token expiration|token lifetime|token limit|max tokens|
token count|num tokens|tokens used|token issuer|token audience|token header|token prefix|token address|token class|token provider|token file|csrf token name|
csrf header|csrf param|next page token|page token|continuation token|next token|pagination token|sync token|eos token|bos token|pad token|unk token|mask token|
secret name|secret id|secret arn|secret ref|secret path|secret type|secret version|secret mount|secret store|secret provider class|secret key ref|image pull secret|
existing secret|secrets manager|secret length|secret manager id|
key name|key id|key path|key file|key type|key size|key length|key usage|key code|key format|key pair name|key prefix|key alias|key column|key algorithm|keyboard|
keycode|keyword|keywords|keyframe|keyspace|key version|key ring|key vault name|kms key id|kms key arn|public key|public api key|public key token|public token|
publishable key|site key|recaptcha site key|cache key|primary key|foreign key|partition key|sort key|hash key|range key|row key|object key|s3 key|lookup key|
translation key|i18n key|message key|label key|error key|map key|group key|index key|unique key|composite key|idempotency key|storage key name|
local storage key|session key name|query key|react key|item key|node key|cache control|ssh public key|authorized keys|host key|known hosts|api key name|
api key header|api key id|access key id|client id|app id|application id|tenant id|user id|account id|org id|project id|key fingerprint|
auth type|auth method|auth url|auth endpoint|auth provider|auth header|auth scheme|auth mode|auth server|auth domain|auth path|auth service|author|authors|
authority|authentication|authorization endpoint|authorized|auth class|oauth scopes|auth plugin|auth mechanism|credentials path|credentials file|
credential type|credentials id|credentials provider|credential helper|cred name|
pass through|passthrough|passing|bypass|compass|pass count|pass rate|passes|passenger|pass icon|api version|api url|api base|api host|api endpoint|api path|
api group|api name|apis|capital|rapid|session id|session name|session timeout|cookie name|cookie domain|cookie path|login url|login page|
private key path|private key file|private network|private ip|private subnet|signature algorithm|signature version|signature method|bearer format|
checksum secret|checksum db password|hash secret|digest token|password digest|password sha1|secret hash|hashed secret|encrypted password|
password encrypted|secret cipher|token hash|key hash|key checksum|api key hash""".replace("\n", "").split("|")

# Names that have nothing to do with secrets.
OTHER_NAMES = """commit|commit sha|revision|sha|sha256|sha1|md5|md5sum|checksum|digest|integrity|etag|hash|content hash|file hash|image digest|fingerprint|thumbprint|uuid|guid|id|
request id|trace id|span id|correlation id|transaction id|order id|device id|build id|deployment id|run id|job id|node id|message id|event id|product id|
version|build|build number|git ref|branch|tag|release|snapshot|serial|serial number|hwid|mac address|address|contract address|wallet|tx hash|block hash|
container id|image id|image|image name|layer|volume id|subnet id|vpc id|security group|ami|instance id|zone id|hosted zone|account|bucket|
name|title|description|label|text|message|content|body|data|payload|value|result|output|input|sample|expected|actual|buffer|chunk|block|binary|
icon|svg|path data|d|glyph|font|color|background|style|class name|component|template|selector|query|filter|expression|pattern|regex|
host|hostname|server|url|uri|endpoint|base url|domain|port|region|zone|locale|language|timezone|country|city|email|username|user|owner|
created at|updated at|date|timestamp|expires|duration|timeout|interval|limit|size|width|height|count|total|index|offset|page|
file|filename|path|directory|folder|module|package|namespace|function|method|type|kind|category|group|role|status|state|mode|level|
lat|lng|geohash|polyline|encoded|base64 image|thumbnail|avatar|photo|logo|signature image|boundary|cursor|etag value|slug|permalink|share link|video id|
playlist|channel|room|topic|queue name|stream|partition|shard|bloom|nonce value|block number|gas|abi|bytecode|opcode|entropy|seed data|vector|embedding|
test vector|plaintext|ciphertext|public exponent|modulus|prime|generator|curve|fixture|mock data|snapshot hash|lock hash|resolved|tarball|asset|chunk id|
webpack hash|bundle|manifest|certificate|cert|ca cert|csr|issuer|subject|serial hex|license|copyright|vendor|model|sku|isbn|barcode|iban|phone|zip""".replace("\n", "").split("|")


class Maker:
    def __init__(self, seed, hold_out=False):
        self.r = random.Random(seed)
        self.hold_out = hold_out
        self.never = names.never_written()
        self.set_aside = vocabulary.set_aside()

    def pick(self, sequence):
        return self.r.choice(sequence)

    def text(self, alphabet, n):
        return "".join(self.r.choice(alphabet) for _ in range(n))

    # Values.
    def random_value(self):
        """(kind, value): what a machine or a password generator makes."""
        r = self.r
        kind = r.choice(["alnum8", "alnum", "alnum", "alnum", "alnum-lower", "alnum-upper", "letters", "hex16", "hex32", "hex32", "hex40", "hex64", "hex-upper", "hex-any",
                         "uuid", "base64", "base64", "base64url", "symbols", "symbols", "generator", "generator", "prefixed", "dashed", "jwt-like", "base32",
                         "symbols-all", "dotted", "digits-mixed"])
        if kind == "alnum8":
            v = self.text(ALNUM, r.randint(8, 15))
        elif kind == "alnum":
            v = self.text(ALNUM, r.choice([16, 18, 20, 22, 24, 24, 28, 30, 32, 32, 36, 40, 43, 48, 56, 64]))
        elif kind == "alnum-lower":
            v = self.text(LOWER_ALNUM, r.choice([10, 12, 16, 20, 24, 25, 32, 40, 50]))
        elif kind == "alnum-upper":
            v = self.text(string.ascii_uppercase + string.digits, r.choice([10, 12, 16, 20, 24, 32, 40]))
        elif kind == "letters":
            v = self.text(string.ascii_letters, r.choice([16, 20, 24, 32, 40]))
        elif kind == "hex16":
            v = self.text("0123456789abcdef", r.choice([16, 20, 24]))
        elif kind in ("hex32", "hex40", "hex64"):
            v = self.text("0123456789abcdef", int(kind[3:]))
        elif kind == "hex-upper":
            v = self.text("0123456789ABCDEF", r.choice([16, 32, 40, 64]))
        elif kind == "hex-any":
            v = self.text("0123456789abcdef", r.choice([12, 28, 36, 48, 56, 80, 96, 128]))
        elif kind == "uuid":
            v = str(uuid.UUID(int=r.getrandbits(128), version=4))
            v = v.upper() if r.random() < 0.1 else v
        elif kind == "base64":
            v = base64.b64encode(r.randbytes(r.choice([12, 16, 20, 24, 28, 32, 32, 48, 64]))).decode()
        elif kind == "base64url":
            v = base64.urlsafe_b64encode(r.randbytes(r.choice([16, 24, 32, 32, 48]))).decode().rstrip("=")
        elif kind == "symbols":
            v = self.text(ALNUM + "!@#%^*_-+=", r.randint(10, 32))
        elif kind == "generator":
            n = r.choice([8, 10, 12, 12, 14, 16, 16, 20, 24])
            symbols = r.choice(["!@#$%^&*", "!?-_.", "@#%&", "!@#$%^&*()-_=+[]{};:,.<>?", "-_.~"])
            v = [self.pick(string.ascii_lowercase), self.pick(string.ascii_uppercase), self.pick(string.digits), self.pick(symbols)]
            v += [self.pick(ALNUM + symbols) for _ in range(n - 4)]
            r.shuffle(v)
            v = "".join(v)
        elif kind == "symbols-all":
            v = self.text(ALNUM + "$&()?<>;,:[]{}|~^!@#%*", r.randint(12, 40))
        elif kind == "prefixed":
            v = self.pick(["sk", "pk", "key", "tok", "acme", "live", "prod", "app", "v1", "s", "rk", "zx", "pat", "api", "usr", "whsec", "secret"])
            v += self.pick("-_.") + (self.pick(["live_", "test-", "prod_", "v2."]) if r.random() < 0.25 else "") + self.text(self.pick([ALNUM, LOWER_ALNUM, "0123456789abcdef"]), r.choice([16, 20, 24, 32, 40]))
        elif kind == "dashed":
            n = r.choice([4, 5, 6, 8])
            v = "-".join(self.text(self.pick([string.ascii_uppercase + string.digits]), n) for _ in range(r.choice([3, 4, 5])))
        elif kind == "jwt-like":
            v = ".".join(base64.urlsafe_b64encode(r.randbytes(k)).decode().rstrip("=") for k in (r.choice([15, 18, 27]), r.choice([24, 33, 45]), 32))
        elif kind == "base32":
            v = self.text(string.ascii_uppercase + "234567", r.choice([16, 26, 32, 52]))
        elif kind == "dotted":
            v = self.text(ALNUM, r.choice([8, 12, 16])) + "." + self.text(ALNUM, r.choice([20, 24, 32, 40]))
        else:
            v = self.text(string.digits, r.choice([4, 6])) + self.text(ALNUM, r.choice([12, 16, 20])) + self.text(string.digits, 3)
        return kind, v

    def weak_value(self):
        """(kind, value): what people make up."""
        r = self.r
        w = self.pick(WORDS)
        kind = r.choice(["common", "word", "word-year", "word-digits", "leet", "two-words", "word-symbol-digits", "phrase", "word-year!", "word-year!", "digits-word"])
        cap = w.capitalize() if r.random() < 0.6 else w
        if kind == "common":
            v = self.pick(COMMON_WEAK)
        elif kind == "word":
            v = w if r.random() < 0.8 else cap
        elif kind == "word-year":
            v = cap + str(r.randint(1970, 2026))
        elif kind == "word-digits":
            v = cap + self.text(string.digits, r.randint(1, 5))
        elif kind == "leet":
            v = (cap + self.pick(WORDS)).translate(str.maketrans({"a": "4", "e": "3", "o": "0", "i": "1", "s": self.pick("5$s")}))
        elif kind == "two-words":
            v = w + self.pick(["", "-", "_", ".", " "][:4]) + self.pick(WORDS)
        elif kind == "word-symbol-digits":
            v = cap + self.pick("!@#$%&*_-.") + self.text(string.digits, r.randint(1, 4))
        elif kind == "phrase":
            v = self.pick("-_. ").join(self.pick(WORDS) for _ in range(r.choice([3, 4, 5])))
        elif kind == "word-year!":
            v = cap + self.pick(["", "-", "_", "@", "#", "."]) + str(r.randint(1980, 2026)) + self.pick("!?#*$@.")
        else:
            v = self.text(string.digits, r.randint(2, 4)) + w
        return kind, v

    def dull_value(self, words):
        """(kind, value): no secret under any name."""
        r = self.r
        snake = "_".join(words)
        kind = r.choice(["placeholder", "placeholder", "placeholder", "reference", "reference", "reference", "sentence", "path", "url", "identifier", "identifier", "version", "number",
                         "date", "own-name", "digest", "your", "label", "locale", "made-name", "run", "run", "run", "marked", "cut"])
        if kind == "placeholder":
            v = self.pick(PLACEHOLDERS)
        elif kind == "reference":
            v = self.pick(REFERENCES).format(snake.upper(), snake, "".join(w.capitalize() for w in words), self.pick(WORDS), base64.b64encode(r.randbytes(24)).decode())
        elif kind == "sentence":
            v = self.pick(SENTENCES)
        elif kind == "path":
            v = self.pick(PATHS).format(self.pick(WORDS))
        elif kind == "url":
            v = self.pick(URLS).format(self.pick(WORDS))
        elif kind == "identifier":
            v = self.pick(IDENTIFIERS)
        elif kind == "version":
            v = self.pick(["v", "", "^", "~>", ">="]) + f"{r.randint(0, 20)}.{r.randint(0, 30)}.{r.randint(0, 40)}" + self.pick(["", "", "-beta.1", "-rc2", "-alpine"])
        elif kind == "number":
            v = str(r.randint(100, 10 ** r.randint(3, 6)))
        elif kind == "date":
            v = f"20{r.randint(10, 26)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}" + self.pick(["", "T12:30:00Z", " 08:15:30", "T00:00:00+02:00"])
        elif kind == "own-name":
            v = self.pick([snake, snake.upper(), "-".join(words), words[0] + "".join(w.capitalize() for w in words[1:]), " ".join(words).capitalize(), "".join(w.capitalize() for w in words)])
        elif kind == "digest":
            v = self.pick(["sha256:" + self.text("0123456789abcdef", 64), "sha512-" + base64.b64encode(r.randbytes(64)).decode(), "$2b$12$" + self.text(ALNUM + "./", 53),
                           "{SHA}" + self.text("0123456789abcdef", 40), "md5" + self.text("0123456789abcdef", 32), "pbkdf2_sha256$260000$" + self.text(ALNUM, 12) + "$" + base64.b64encode(r.randbytes(32)).decode(),
                           "$argon2id$v=19$m=65536,t=3,p=4$" + self.text(ALNUM, 22) + "$" + self.text(ALNUM, 43), "$6$" + self.text(ALNUM, 8) + "$" + self.text(ALNUM + "./", 86),
                           ":".join(self.text("0123456789abcdef", 2) for _ in range(16)), "SHA256:" + self.text(ALNUM + "+/", 43), "SCRAM-SHA-256$4096:" + self.text(ALNUM, 22) + "==$" + self.text(ALNUM, 43) + "="])
        elif kind == "your":
            v = self.pick(["your-{}", "your_{}", "<{}>", "my-{}", "YOUR_{}_HERE", "<your {}>", "{}-here", "insert-{}", "enter {} here", "[{}]", "{{{}}}", "replace_{}", "example-{}", "some-{}", "the-{}", "dummy_{}", "{}-goes-here",
                           "xxx-{}-xxx", "fake-{}", "not-a-{}", "INSERT_{}_HERE", "_{}_", "your.{}"])
            v = v.format(self.pick(["_", "-"]).join(words)) if r.random() < 0.7 else v.format("-".join(words)).upper()
        elif kind == "label":
            v = " ".join(words).capitalize() + self.pick(["", ":", " *", "?", " is required", " (optional)", "..."])
        elif kind == "run":
            v = self.run()
        elif kind == "marked":
            mark = self.pick(["placeholder", "example", "dummy", "sample", "redacted", "changeme", "replaceme", "fake", "invalid", "notreal", "yourkey", "insertkeyhere", "fakefakefake",
                              "testtoken", "thisisafake", "NOTAREALKEY", "notasecret", "mock", "removed", "goeshere", "here", "xxxx", "test"])
            mark = self.pick([mark, mark, mark.upper(), mark.capitalize()])
            some = self.text(self.pick([ALNUM, LOWER_ALNUM, "0123456789abcdef", string.digits]), r.choice([3, 6, 8, 12, 16]))
            v = self.pick(["{0}{1}", "{1}{0}", "{1}-{0}", "{0}_{1}", "{1}{0}{1}", "sk_{0}_{1}", "{0}-{1}-{0}"]).format(mark, some)
        elif kind == "cut":
            v = self.text(self.pick([ALNUM, LOWER_ALNUM, "0123456789abcdef"]), r.randint(3, 12)) + self.pick(["...", "…", "xxxx", "*****", "....", "XXXXXXXX", "[...]", "…", "…", "<...>", "_xxx", "-xxxx-xxxx"])
            if r.random() < 0.25:
                v += self.text(ALNUM, 4)
        elif kind == "locale":
            v = self.pick(["Passwort", "Mot de passe", "Contraseña", "Senha", "密码", "パスワード", "Пароль", "Wachtwoord", "Kennwort eingeben", "Hasło", "Nouveau mot de passe", "Clé API", "Zugangsschlüssel", "Schlüssel"])
        else:
            a, b = self.pick(WORDS), self.pick(["service", "secret", "token", "key", "auth", "config", "store", "credentials", "pass", "vault", "provider", "manager", "client"])
            v = self.pick(["{0}-{1}", "{0}_{1}", "{0}.{1}", "{0}/{1}", "{0}-{1}-prod", "{2}{3}", "{0}{3}", "{4}_{5}", "{0}-{1}-1"]).format(a, b, a.capitalize(), b.capitalize(), a.upper(), b.upper())
        return kind, v

    def run(self):
        """What fingers make: one character again and again, rows of the keyboard, the alphabet."""
        r = self.r
        n = r.choice([8, 10, 12, 16, 20, 24, 32, 32, 36, 40, 64])
        kind = r.randrange(7)
        if kind == 0:
            return self.pick("xX0a1fFzZ9cby*.-#2345678?_") * n
        if kind == 1:
            row = self.pick(["0123456789abcdef", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1234567890", "0123456789", "abcdef0123456789", "1234567890abcdef", "abcdefghijklmnopqrstuvwxyz0123456789",
                             "ABCDEF0123456789", "abc123def456ghi789jkl012mno345pqr678stu901", "a1b2c3d4e5f6g7h8i9j0", "qwertyuiopasdfghjklzxcvbnm", "AbCdEfGhIjKlMnOpQrStUvWxYz", "fedcba9876543210", "9876543210"])
            start = r.choice([0, 0, r.randrange(len(row))])
            return (row[start:] + row * 5)[:n]
        if kind == 2:
            block = self.pick(["deadbeef", "cafebabe", "abc123", "123abc", "foobar", "0123", "abcd", "1234", "xyz", "asdf", "test", "secret", "00ff", "a1b2c3d4", "12345678", "foo", "aaaabbbb"])
            return (block * 20)[:n]
        if kind == 3:
            c = self.pick("0123456789abcdefx")
            return "-".join(c * k for k in (8, 4, 4, 4, 12)) if r.random() < 0.6 else self.pick(["00000000-0000-0000-0000-000000000001", "12345678-1234-1234-1234-123456789012", "12345678-1234-5678-1234-567812345678", "11111111-2222-3333-4444-555555555555", "01234567-89ab-cdef-0123-456789abcdef"])
        if kind == 4:
            return "".join(c * self.pick([1, 2, 4]) for c in self.pick(["ABCDEFGHIJ", "abcdefgh", "1234567890", "XYZ123", "aabbccdd"]))
        if kind == 5:
            return self.pick(["sk-", "ghp_", "key-", "tok_", "xoxb-", "AKIA", "pk_", "Bearer ", "sk_test_", "api-", "secret-", "at-", "rt-"]) + self.pick(["xxxxxxxxxxxxxxxx", "1234567890", "XXXXXXXX", "abcdef123456", "123", "...", "0000000000", "1234567890abcdef", "abc123", "12345", "0987654321"])
        return "".join(self.pick("xX") for _ in range(2)) + "-" + self.pick("xX0") * n

    def code_reference(self, words):
        snake = "_".join(words)
        return "code", self.pick(CODE_REFERENCES).format(snake.upper(), snake, "".join(w.capitalize() for w in words), self.pick(WORDS), "")

    # Names.
    def made_name(self):
        """A name of nobody's: syllables."""
        name = "".join(self.pick(vocabulary.SYLLABLES) for _ in range(self.pick([1, 2, 2, 3])))
        return name + (self.pick(vocabulary.ENDINGS) if len(name) < 5 or self.r.random() < 0.4 else self.pick("nrsltxk"))

    def somebody(self):
        """What may stand first in any name."""
        x = self.r.random()
        return self.pick(vocabulary.SERVICES) if x < 0.4 else self.pick(PREFIXES) if x < 0.7 else self.made_name() if x < 0.85 else self.pick(WORDS)

    def composed_secret_name(self):
        r = self.r
        while True:
            x = r.random()
            head, weak = self.pick(vocabulary.HEADS if x < 0.65 else vocabulary.HEADS_OF_ANYBODY)
            if x < 0.35:
                front = [self.pick(vocabulary.SERVICES)]
            elif x < 0.52:
                front = [self.pick(vocabulary.ACTIONS)]
            elif x < 0.65:
                front = [self.pick(vocabulary.SERVICES), self.pick(vocabulary.ACTIONS)]
            else:
                front = [self.pick([self.made_name(), self.made_name(), self.pick(WORDS), self.pick(PREFIXES)])]
            if r.random() < 0.25:
                front = [self.somebody()] + front
            opens_nothing = vocabulary.KEYED if head == ["key"] else vocabulary.TOKENED if head == ["token"] else ()
            if front[-1] not in opens_nothing:
                return front + head, weak

    def composed_harmless_name(self):
        r = self.r
        x = r.random()
        if x < 0.38:
            out = [self.pick(vocabulary.KEYED), "key"]
            if r.random() < 0.2:
                out = [self.pick(vocabulary.KEYED)] + out
        elif x < 0.65:
            out = [self.pick(vocabulary.TOKENED), "token"]
        elif x < 0.89:
            out = self.pick(vocabulary.SECRETS_TOLD) + self.pick(vocabulary.TOLD)
        else:
            out = list(self.pick(vocabulary.OTHER_HARMLESS))
        if x < 0.65 and r.random() < 0.06:
            out[-1] += "s"
        if r.random() < 0.35:
            out = [self.somebody()] + out
        return out

    def permitted(self, make):
        """A name that nothing is measured with."""
        while True:
            made = make()
            words = made[0] if isinstance(made, tuple) else made
            if "".join(words) not in self.never and not (self.hold_out and any(w in self.set_aside for w in words)):
                return made

    def secret_name(self):
        x = self.r.random()
        if x < 0.45:
            return self.permitted(self.composed_secret_name)
        if x < 0.6:
            return self.permitted(self.whole_secret_name)
        return self.permitted(self.known_secret_name)

    def whole_secret_name(self):
        core, weak = self.pick(vocabulary.WHOLE)
        return ([self.somebody()] if self.r.random() < 0.4 else []) + list(core), weak

    def known_secret_name(self):
        core, weak = self.pick(FREQUENT_CORES if self.r.random() < 0.25 else SECRET_CORES)
        out = list(core)
        x = self.r.random()
        if x < 0.55:
            out = [self.pick(PREFIXES)] + out
        if x < 0.15:
            out = [self.pick(PREFIXES)] + out
        if self.r.random() < 0.07:
            out.append(self.pick(SUFFIXES))
        return out, weak

    def harmless_name(self):
        return self.permitted(self.composed_harmless_name if self.r.random() < 0.55 else self.known_harmless_name)

    def known_harmless_name(self):
        out = self.pick(HARMLESS).strip().split()
        if self.r.random() < 0.35:
            out = [self.pick(PREFIXES)] + out
        return out

    def other_name(self):
        out = self.pick(OTHER_NAMES).strip().split()
        if self.r.random() < 0.3:
            out = [self.pick(PREFIXES)] + out
        return out

    def styled(self, words, styles):
        style = self.pick(styles)
        if not all(w.isascii() for w in words) and style in ("upper", "kebab", "header"):
            style = "snake"
        if style == "snake":
            return "_".join(words)
        if style == "upper":
            return "_".join(words).upper()
        if style == "kebab":
            return "-".join(words)
        if style == "dotted":
            return ".".join(words) if len(words) < 3 or self.r.random() < 0.4 else words[0] + "." + "-".join(words[1:])
        if style == "header":
            return "-".join(["X"] * (self.r.random() < 0.5) + [w.capitalize() for w in words])
        if style == "pascal":
            return "".join(w[:1].upper() + w[1:] for w in words)
        if style == "flat":
            return "".join(words)
        return words[0] + "".join(w[:1].upper() + w[1:] for w in words[1:])


ENV = ["upper"]
CODE = ["camel", "camel", "snake", "upper"]
CAMEL = ["camel", "pascal"]
ANY = ["snake", "camel", "upper", "kebab", "flat"]
PROPERTIES = ["dotted", "dotted", "kebab", "camel", "snake", "upper"]
SNAKE = ["snake", "snake", "upper"]

# (syntax, extension, styles of names, template, how the value may be written): `{n}` the name, `{v}` the value.
# bare: no quotes around it, to the end of the line; word: bare, up to a space; quoted: in the quotes that stand there;
# code: a reference of code may stand there, too, without quotes.
SYNTAXES = [
    ("env", "env", ENV, "{n}={v}", "word"), ("env-quoted", "env", ENV, '{n}="{v}"', '"'), ("env-single", "env", ENV, "{n}='{v}'", "'"),
    ("export", "sh", ENV, "export {n}={v}", "word"), ("export-quoted", "sh", ENV, 'export {n}="{v}"', '"'), ("shell", "sh", SNAKE, '{n}="{v}"', '"'),
    ("shell-default", "sh", ENV, 'X=${{{n}:-{v}}}', "word"), ("shell-default-quoted", "sh", ENV, ': "${{{n}:={v}}}"', "word"), ("inline-env", "sh", ENV, "{n}={v} ./run.sh --all", "word"),
    ("set", "bat", ENV, "set {n}={v}", "bare"), ("setx", "bat", ENV, "setx {n} {v}", "word"), ("powershell", "ps1", ["camel", "pascal"], "${n} = '{v}'", "'"), ("powershell-env", "ps1", ENV, '$env:{n} = "{v}"', '"'),
    ("fish", "fish", ENV, "set -x {n} {v}", "word"), ("csh", "csh", ENV, "setenv {n} {v}", "word"),
    ("ini", "ini", ["snake", "flat", "camel", "dotted"], "{n} = {v}", "bare"), ("ini-tight", "ini", ["snake", "flat", "camel"], "{n}={v}", "bare"), ("ini-quoted", "ini", ["snake"], '{n} = "{v}"', '"'),
    ("conf-space", "conf", ["snake", "flat"], "{n} {v}", "word"), ("conf-colon", "conf", ["snake", "camel"], "{n}: {v}", "bare"), ("conf-quoted", "conf", ["snake"], '{n} "{v}"', '"'),
    ("properties", "properties", PROPERTIES, "{n}={v}", "bare"), ("properties-spaced", "properties", PROPERTIES, "{n} = {v}", "bare"), ("properties-colon", "properties", PROPERTIES, "{n}: {v}", "bare"),
    ("toml", "toml", ["snake", "kebab"], '{n} = "{v}"', '"'), ("toml-single", "toml", ["snake", "kebab"], "{n} = '{v}'", "'"), ("hcl", "tf", ["snake"], '  {n} = "{v}"', '"c'),
    ("tfvars", "tfvars", ["snake"], '{n}    = "{v}"', '"'), ("tf-variable", "tf", ["snake"], 'variable "{n}" {{\n  type    = string\n  default = "{v}"\n}}', '"'),
    ("yaml", "yml", ANY, "{n}: {v}", "bare"), ("yaml-nested", "yml", ANY, "app:\n    {n}: {v}", "bare"), ("yaml-quoted", "yml", ANY, '  {n}: "{v}"', '"'), ("yaml-single", "yaml", ANY, "  {n}: '{v}'", "'"),
    ("yaml-list", "yml", ENV, "    - {n}={v}", "bare"), ("yaml-anchor", "yml", ["snake"], "{n}: &anchor {v}", "word"), ("yaml-block", "yml", ["snake", "kebab"], "{n}: |\n  {v}", "bare"),
    ("yaml-pair", "yml", ENV + ["kebab"], "  - name: {n}\n    value: {v}", "bare"), ("yaml-pair-quoted", "yml", ENV, '  - name: {n}\n    value: "{v}"', '"'), ("yaml-flow", "yml", ["camel", "snake"], '{{user: app, {n}: "{v}"}}', '"'),
    ("yaml-comment", "yml", ["snake", "kebab"], "  # {n}: {v}", "bare"), ("env-comment", "env", ENV, "# {n}={v}", "bare"),
    ("cloudformation", "yaml", ["pascal"], "Parameters:\n  {n}:\n    Type: String\n    Default: {v}", "bare"), ("parameter-pair", "json", ["pascal"], '{{"ParameterKey": "{n}", "ParameterValue": "{v}"}}', '"'),
    ("json", "json", ANY, '  "{n}": "{v}",', '"'), ("json-tight", "json", ANY, '{{"user":"app","{n}":"{v}"}}', '"'), ("json-pair", "json", ENV + ["snake"], '{{"name": "{n}", "value": "{v}"}}', '"'),
    ("json-pair-lines", "json", ENV + ["snake"], '{{\n  "key": "{n}",\n  "value": "{v}",\n  "type": "string"\n}}', '"'), ("json-escaped", "json", ["snake", "camel"], '"body": "{{\\"{n}\\": \\"{v}\\"}}"', '"'),
    ("xml-element", "xml", ["camel", "snake", "kebab", "pascal"], "  <{n}>{v}</{n}>", "element"), ("xml-attribute", "xml", ["camel", "snake"], '<bean {n}="{v}"/>', '"'), ("xml-add", "config", ["pascal", "dotted"], '<add key="{n}" value="{v}" />', '"'),
    ("xml-property", "xml", ["camel", "dotted"], '<property name="{n}" value="{v}"/>', '"'), ("xml-property-body", "xml", ["camel", "dotted"], '<property name="{n}">{v}</property>', "element"),
    ("xml-string", "xml", ["snake"], '<string name="{n}">{v}</string>', "element"), ("xml-setting", "config", ["pascal"], '<setting name="{n}" serializeAs="String">\n  <value>{v}</value>\n</setting>', "element"),
    ("xml-lines", "xml", ["camel"], "<{n}>\n  {v}\n</{n}>", "element"), ("plist", "plist", CAMEL, "  <key>{n}</key>\n  <string>{v}</string>", "element"),
    ("dockerfile", "Dockerfile", ENV, "ENV {n} {v}", "word"), ("dockerfile-equals", "Dockerfile", ENV, "ENV {n}={v}", "word"), ("dockerfile-arg", "Dockerfile", ENV, "ARG {n}={v}", "word"), ("docker-run", "sh", ENV, "docker run -d -e {n}={v} app:latest", "word"),
    ("docker-run-quoted", "sh", ENV, 'docker run -e "{n}={v}" app', '"'), ("flag-space", "sh", ["kebab"], "./tool --{n} {v} --verbose", "word"), ("flag-equals", "sh", ["kebab"], "./tool --{n}={v} --verbose", "word"), ("flag-quoted", "sh", ["kebab"], 'tool --{n} "{v}"', '"'),
    ("curl-data", "sh", ["snake"], "curl -d '{n}={v}' https://api.acme.example", "'"), ("query", "txt", ["snake", "camel"], "GET https://api.acme.example/v1?user=1&{n}={v}&page=2", "url"), ("form", "txt", ["snake"], "grant_type=x&{n}={v}", "url"),
    ("header", "http", ["header"], "{n}: {v}", "word"), ("header-curl", "sh", ["header"], 'curl -H "{n}: {v}" https://api.acme.example', '"'),
    ("python", "py", ["snake", "upper"], '{n} = "{v}"', '"c'), ("python-single", "py", ["snake", "upper"], "{n} = '{v}'", "'c"), ("python-dict", "py", ["snake", "camel", "upper"], "    '{n}': '{v}',", "'c"), ("python-kwarg", "py", ["snake"], 'client = connect(host, user="app", {n}="{v}")', '"c'),
    ("python-typed", "py", ["snake", "upper"], '{n}: str = "{v}"', '"'), ("python-environ", "py", ENV, 'os.environ["{n}"] = "{v}"', '"'), ("python-getenv-or", "py", ENV, 'x = os.getenv("{n}") or "{v}"', '"'), ("python-getenv", "py", ENV, 'x = os.environ.get("{n}", "{v}")', '"'),
    ("python-triple", "py", ["snake"], '{n} = """{v}"""', '"'), ("python-bytes", "py", ["snake", "upper"], '{n} = b"{v}"', '"'), ("python-self", "py", ["snake"], 'self.{n} = "{v}"', '"c'), ("python-brackets", "py", ["snake", "upper"], '{n} = (\n    "{v}"\n)', '"'), ("python-setter", "py", ["snake"], 'config.set("main", "{n}", "{v}")', '"'),
    ("python-compare", "py", ["snake"], 'if {n} == "{v}":', '"'),
    ("js-const", "js", ["camel", "upper"], "const {n} = '{v}';", "'c"), ("js-double", "js", ["camel"], 'var {n} = "{v}"', '"c'), ("js-template", "js", ["camel"], "let {n} = `{v}`;", "`"), ("js-property", "js", CODE, "  {n}: '{v}',", "'c"),
    ("js-or", "js", ENV, "const x = process.env.{n} || '{v}';", "'"), ("js-nullish", "ts", ENV, 'const x = process.env.{n} ?? "{v}";', '"'), ("js-assign-env", "js", ENV, "process.env.{n} = '{v}'", "'"), ("ts-typed", "ts", ["camel"], "private readonly {n}: string = '{v}';", "'"),
    ("js-setter", "js", ["camel"], "localStorage.setItem('{n}', '{v}');", "'"), ("js-call", "js", ["camel"], "client.set_{n}('{v}')", "'"), ("js-auth", "js", ["camel"], "auth: {{ user: 'app', {n}: '{v}' }},", "'"), ("js-compare", "js", ["camel"], "if ({n} === '{v}') {{", "'"), ("js-jsx", "jsx", ["camel"], '<Client {n}="{v}" />', '"'),
    ("java-field", "java", ["camel", "upper"], 'private static final String {n} = "{v}";', '"c'), ("java-set", "java", ["pascal"], 'config.set{n}("{v}");', '"'), ("java-put", "java", PROPERTIES, 'props.setProperty("{n}", "{v}");', '"'), ("java-map", "java", ["camel"], 'map.put("{n}", "{v}");', '"'), ("java-value", "java", PROPERTIES, '@Value("${{{n}:{v}}}")', "brace"), ("java-annotation", "java", ["camel"], '@Client({n} = "{v}")', '"'), ("java-builder", "java", ["camel"], '    .{n}("{v}")', '"'),
    ("spring-default", "yml", ["kebab"], "  {n}: ${{X:{v}}}", "brace"),
    ("kotlin", "kt", ["camel"], 'val {n}: String = "{v}"', '"c'), ("scala", "scala", ["camel"], 'val {n} = "{v}"', '"'), ("groovy", "gradle", ["camel"], "{n} '{v}'", "'"), ("groovy-def", "groovy", ["camel"], "def {n} = '{v}'", "'"),
    ("csharp", "cs", ["camel", "pascal"], 'public const string {n} = "{v}";', '"c'), ("csharp-property", "cs", ["pascal"], '    {n} = "{v}",', '"c'), ("csharp-verbatim", "cs", ["camel"], 'var {n} = @"{v}";', '"'), ("csharp-index", "cs", ["pascal"], 'settings["{n}"] = "{v}";', '"'), ("csharp-arrow", "cs", ["pascal"], 'public string {n} => "{v}";', '"'), ("vb", "vb", ["pascal"], 'Dim {n} As String = "{v}"', '"'),
    ("connection-string", "config", ["pascal"], 'connectionString="Server=db;User Id=app;{n}={v};Encrypt=True"', "semicolon"),
    ("go", "go", ["camel"], '{n} := "{v}"', '"c'), ("go-const", "go", ["camel", "pascal"], 'const {n} string = "{v}"', '"'), ("go-field", "go", ["pascal"], '\t{n}: "{v}",', '"c'), ("go-raw", "go", ["camel"], "{n} = `{v}`", "`"), ("go-bytes", "go", ["camel"], 'var {n} = []byte("{v}")', '"'), ("go-setenv", "go", ENV, 'os.Setenv("{n}", "{v}")', '"'),
    ("rust", "rs", ["upper"], 'const {n}: &str = "{v}";', '"'), ("rust-let", "rs", ["snake"], 'let {n} = "{v}".to_string();', '"'), ("rust-raw", "rs", ["snake"], 'let {n} = r#"{v}"#;', '"'), ("swift", "swift", ["camel"], 'let {n} = "{v}"', '"c'), ("swift-typed", "swift", ["camel"], 'static let {n}: String = "{v}"', '"'), ("objc", "m", ["camel"], 'NSString *{n} = @"{v}";', '"'), ("c-define", "h", ENV, '#define {n} "{v}"', '"'), ("c-char", "c", ["snake"], 'static const char *{n} = "{v}";', '"'), ("c-array", "c", ["snake"], 'char {n}[] = "{v}";', '"'), ("cpp", "cpp", ["camel"], 'std::string {n} = "{v}";', '"c'), ("cpp-call", "cpp", ["pascal"], 'client->Set{n}("{v}");', '"'),
    ("ruby", "rb", ["snake", "upper"], "{n} = '{v}'", "'c"), ("ruby-rocket", "rb", ["snake"], "  :{n} => '{v}',", "'"), ("ruby-hash", "rb", ["snake"], 'create(user: "x", {n}: "{v}")', '"c'), ("ruby-config", "rb", ["snake"], 'config.{n} = "{v}"', '"c'), ("ruby-env", "rb", ENV, "ENV['{n}'] ||= '{v}'", "'"), ("ruby-fetch", "rb", ENV, "ENV.fetch('{n}', '{v}')", "'"), ("ruby-let", "rb", ["snake"], "let(:{n}) {{ '{v}' }}", "'"),
    ("php", "php", ["camel", "snake"], "${n} = '{v}';", "'c"), ("php-array", "php", ["snake", "camel"], "    '{n}' => '{v}',", "'c"), ("php-define", "php", ENV, "define('{n}', '{v}');", "'"), ("php-env", "php", ENV, "'x' => env('{n}', '{v}'),", "'"), ("php-const", "php", ENV, "const {n} = '{v}';", "'"), ("php-property", "php", ["camel"], 'protected ${n} = "{v}";', '"'), ("php-this", "php", ["camel"], "$this->{n} = '{v}';", "'"),
    ("elixir", "exs", ["snake"], '  {n}: "{v}",', '"'), ("erlang", "config", ["snake"], '{{{n}, "{v}"}}.', '"'), ("lua", "lua", ["snake"], 'local {n} = "{v}"', '"'), ("perl", "pl", ["snake"], "my ${n} = '{v}';", "'"), ("perl-hash", "pl", ["snake"], "{n} => '{v}',", "'"), ("r", "R", ["snake", "dotted"], '{n} <- "{v}"', '"'), ("matlab", "m", ["camel"], "{n} = '{v}';", "'"), ("clojure", "clj", ["kebab"], ':{n} "{v}"', '"'), ("dart", "dart", ["camel"], "final String {n} = '{v}';", "'"), ("nix", "nix", ["camel"], '  {n} = "{v}";', '"'),
    ("make", "mk", ENV, "{n} ?= {v}", "bare"), ("make-simple", "mk", ENV, "{n} := {v}", "bare"), ("make-posix", "mk", ENV, "{n} ::= {v}", "bare"), ("cmake", "cmake", ENV, 'set({n} "{v}")', '"'), ("jenkins", "groovy", ENV, "environment {{\n  {n} = '{v}'\n}}", "'"), ("gitlab-ci", "yml", ENV, "variables:\n  {n}: {v}", "bare"), ("github-env", "yml", ENV, "        env:\n          {n}: {v}", "bare"), ("ansible", "yml", ["snake"], "    {n}: '{v}'", "'"), ("ansible-inline", "yml", ["snake"], "  mysql_user: name=app {n}={v} state=present", "word"),
    ("sql-set", "sql", ["snake"], "SET {n} = '{v}';", "'"), ("sql-update", "sql", ["snake"], "UPDATE users SET {n} = '{v}' WHERE id = 1;", "'"), ("markdown", "md", ["snake", "camel", "upper"], "- `{n}`: `{v}`", "`"), ("markdown-text", "md", ["snake"], "{n}: {v}", "bare"), ("table", "md", ["snake", "camel"], "| {n} | {v} |", "word"), ("rst", "rst", ["snake"], "    {n} = {v}", "bare"), ("log", "log", ["snake", "camel"], "2024-05-01 12:00:00 INFO connect {n}={v} ok", "word"), ("html-input", "html", ["snake", "camel"], '<input type="hidden" name="{n}" value="{v}">', '"'), ("notebook", "ipynb", ["snake"], '    "{n} = \\"{v}\\"\\n",', '"'),
    ("postman", "json", ["camel", "snake"], '{{"key": "{n}", "value": "{v}", "enabled": true}}', '"'), ("k8s-data", "yaml", ["kebab", "snake", "camel"], "kind: Secret\nstringData:\n  {n}: {v}", "bare"), ("requirepass", "conf", ["flat"], "{n} {v}", "word"), ("helm-set", "sh", ["camel", "dotted"], "helm upgrade app ./chart --set {n}={v}", "word"), ("mvn", "sh", ["dotted", "camel"], "mvn deploy -D{n}={v}", "word"), ("tuple", "py", ["snake", "upper"], '("{n}", "{v}"),', '"'), ("colon-equals-pascal", "pas", ["pascal"], "{n} := '{v}';", "'"),
]
RARE_SYNTAXES = [s for s in SYNTAXES if s[0] in ("query", "form", "flag-space", "flag-equals", "flag-quoted", "k8s-data", "log", "element",
                                                   "shell-default", "java-value", "spring-default", "php-env", "yaml-block")]
# Without a name of their own.
FIXED = [
    ("identified-by", "sql", "CREATE USER 'app'@'%' IDENTIFIED BY '{v}';", "'"), ("sql-password", "sql", "ALTER ROLE app WITH LOGIN PASSWORD '{v}';", "'"), ("curl-user", "sh", "curl -u admin:{v} https://api.acme.example/v1", "word"),
    ("url-credentials", "env", "DATABASE_URL=postgres://app:{v}@db.acme.example:5432/app", "url"), ("url-credentials-quoted", "py", 'URL = "amqp://svc:{v}@mq.acme.example/"', "url"), ("mysqli", "php", "$db = mysqli_connect('localhost', 'app', '{v}', 'shop');", "'"), ("login", "py", "server.login('app@acme.example', '{v}')", "'"), ("bearer", "sh", "curl -H 'Authorization: Bearer {v}' https://api.acme.example", "header"),
    ("mysql-p", "sh", "mysqldump -u root -p{v} shop", "word"), ("sshpass", "sh", "sshpass -p {v} ssh app@host", "word"), ("netrc", "netrc", "machine api.acme.example login app password {v}", "word"), ("auth-tuple", "py", 'requests.get(url, auth=("app", "{v}"))', '"'),
]


def fits(value, how):
    """Whether a value can be written like this without being escaped."""
    if "\n" in value or value != value.strip():
        return False
    if how[0] in "\"'`":
        return how[0] not in value and "\\" not in value
    if how == "bare":
        return not re.search(r"^[\"'`&*!|>%@{\[#,?-]|[:#] | #|:$|,$|;$", value)
    if how == "word":
        return not re.search(r"[\s\"'`$;|&<>(){}\\#]|^[-!*]", value)
    if how == "element":
        return not re.search(r"[<>&]", value)
    if how in ("url", "header"):
        return not re.search(r"[^\w.~+=%!*-]" if how == "url" else r"[\s'\"]", value) and not ("=" in value and how == "url")
    if how == "brace":
        return not re.search(r"[{}\"\s$]", value)
    return not re.search(r"[;\"&<>]", value)  # semicolon


class Writer:
    def __init__(self, out, seed, hold_out):
        self.m = Maker(seed, hold_out)
        self.out = out
        self.files = {}
        self.labels = []

    def add(self, kind, extension, text, value, truth, category):
        """Appends a text of one or more lines to the file of a syntax, with its label."""
        path = f"synthetic-{kind}/{kind}.{extension}" if extension != "Dockerfile" else f"synthetic-{kind}/Dockerfile"
        data = self.files.setdefault(path, [])
        before, _, _ = text.partition("\0")
        text = text.replace("\0", value)
        line = sum(t.count("\n") + 1 for t in data) + before.count("\n") + 1
        column = len(before.rpartition("\n")[2])
        data.append(text)
        self.labels.append((path, line, line, truth, category, column, column + len(value)))

    def one(self):
        m = self.m
        r = m.r
        x = r.random()
        if x < 0.07:
            syntax, extension, template, how = m.pick(FIXED)
            words, weak, group = ["password"], 1, "fixed"
            styles = ["snake"]
        else:
            syntax, extension, styles, template, how = m.pick(RARE_SYNTAXES if x < 0.15 else SYNTAXES)
            y = r.random()
            weak = 0
            if y < 0.5:
                words, weak = m.secret_name()
                group = "secret"
            elif y < 0.8:
                words, group = m.harmless_name(), "harmless"
            else:
                words, group = m.other_name(), "other"
        for _ in range(8):
            z = r.random()
            code = False
            if group in ("secret", "fixed"):
                if z < 0.42:
                    kind, value = m.random_value()
                    truth = "T"
                elif z < (0.64 if weak else 0.56):
                    kind, value = m.weak_value()
                    truth = "T"
                    kind = "weak-" + kind
                else:
                    code = how.endswith("c") and r.random() < 0.4
                    kind, value = m.code_reference(words) if code else m.dull_value(words)
                    truth = "F"
                    # A word of somebody's under a password's name may be one: not taught.
            elif z < 0.5:
                kind, value = m.random_value()
                # What a Kubernetes Secret holds is one, unless its name opens nothing.
                truth = "T" if syntax == "k8s-data" and group == "other" else "F"
            elif z < 0.6:
                kind, value = m.weak_value()
                kind = "weak-" + kind
                truth = "F"
            else:
                kind, value = m.dull_value(words)
                truth = "F"
            if code or fits(value, how):
                break
        else:
            return
        name = m.styled(words, styles)
        text = template.replace("{v}", "\0") if syntax in () else template
        text = text.format(n=name, v="\0")
        if code:
            q = how[0]
            text = text.replace(q + "\0" + q, "\0")
        self.add(syntax, extension, text, value, truth, f"{group}/{kind}/{syntax}")

    def write(self):
        for path, data in self.files.items():
            target = os.path.join(self.out, "data", path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w") as file:
                file.write("\n".join(data) + "\n")
        with open(os.path.join(self.out, "labels.csv"), "w", newline="") as file:
            csv.writer(file).writerows([("path", "first", "last", "truth", "category", "start", "end"), *self.labels])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--count", type=int, default=30000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out", action="store_true", help="no names with the words that names.py measures with")
    arguments = parser.parse_args()
    writer = Writer(arguments.out, arguments.seed, arguments.hold_out)
    for _ in range(arguments.count):
        writer.one()
    writer.write()
    print(f"{len(writer.labels)} labels, {sum(x[3] == 'T' for x in writer.labels)} true, {len(writer.files)} syntaxes")


if __name__ == "__main__":
    main()

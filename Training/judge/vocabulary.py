"""Words that names are made of, by what they mean in front of `token`, `key` or `secret`: lists of words of everyday use.

Who or what is let in (a service, a department, a machine, a partner), or what it may do there, makes the name of a secret:
`billingToken`, `upload_key`. A part of a data structure, an index, a cache, a queue, a text, a screen or a parser makes one
that opens nothing: `shardKey`, `scroll_token`. A word that is in neither list is taken for somebody's name.

`is_held_out` puts three words of ten aside: `synthetic.py --hold-out` writes no names with them, so that names.py can measure
with words that nothing was trained on.
"""
import features


def words(text):
    return [w for w in text.split() if w]


def phrases(text):
    """Word sequences, separated by commas."""
    return [p.split() for p in text.replace("\n", " ").split(",") if p.strip()]


def is_held_out(word):
    return features.word_hash(word.encode()) % 10 < 3


# Services, departments, systems, machines, partners, places.
SERVICES = words("""billing payment payments payroll invoicing accounting ledger finance treasury tax pricing checkout cart shop
store storefront marketplace catalog inventory warehouse shipping shipment logistics delivery courier fleet booking reservation ticketing
travel hotel flight insurance claims loan credit banking bank wallet exchange trading broker brokerage crypto donation charity
crm erp hr recruiting hiring onboarding support helpdesk service desk sales marketing campaign newsletter mailing mailer mail
email sms push notification notifications notifier messaging chat messenger voice telephony call video conference meeting calendar
contacts directory identity profile account accounts member membership loyalty rewards partner partners vendor supplier reseller
affiliate agency client customer tenant merchant seller buyer subscriber staff employee doctor patient clinic hospital lab pharmacy
school student teacher library museum government municipal city station airport harbor factory plant farm energy meter grid solar
weather map maps geocoding navigation routing traffic parking vehicle car truck drone robot sensor camera gateway router switch
firewall vpn proxy relay bridge edge hub node worker agent runner executor scheduler cron batch pipeline workflow orchestrator
cluster mesh ingress registry repository artifact mirror cdn bucket archive backup vault snapshot replica replication warehouse lake
analytics reporting insights metrics monitoring monitor telemetry tracing logging logs audit alerting incident pager status uptime
search recommendation crawler scraper indexer feed aggregator importer exporter connector integration adapter plugin extension bot
assistant agent copilot translator transcription speech vision ocr inference training model embeddings ranking moderation spam fraud
risk compliance kyc legal contracts signing notary certificate ca pki broker bus mqtt amqp kafka rabbit nats stream ingest intake
collector forwarder shipper sink loader etl migration deployer deployment release build ci cd jenkins drone nexus sonar harbor
artifactory docker helm terraform ansible puppet chef consul nomad vault etcd zookeeper redis mongo postgres mysql oracle mssql
cassandra elastic opensearch solr influx timescale snowflake bigquery redshift databricks dynamo cosmos firebase supabase minio ceph
ldap radius kerberos sso saml oidc oauth keycloak auth portal console dashboard backoffice intranet extranet cms blog forum wiki docs
site website frontend backend api app mobile ios android desktop kiosk terminal pos printer scanner scale display sign screen player
game server lobby matchmaking leaderboard arena studio media photo image gallery podcast music radio tv streaming broadcast news press
core platform internal external legacy staging prod production sandbox demo preview nightly canary dev qa root admin operator
superuser owner maintainer manager supervisor system machine device daemon host guest remote master primary secondary
kunde rechnung lager versand buchhaltung zahlung lieferung personal konto werk cliente factura pago pedido envio almacen proveedor
nomina client facture paiement livraison fournisseur entrepot comptable cliente fatura pagamento envio estoque fornecedor klant
factuur betaling levering magazijn kunde betalning faktura klient platnosc zamowienie magazyn zakaznik fizetes ucret musteri odeme
kargo depo cliente fattura pagamento spedizione magazzino fornitore""")

# What a bearer may do.
ACTIONS = words("""upload download read write readonly readwrite push pull fetch deploy publish release promote rollback ingest export
import sync replicate backup restore invite invitation join enroll enrollment register registration activate activation provision
provisioning bootstrap pairing link claim verify approve revoke impersonation delegation sign signing encrypt encryption decrypt
decryption seal unseal unlock login signin signup logon connect handshake subscribe notify send dispatch trigger callback hook execute run
manage maintenance operate control command moderate review edit view share sharing preview scan scrape crawl index query
report submit collect transfer withdraw deposit refund charge capture recover recovery reset rotation renew refresh access service
exec debug trigger poll heartbeat checkin checkout migrate seed purge""")

# What such a name ends in, and whether people put passwords of their own making under it. Repeated as often as it is chosen.
HEADS = [(p, 0) for p in phrases("""token, token, token, token, token, token, token, token, token, token, token, token, token, token, secret, secret, secret, secret,
key, key, key, key, key, key, key, key, key, key, api key, api key, api token, access token, access key, auth token, secret key, client secret, signing key, signing secret, private key,
encryption key, webhook secret, bearer token, hmac key, shared secret, master key, admin key, credential, credentials, creds, cred, auth,
service token, refresh token, session token, api secret, app secret, app key, priv key, license key, jwt secret, pepper""")]
HEADS += [(p, 1) for p in phrases("""password, password, password, pass, passwd, pwd, passphrase, passcode, pass code, admin password,
user password, db password, root password, pw""")] * 2
# Where `key` is all that follows, the word in front decides: not for somebody's name.
HEADS_OF_ANYBODY = [(p, weak) for p, weak in HEADS if p != ["key"]] + [(["token"], 0)] * 10

# Names of secrets that are whole.
WHOLE = [(p, 0) for p in phrases("""creds, cred, db creds, db cred, smtp creds, aws creds, svc creds, admin creds, login creds, user creds,
git creds, pepper, password pepper, pass pepper, hash pepper, auth pepper, secret pepper, priv key, privkey, private key, ssh priv key,
rsa priv key, tls priv key, host priv key, admin key, root key, super key, manage key, owner key, operator key, adminkey, signing key,
cookie signing key, cookie encryption key, cookie key, session signing key, session encryption key, token signing key, jwt signing key,
jwt sign key, jwt private key, url signing key, request signing key, webhook signing key, webhook key, link signing key, cipher key, crypto key,
data encryption key, backup encryption key, field encryption key, kek, dek key, wrapping key, unseal key, recovery key, deploy key, deploy token, upload key, upload token,
read token, write token, read write token, readonly token, push token secret, publish token, publish key, push key, write key secret,
billing token, billing key, payment token secret, payment key, internal key, internal token, internal api key, service token,
device token secret, device secret, device key, agent token, agent key, runner token, runner registration token, registration token,
enrollment token, enrollment key, join token, cluster token, node token secret, bootstrap token, bot key, bot secret, app token,
preshared key, pre shared key, psk key, wifi psk secret, vpn psk key, vpn preshared key, mqtt key, mqtt token, subaccount token, sub account auth token,
intake api key, ingest api key, ingestion key, hmac, hmac signature key, signature key, signature secret, sign key, sign secret, sas key, sas token,
shared access key, storage access key, storage account key, connection key, function key, host key secret, seed phrase, mnemonic phrase,
wallet mnemonic, wallet seed phrase, wallet private key, validator private key, deployer private key, deployer key, minter private key""")]
WHOLE += [(p, 1) for p in phrases("""passcode, pass code, door passcode, app passcode, lock passcode, meeting passcode, user passcode, admin passcode,
login pass, login passwd, db pass, svc pass, app pass, sudo passwd, wifi password, wifi passphrase, key passphrase, backup passphrase,
sync passphrase, archive passphrase, vault passphrase, ssh passphrase, login pwd, svc pwd, dba pwd, sa pwd, sys pwd""")]
# In other languages: keys, tokens, secrets; and passwords.
WHOLE += [(p, 0) for p in phrases("""chiave api, chiave, chiave segreta, chiave privata, chiave di accesso, chiave cifratura, chiave servizio, token di accesso,
clef api, clef secrete, clef privee, clef d acces, cle secrete, cle api secrete, cle privee, cle de chiffrement, cle api paiement, jeton secret, jeton acces,
jeton api secret, secret partage, clave api, clave privada, clave de acceso, clave de cifrado, clave maestra, clave secreta api, token de acceso,
llave api secreta, secreto cliente, secreto compartido, token acceso, chave api secreta, chave privada secreta, segredo do cliente, segredo api, token de acesso,
token acesso, api schluessel, api schlüssel, geheimer schluessel, geheimschluessel, zugangsschluessel, privater schluessel, verschluesselungsschluessel,
schluessel dienst, zugriffstoken, zugangstoken, dienst token, zugangsdaten geheim, geheimnis dienst, api sleutel geheim, geheime sleutel, toegangstoken,
token dostepu, klucz api secret, tajny token, tajny klucz secret, token pristupu, secret anahtar, gizli token, erisim token,
секретный ключ secret, секрет клиента, секрет, токен доступа secret, api секрет, 密钥, 接口密钥, 访问密钥, 应用密钥, 支付密钥, 加密密钥, 密钥 api, api 密钥, 服务密钥""")]
WHOLE += [(p, 1) for p in phrases("""senha smtp, senha admin, senha usuario, senha root, senha acesso, palavra passe, palavra passe db, contrasena correo, contrasena admin,
contraseña usuario, contraseña bd, clave usuario, clave bd, clave correo, clave acceso, mot de passe smtp, mot de passe base, mot de passe bdd,
motDePasse, mdp bdd, mdp admin, mdp smtp, passwort db, db passwort, kennwort admin, datenbank kennwort, datenbankkennwort, benutzer passwort, mail kennwort, wachtwoord db, admin wachtwoord,
haslo bazy, haslo admin, hasło użytkownika, heslo db, heslo admin, jelszo db, parola db, parola admin, parola utente, sifre db, şifre yönetici, salasana db,
lösenord databas, losenord admin, adgangskode db, lozinka baze, parool admin, пароль бд, пароль админа, пароль пользователя, 数据库密码, 管理员密码, 用户密码, 登录密码, 密码 db, 口令,
パスワード, データベースパスワード, 管理者パスワード, 비밀번호, 관리자비밀번호, 암호""")]

# What has a key that finds or orders something, and opens nothing.
KEYED = words("""cache redis memcache memcached map dict dictionary hash hashed hashmap sort sorting order ordering ordered partition partitioned
partitioning shard sharding range row column record tuple primary foreign unique composite compound natural surrogate candidate clustering
index indexed secondary lookup search query filter group grouping aggregate aggregation bucket join merge dedup dedupe deduplication
duplicate distinct slot ring object blob file folder directory path route binding topic queue message event stream offset cursor page
paging pagination next prev previous start end first last min max upper lower bound node edge vertex graph tree leaf parent child
sibling item element entry list array set slice stack heap property attribute attr field param parameter option setting
config preference feature flag toggle env variable metadata meta tag label annotation header trailer cell tab menu submenu button modal
dialog popup drawer widget component view form input select panel layout grid table chart series metric metrics dimension measure stat
counter gauge histogram dashboard action reducer redux state observer translation i18n locale lang language text string title
caption tooltip placeholder heading error warning hint arrow ctrl control shift alt enter escape space delete backspace home hot shortcut
accelerator modifier press pressed keyboard piano music song album track idempotency correlation trace span request response job
task run build batch lock mutex semaphore throttle limiter ratelimit quota anonymous visitor room channel thread conversation game match
round player team product sku variant order orderline invoice basket line project issue ticket sprint board epic country region zone
place geo tile layer day date week month year hour time timestamp version revision commit branch checksum digest content etag
asset image thumbnail avatar media document template section block chunk segment fragment piece schema entity relation association
morph pivot reference ref alias namespace scope context module package class type enum kind category status priority weight rank
score rating color theme style font icon symbol marker rule condition trigger permission role capability step stage phase
transition survey question answer option choice exam lesson course chapter verse word term phrase sentence glossary synonym
experiment variant bucketing assignment sample cohort segment dataset column datum feature vector bloom trie prefix suffix window
animation frame sprite scene transition shader texture mesh bone joint axis legend tick slider carousel accordion breadcrumb
suche sprache sortierung zeile spalte zeitraum eintrag idioma fila columna orden busqueda traduccion langue colonne ligne tri
recherche traduction idioma linha coluna ordem busca traducao taal rij kolom""")
# What a token is of that is no bearer's: parsers, models of language, locks, pages, chains, clicks, designs.
TOKENED = words("""lexer lexical parser parse parsed scanner tokenizer lookahead peek current next prev previous first last start end begin
eof eol eos bos pad padding unk mask sep cls special stop newline indent dedent tab space whitespace comma semicolon colon dot operator operand
identifier keyword reserved literal integer float boolean comment delimiter separator quote bracket brace paren parenthesis open close
opening closing terminal nonterminal syntax grammar ast word subword stem lemma input output prompt completion reasoning cached total
max min num count used unused expected unexpected unknown malformed offending trailing leading raw text string number char character
cancellation cancel abort interrupt stopping change reload watch watcher lifetime observer lock lease fencing barrier epoch
concurrency optimistic version revision rowversion wait disposal
page continuation continue cursor scroll scrolling resume resumption offset pagination paging iterator iteration position checkpoint
bookmark query search delta watermark since after before batch stream sequence ordering sort
contract erc20 erc721 nft lp staking stake reward governance stable stablecoin wrapped native quote pool pair liquidity mint minted burn
swap collateral debt utility fee gas asset currency coin bridged vesting airdrop voting security
design color spacing theme font radius elevation shadow motion typography layout breakpoint
csrf xsrf antiforgery authenticity form requestverification nonce captcha recaptcha turnstile
click clicks impression tracking track view pageview event campaign referral visit visitor experiment variant utm beacon pixel ad ads
placement funnel attribution
dedup dedupe deduplication idempotency correlation trace span request placeholder template replacement substitution interpolation format
date path route glob regex pattern wildcard variable macro directive symbol sentinel marker anchor
public publishable anonymous dummy mock""")
# What stands in front of `secret`, `pass` or `auth` so that they open nothing.
OTHER_HARMLESS = phrases("""hashed secret, public secret, secret santa, first pass, second pass, render pass, shader pass, boarding pass, compiler pass, last pass index,
optimizer pass, test pass, build pass, forward pass, backward pass, auth flow, auth strategy, auth kind, auth realm, auth backend, auth failure, auth attempt,
auth status, session index, session counter, session title, session topic, session date, session speaker, session slot, cookie policy, cookie category,
cookie version, seed index, seed round, seed value index, seed number, seed data id, seed row, webhook topic, webhook kind, webhook delivery id, webhook event id, cipher name, cipher text,
jwt type, jwt kid, jwt version, jwt claim, hmac digest, hmac checksum, hmac type, signature checksum, signature kid, public signing key,
signing key id, signing key name, signing key version, signing certificate, public encryption key, encryption key id, encryption key version, encryption context,
message signature, release signature, package signature, signature valid, key index, key position, key hint, key title, key owner, key state, key count, key order, keys hash, keys digest,
keystore type, keystore alias, keystore file, keyspace name, keyset page, keyset cursor, keyword hash, keychain item id, keypair name, keypair id,
tokens per minute, tokens total, token index, token offset, token pool address, token contract, token symbol, token decimals, token supply, token mint,
token account, token bucket, token hash, token digest, token fingerprint, token sha256, token kid, token jti, token span, token text, token kind,
credential kind, credential hash, credential fingerprint, credentials version, cred type, cred id, cred kind, cred ref, passkey id, passkey credential id, passage id, passport number,
clave primaria, clave foranea, clave publica, clave de cache, clave de busqueda, clave de particion, cle primaire, cle etrangere, cle publique, cle de cache, cle de traduction,
cle unique, chiave primaria, chiave esterna, chiave pubblica, chiave di ordinamento, chave primaria, chave estrangeira, chave publica, chave de cache, chave de ordenacao, primaerschluessel,
fremdschluessel, oeffentlicher schluessel, sortier schluessel, such schluessel, publieke sleutel, primaire sleutel, klucz publiczny key, token de pagina, jeton de pagination token, token de pagination,
token csrf, seiten token, 公钥, 主键密钥 id, 密钥 id, 密钥名称, 密码提示, 密码长度, 公开密钥, 公開鍵 key, публичный ключ key, имя секрет, парольная подсказка, подсказка пароль""")

# What is told of a secret, and opens nothing: behind its name.
TOLD = phrases("""id, id, id, identifier, uid, name, name, label, title, description, description, hint, note, notes, comment, help, help text, message, error,
error message, warning, status, state, type, kind, format, length, size, count, index, position, order, prefix, suffix, header, header name, field, field name, column,
column name, param, parameter, param name, query param, attribute, property, env, env var, env name, variable, var name, placeholder, regex, pattern, validator, schema, version,
revision, ref, reference, arn, path, file, filename, file name, dir, location, source, url, uri, endpoint, link, provider, service, store, manager, resolver,
generator, algorithm, alg, method, policy, strategy, rotation, rotation days, expiry, expires at, expires in, ttl, lifetime, duration, created at,
updated at, created by, owner, owner id, scope, scopes, audience, issuer, hash, digest, checksum, fingerprint, sha256, md5, etag, thumbprint, hash id,
template, template id, event, event id, request id, alias, role, group, test id, css class, element id, icon, tooltip, selector""")
SECRETS_TOLD = phrases("""key, api key, api key, api key, access key, secret key, private key, signing key, encryption key, license key, token, token, token, api token,
access token, auth token, refresh token, secret, secret, client secret, app secret, webhook secret, password, password, passwd, passphrase, credential, credentials, creds, cred""")

SYLLABLES = words("""ba be bi bo bri ca ce co cra da de di do dra el en fa fe fi flo ga ge gi go gra ha he hi ho ja jo ka ke ki ko kra la le li lo lu
ma me mi mo na ne ni no nor ob or pa pe pi po pra qua ra re ri ro sa se si so sta ta te ti to tra ul va ve vi vo wa we wi xa ya za ze zo""")
ENDINGS = words("""ly fy io ra sy on ix ex os us a o er on th ng ck rd st nd le ne ro ta lo mi dex ware soft tech lab base flow hub port gate wise pay mart desk ops link""")


def set_aside():
    """The words that are put aside: of those in front, unless a name of a secret or what is told of one needs them, too."""
    needed = {w for p, _ in HEADS + WHOLE for w in p} | {w for p in TOLD + SECRETS_TOLD for w in p}
    return {w for w in SERVICES + ACTIONS + KEYED + TOKENED if is_held_out(w) and w not in needed}

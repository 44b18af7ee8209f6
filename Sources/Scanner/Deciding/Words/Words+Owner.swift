/// Words in names, for the question whose a value is.
extension Words {
    /// What stands before the name of a container's image.
    static let commandsOfImages = ["image", "from ", "docker", "podman", "container"].map { Array($0.utf8) }

    // MARK: The name of a value

    /// Words between a value and its name that name nothing: `Bearer`, `new`, `Some`.
    static let wrappers: Set<String> = [
        "bearer", "basic", "value", "some", "string", "str", "new", "default", "to", "is", "as", "u0022",
        "quot", "-h", "echo", "of", "const", "let", "var", "static", "final", "public",
        "private", "final", "val", "type", "text", "content", "data", "-", "--", "true", "false", "---", ".", "..",
        "...", "the", "was", "=",
    ]

    /// Labels that name nothing themselves: `name: KEY` above `value: …`, `<key>KEY</key>` above `<string>…</string>`.
    static let labels: Set<String> = ["name", "key", "id", "variable", "env", "parameter", "field", "label"]

    /// Last words of names whose values identify something and open nothing.
    static let identifiers: Set<String> = [
        "id", "ids", "hash", "sha", "sha1", "sha256", "sha512", "md5", "digest", "etag", "nonce", "guid", "uuid",
        "fingerprint", "checksum", "revision", "commit", "cursor", "integrity", "permalink", "link", "href", "boundary",
        "filename", "model", "build", "version", "slug", "path", "file", "class", "classname", "selector", "anchor",
        "ref", "tag", "label",
    ]

    /// First words of names that end in `key` or `token` and are no secret.
    static let harmlessPrefixes: Set<String> = [
        "cache", "primary", "foreign", "partition", "sort", "public", "translation", "i18n", "row", "object", "index",
        "continuation", "pagination", "page", "next", "eos", "bos", "pad", "idempotency", "lookup",
    ]

    /// What a value with a name of two or more words is for, if one of them is among these: not a provider's API.
    static let otherPurposes: Set<String> = [
        "session", "sessions", "jwt", "csrf", "xsrf", "nextauth", "db", "database", "postgres", "postgresql", "pg",
        "mysql", "mariadb", "mongo", "mongodb", "redis", "rabbitmq", "minio", "smtp", "imap", "cookie", "cookies",
        "encryption", "encrypt", "admin", "root", "superuser", "django", "flask", "rails", "laravel", "webhook",
        "signing", "signature", "hmac", "salt", "pepper", "cron", "internal", "master", "keystore", "wifi", "ssh",
        "vpn", "captcha", "recaptcha", "turnstile", "refresh", "storage",
    ]

    /// Whole names that say the same.
    static let otherPurposeNames: Set<[String]> = [
        ["secret", "key", "base"], ["app", "key"], ["auth", "secret"], ["better", "auth", "secret"],
        ["payload", "secret"],
    ]

    /// The last words of names that are of a key where a provider is named.
    static let namesOfKeys: Set<String> = [
        "key", "keys", "token", "tokens", "secret", "apikey", "pat", "auth", "authorization", "credential",
        "credentials",
        "accesskey", "apitoken", "password",
    ]

    /// Words of names of keys that open nothing.
    static let wordsOfOtherKeys: Set<String> = harmlessPrefixes.union([
        "publishable", "tokenization", "site", "sitekey", "publickey", "pubkey", "subscribe", "publish", "measurement",
        "issue", "issues",
        "project", "trace", "request", "commit", "session", "csrf", "hash", "ssh", "host", "known", "registry",
        "cipher",
        "license", "sign", "signing", "gpg", "pgp", "storage", "map",
    ])

    /// Names that people give to keys, for values that only the file says something about.
    static let keyNames = ["key", "token", "secret", "passw", "pwd", "auth", "bearer", "credential"].map {
        Array($0.utf8)
    }

    // MARK: Clients and hosts

    /// The client that is used for hosts of many providers, because these speak its protocol: it takes their keys under
    /// its own name, and a key of its own provider looks different.
    static let commonClient: StaticString = "openai"

    /// Names of what holds a host.
    static let addresses = ["base", "url", "uri", "host", "endpoint"].map { Array($0.utf8) }

    // MARK: Words of a rule

    /// What may follow a short word of a rule without a capital letter or a separator: `exakey`, `wizsecret`.
    static let shortWordSuffixes = [
        "api", "key", "token", "secret", "auth", "client", "ai", "sdk", "pass", "cred", "url", "io", "hq",
    ].map { Array($0.utf8) }
}

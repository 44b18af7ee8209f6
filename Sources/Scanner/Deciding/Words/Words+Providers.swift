/// Names of providers, for the question whose a value is: how much each says. The names themselves come from the rules.
extension Words {
    /// Providers' names that are everyday words of code: they say nothing on their own.
    static let everydayNames: Set<String> = [
        "generic", "api", "key", "token", "secret", "http", "https", "url", "private", "password", "basic", "bearer",
        "database", "jwt", "line", "box", "front", "close", "buffer", "make", "render", "modal", "writer", "segment",
        "stream", "split", "linear", "together", "read", "drone", "local", "connection", "test", "web", "open", "cloud",
        "default", "user", "admin", "service", "client", "app", "auth", "oauth", "config", "env", "uri", "server",
        "data", "model", "models", "chat", "llm", "ai", "ml", "ssh", "pgp", "age", "rsa", "pem", "json", "yaml",
        "crypto", "new", "the", "things", "home", "assistant", "google", "microsoft", "amazon", "github", "gitlab",
        "docker", "kubernetes", "npm", "pypi", "vault", "azure", "aws", "gcp",
        "host", "hosts", "name", "value", "base", "access", "account", "encryption", "ftp", "smtp", "ldap", "mail",
        "tally", "keap", "notion", "mux", "fly", "hex", "wise", "square",
        "abuse", "buffer", "courier", "cursor", "defined", "did", "ditto", "file", "fred", "harness", "hyperbolic",
        "instantly", "iterable", "materialize", "monday", "plane", "sanity", "semaphore", "shortcut", "tenable",
        "login", "accounts", "checkout", "runner", "signer", "better", "storagekey", "privatekey", "replicate",
        "ticket", "bright", "resend", "mercury", "guardian", "hunter", "enigma", "polar", "ramp", "crisp", "curl",
        "storage", "secretaccesskey", "accesstoken", "bitbucket", "twitter", "facebook", "header", "request",
        "production", "chatbot",
        // `withApiKey` holds it.
        "hapikey",
    ]

    /// Of these, names that speak where they are all of a key (`together: {…}`), or all but `_API_KEY` of a name.
    static let namesOfWholeKeys: Set<String> = [
        "together", "replicate", "voyage", "azure", "notion", "hyperbolic", "resend",
    ]

    /// Names that speak with `_API_KEY` or the like behind them only.
    static let namesBeforeKey: Set<String> = [
        "aws", "google", "github", "gitlab", "bitbucket", "docker", "npm", "pypi", "vault", "linear", "modal", "render",
        "fly", "cursor", "twitter", "facebook", "microsoft", "amazon", "square", "writer", "mux", "wise", "buffer",
        "gemini", "kimi", "qwen", "glm", "llama", "llamaparse", "langchain", "hf", "brave", "bing", "browserless",
        "daily", "deepl", "eleven", "here", "jira", "lambda", "milvus", "vast", "runpod", "yahoo", "baidu", "reddit",
        "tiktok", "instagram", "whatsapp", "matrix", "youtube", "maps", "gmail", "s3", "gcs", "r2", "cdn", "traefik",
        "prometheus", "influx", "influxdb", "clickhouse", "snowflake", "bigquery", "novu", "onesignal", "expo", "apple",
        "steam", "nasa", "tomtom", "kakao", "naver", "wechat", "feishu", "sms", "otp", "totp", "stability",
        "unstructured", "salesforce",
    ]

    /// `_API_KEY` and the like.
    static let wordsOfKeys: Set<String> = [
        "api", "key", "keys", "token", "tokens", "secret", "access", "auth", "apikey", "pat", "ai", "client", "cloud",
    ]

    /// Well known among keys of 32 letters and digits, whether or not a rule file has them.
    static let wellKnownProviders = [
        "openai", "anthropic", "cohere", "ai21", "stripe", "twilio", "algolia", "sendgrid", "mailgun",
    ]
}

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
        "production", "chatbot", "daily", "clay", "float", "envoy", "impala", "magnetic", "cicero", "raven", "getemail",
        "geocode",
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
        "unstructured", "salesforce", "box", "front", "monday", "courier", "hunter", "chatbot", "line", "close",
        "segment",
        "split", "drone", "iterable", "semaphore", "shortcut", "clay", "float", "column", "bulbul", "envoy", "raven",
    ]

    /// Of the everyday words, those that a secret is named after where nothing but words of keys stands beside them.
    static let everydayNamesOfProviders: Set<String> = [
        "line", "box", "front", "close", "buffer", "make", "render", "modal", "writer", "segment", "split", "linear",
        "together", "drone", "tally", "keap", "notion", "mux", "fly", "hex", "wise", "square", "courier", "cursor",
        "ditto", "fred", "harness", "hyperbolic", "instantly", "iterable", "materialize", "monday", "plane", "sanity",
        "semaphore", "shortcut", "tenable", "replicate", "resend", "mercury", "guardian", "hunter", "enigma", "polar",
        "ramp", "crisp", "bitbucket", "twitter", "facebook", "google", "microsoft", "amazon", "github", "gitlab",
        "docker", "npm", "pypi", "azure", "aws", "chatbot", "daily", "clay", "float", "envoy", "impala", "magnetic",
        "cicero",
        "raven", "vault", "geocode",
    ]

    /// Providers' names that are words of prose or code as well: they speak where nothing but words of keys stands beside
    /// them, in what encloses a value, and in hosts.
    static let providersThatAreWords: Set<String> = [
        "agora", "alchemy", "amplitude", "authorize", "apollo", "argo", "axiom", "beamer", "bunny", "canvas", "census",
        "chroma",
        "chromatic",
        "chutes", "clerk", "coda", "code", "comet", "composer", "convex", "cypress", "dandelion", "delighted", "duo",
        "dust",
        "eraser", "exa", "expo", "fauna", "fixer", "gate", "genius", "ghost", "groove", "groq", "humanity", "ionic",
        "knock",
        "kraken", "lark", "leonardo", "looker", "luma", "mandrill", "massive", "neon", "neptune", "nightfall", "nomic",
        "octopus", "overloop", "paddle", "particle", "percy", "phrase", "plex", "polar", "poe", "postmark", "prefect",
        "privacy",
        "prospect", "railway", "raindrop", "rancher", "reka", "retool", "runway", "scale", "spider", "stability",
        "steam",
        "steel", "tableau", "teleport", "teletype", "tigris", "tines", "unleash", "upstage", "visual", "warp", "wasabi",
        "watson", "wiz", "workable", "world", "zoom", "falcon", "tequila", "rover", "packet", "insight",
    ]

    /// What a provider's name ends in that people leave out: `Scale AI`, `urlscan.io`.
    static let endingsOfProviders: Set<String> = [
        "ai", "api", "crm", "labs", "cloud", "hq", "app", "io", "com", "org", "net", "dev", "co", "me", "so", "studio",
    ]

    /// The ends of a word that is a provider's name and a key's in one, or has what a name ends in: `trelloapikey`.
    static let endingsOfKeys = [
        "apikey", "apitoken", "accesstoken", "authtoken", "secretkey", "apisecret", "accesskey", "key", "token",
        "secret",
        "api", "cloud", "app", "hq", "crm", "io", "com", "ai", "co",
    ]

    /// Beside a provider's name, and the words of keys, in the name of a secret: which of several it is.
    static let wordsBesideProviders: Set<String> = [
        "my", "our", "your", "the", "vite", "next", "nuxt", "react", "expo", "vue", "gatsby", "public", "tf", "var",
        "ci",
        "app", "prod", "production", "dev", "development", "test", "testing", "staging", "stage", "live", "sandbox",
        "demo",
        "default", "old", "new", "primary", "secondary", "backup", "v1", "v2", "v3", "personal", "refresh", "consumer",
        "private", "service", "account", "signing", "server", "license", "project", "write", "bot", "channel",
        "webhook",
        "sdk", "user", "admin", "password", "pass", "pwd", "credential", "credentials", "creds", "oauth", "oauth2",
        "bearer",
        "authorization", "header", "master", "integration", "workspace", "organization", "org", "team", "value", "id",
        "provider", "providers", "resource", "services", "integrations", "settings", "config", "options", "module",
        "registry", "email", "servers", "peer", "graph", "interface", "shared", "subscription", "security", "storage",
        "recovery", "oidc", "cfg", "configure", "deploy", "record", "authkey", "ext", "hec", "rest", "role", "request",
        "agent", "repo",
        "bootstrap", "socket", "messaging", "notify", "extended", "usage", "tracking", "data",
        "web", "http", "https", "url", "host", "system", "session", "root",
    ]

    /// What says in the lines beside a value whose it is: `"service": "…"`, `Host: …`.
    static let labelsOfServices: Set<String> = [
        "name", "service", "provider", "host", "vendor", "type", "integration", "platform", "source", "endpoint",
        "baseurl",
        "url", "title", "server", "company", "site", "domain",
    ]

    /// What a client of a provider is called, behind its name.
    static let endingsOfClients: Set<String> = ["client", "sdk"]

    /// Names of passwords and of databases.
    static let wordsOfPasswords: Set<String> = [
        "password", "passwd", "pass", "pwd", "passphrase", "passcode", "db", "database", "login", "user", "username",
    ]

    /// Providers whose names stand in code and files for the program, whoever runs it.
    static let namesOfTools: Set<String> = [
        "android", "django", "rails", "laravel", "mysql", "mariadb", "postgres", "postgresql", "redis", "rabbitmq",
        "jenkins",
        "tomcat", "jupyter", "ethereum", "solana", "firefox", "cargo", "composer", "bundler", "maven", "chef",
        "wordpress",
        "kubernetes", "docker", "windows", "github", "gitlab", "bitbucket", "google", "microsoft", "amazon", "npm",
        "pypi",
        "mongodb", "elastic", "elasticsearch", "kafka", "apache", "nuget", "packagist", "rubygems", "expo", "matrix",
        "moodle", "mattermost", "grafana", "gerrit", "gitea", "forgejo", "keycloak", "airflow", "subversion",
        "mercurial",
        "putty", "winscp", "filezilla", "rclone", "remmina", "flask", "phoenix", "symfony", "spring", "stream", "vault",
        "bitcoin", "codeberg", "sonatype", "nexus", "jetbrains", "interface", "wireguard", "ansible", "terraform",
        "twitter",
        "facebook", "azure", "aws", "linkedin", "sonar", "sonarqube", "gradle",
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

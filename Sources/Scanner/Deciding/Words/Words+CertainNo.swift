/// Words in values, and around them, for the question whether a value is certainly no secret.
extension Words {
    /// In this order: references, markers of placeholders, keyboard rows. One look finds them all.
    static let standIns = WordGroups([references, markers, keyboardRows])

    /// The same for values of which only the name is known: they may hold any character.
    static let standInsOfNames = WordGroups([references, markers.filter { $0.utf8CodeUnitCount > 1 }, keyboardRows])

    /// Words that no random string holds by chance (a given five-letter word: less than once in a million keys) and
    /// that people write where the key goes.
    private static let markers: [StaticString] = [
        "example", "placeholder", "changeme", "change_me", "change-me", "replace", "redacted", "dummy", "sample",
        "insert", "xxxxx", "your_", "your-", "yourapi", "yourkey", "yoursecret", "yourtoken", "youraccess", "yourown",
        "my_api_key", "my-api-key", "api_key_here", "apikeyhere", "keyhere", "key_here", "key-here", "tokenhere",
        "token_here", "goeshere", "goes_here", "goes-here", "secrethere", "secret_here", "putyour", "put_your",
        "enteryour", "addyour", "pasteyour", "fakekey", "fake_", "fake-", "notreal", "not_real", "not-a-real",
        "notareal", "invalid", "undefined", "00000000", "todo_", "fixme", "mock_", "mock-", "mockkey", "test_key",
        "testkey", "test-key", "foobar", "lorem", "deadbeef", "abc123abc", "asdfasdf", "s3cr3t", "...", "***", "<",
        ">", "removed", "censored", "masked", "hidden_", "elided",
    ]

    /// References to variables and to stores of secrets.
    private static let references: [StaticString] = [
        "${", "{{", "#{", "$(", "process.env", "os.environ", "os.getenv", "getenv(", "secrets.", "vault:", "op://",
        "secretsmanager", "keyvault", "import.meta", "system.getenv", "env[",
    ]

    /// Last words of names of things that have an id and are no secret: one of these services knows them by it.
    static let resources: Set<String> = [
        "connection", "connections", "subscription", "tenant", "endpoint", "registry", "workspace", "project",
        "environment", "pipeline", "cluster", "resource", "group", "feed",
    ]

    /// Passwords that programs have before anybody sets one, by their manuals: RabbitMQ, MinIO, PostgreSQL, Java's keystores,
    /// Vagrant, Grafana and many others, Neo4j, MySQL's images, Elasticsearch, Keycloak, Airflow.
    static let defaults: [StaticString] = [
        "guest", "minioadmin", "postgres", "changeit", "vagrant", "admin", "neo4j", "root", "mysql", "elastic",
        "keycloak", "airflow", "rabbitmq",
    ]
    static let longestDefault = 24

    /// English words that only join others.
    static let smallWords: [StaticString] = [
        "a", "an", "the", "for", "of", "to", "in", "on", "is", "are", "be", "this", "that", "with", "from", "and", "or",
        "not", "your", "my", "our", "it", "as", "at", "by", "some", "very", "any", "if", "you", "we", "has", "have",
    ]

    private static let keyboardRows: [StaticString] = [
        "qwertyu", "asdfghj", "zxcvbnm", "poiuytr", "lkjhgfd", "qazwsxe", "1q2w3e4", "qweasdz", "1qaz2ws", "2wsx3ed",
        "zaq12ws", "q1w2e3r",
    ]

    /// Endings of files in whose names bundlers put a digest.
    static let bundledEndings: [StaticString] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "js", "mjs", "css", "map", "woff", "woff2",
        "ttf",
        "eot", "otf", "html", "mp4", "webm", "mp3", "pdf", "zip", "gz", "wasm", "json", "jsx", "tsx",
    ]
}

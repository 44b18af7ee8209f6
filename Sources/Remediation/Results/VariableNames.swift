/// Names of variables of the environment: one a value, and no two values under one.
package struct VariableNames: Sendable {
    private var names: [String: String] = [:]
    private var owners: [String: String] = [:]

    package init() {}

    /// The name for a secret, the same at each of its places.
    package mutating func name(for place: SecretPlace) -> String {
        if let known = names[place.identity] { return known }
        let wanted = Self.wanted(place)
        var name = wanted
        var number = 2
        while let owner = owners[name], owner != place.identity {
            name = "\(wanted)_\(number)"
            number += 1
        }
        names[place.identity] = name
        owners[name] = place.identity
        return name
    }

    /// Notes that a secret is given under another name than the one that it got: the file says which.
    package mutating func note(_ name: String, for place: SecretPlace) { owners[name] = owners[name] ?? place.identity }

    // MARK: What it is called

    /// Words that say what kind of secret it is.
    private static let kinds: Set<String> = [
        "key", "keys", "apikey", "token", "tokens", "secret", "secrets", "password", "passwd", "pass", "pwd",
        "passphrase",
        "credential", "credentials", "pat", "webhook", "dsn", "jwt",
    ]
    /// Words that say no more than that it is a secret, or nothing.
    private static let vague: Set<String> = kinds.union([
        "api", "auth", "authorization", "bearer", "value", "default", "access", "private", "client", "header",
        "headers", "env",
        "environ", "get", "getenv", "string", "str", "http", "https", "self", "this", "config", "url", "uri", "x",
    ])
    /// Words that declare a name, and are none.
    private static let declaring: Set<String> = [
        "const", "let", "var", "val", "static", "final", "public", "private", "protected", "internal", "readonly",
        "export", "set", "my",
        "our", "local", "def", "string", "mut", "late",
    ]
    /// What the system, or a shell, gives a meaning of its own.
    private static let taken: Set<String> = [
        "PATH", "HOME", "USER", "PWD", "SHELL", "LANG", "TERM", "HOST", "HOSTNAME", "LOGNAME", "TMPDIR", "IFS", "PS1",
        "EDITOR", "DISPLAY",
        "UID", "RANDOM", "SECONDS", "LINENO", "MAIL",
    ]
    private static let longest = 60

    private static func wanted(_ place: SecretPlace) -> String {
        var name = chosen(place).map { $0.uppercased() }.joined(separator: "_")
        while name.utf8.count > longest, let cut = name.lastIndex(of: "_") { name = String(name[..<cut]) }
        name = String(name.prefix(longest))
        if let first = name.first, first.isNumber { name = "KEY_" + name }
        if taken.contains(name) { name = name == "PWD" ? "PASSWORD" : "APP_" + name }
        return name.isEmpty ? "SECRET" : name
    }

    private static func chosen(_ place: SecretPlace) -> [String] {
        let names = place.names.map { Array(words($0).drop(while: declaring.contains)) }.filter { !$0.isEmpty }
        let own = names.first ?? []
        if let provider = words(place.provider).first {
            // A name that says what kind of secret it is, and whose, is as good as any.
            guard let own = names.first(where: { $0.contains(where: kinds.contains) }) else {
                return ofRule(place.ruleID)
            }
            return own.contains { $0.contains(provider) } ? own : [provider] + own
        }
        if own.isEmpty { return ofRule(place.ruleID) }
        guard own.allSatisfy({ vague.contains($0) || $0.utf8.count < 2 }) else { return own }
        guard let other = names.dropFirst().first(where: { !$0.allSatisfy(vague.contains) }) else {
            return own.joined().utf8.count < 2 ? ofRule(place.ruleID) : own
        }
        return other.suffix(2) + own
    }

    /// `mistral-api-key-documented` is a key of that name.
    private static func ofRule(_ id: String) -> [String] {
        let words = words(id)
        guard let last = words.lastIndex(where: kinds.contains) else { return words }
        return Array(words[...last])
    }

    /// The words of `camelCase`, `snake_case`, `kebab-case`, `dotted.names` and sentences, lower case; of ASCII alone.
    static func words(_ text: String) -> [String] {
        var result: [String] = []
        var word = ""
        let characters = Array(text.unicodeScalars)
        for (index, scalar) in characters.enumerated() {
            let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            let isUpper = ("A"..."Z").contains(scalar)
            let wasLower =
                index > 0
                && (("a"..."z").contains(characters[index - 1]) || ("0"..."9").contains(characters[index - 1]))
            let endsRun =
                index > 0 && ("A"..."Z").contains(characters[index - 1]) && index + 1 < characters.count
                && ("a"..."z").contains(characters[index + 1])
            if !isWord || isUpper && (wasLower || endsRun) {
                if !word.isEmpty { result.append(word.lowercased()) }
                word = ""
            }
            if isWord { word.unicodeScalars.append(scalar) }
        }
        if !word.isEmpty { result.append(word.lowercased()) }
        return result
    }
}

import Bytes

/// The name a value is given: the variable, key, header, flag or attribute to its left, and the call around it.
struct AssignedName {
    /// The identifiers from the value leftwards, nearest first: `api_key`, then what encloses it on the line. At most
    /// four; words that only wrap a value (`Bearer`, `value`, `Some`) are left out.
    private(set) var identifiers: [Range<Int>] = []
    /// Whether a character that assigns or passes (`=`, `:`, `(`, `,`, white space after a flag, `>`) stands between.
    private(set) var isAssigned = false

    /// How far to the left of the value a name is looked for, in bytes.
    static let reach = 200

    init(of value: Range<Int>, in text: UnsafeRawBufferPointer) {
        let lowest = text.lineStart(of: value.lowerBound, reach: Self.reach)
        var index = value.lowerBound
        var isFirst = true
        var isBehindTag = false
        while index > lowest, identifiers.count < 4 {
            // Skip to the end of the next identifier, but not out of the statement.
            while index > lowest, !Self.isIdentifier(text[index - 1]) {
                let byte = text[index - 1]
                if Self.endsStatement(byte), !(isFirst && Self.opensValue(byte)), !isReferenceMark(index - 1, text) {
                    return
                }
                // `command --data-file=- <<< "KEY"`: what is left of it is another argument.
                if byte == 0x3c, index - 2 >= lowest, text[index - 2] == 0x3c { return }
                if Self.assigns(byte) { isAssigned = true }
                if byte == 0x3e, isFirst { isBehindTag = true }
                // `{a:"…",b:"…"}`: past the comma another value begins, unless it is a call's next argument.
                if byte == 0x2c, !isFirst { return }
                index -= 1
            }
            let end = index
            while index > lowest, Self.isIdentifier(text[index - 1]) { index -= 1 }
            // `<span class="s">KEY</span>`: an element's looks say nothing about what is in it.
            if isBehindTag, end < text.count, text[end] == 0x3d, text.slice(index..<end).elementsEqual("class".utf8) {
                continue
            }
            if index < end, !Self.isWrapper(text.slice(index..<end)), !Self.isLiteralPrefix(index..<end, in: text) {
                identifiers.append(index..<end)
                isFirst = false
            }
        }
        if identifiers.isEmpty, index == lowest, let name = Self.nameAbove(lowest, value, in: text) {
            identifiers.append(name)
            isAssigned = true
        }
    }

    /// Labels that name nothing themselves: `name: KEY` above `value: …`, `<key>KEY</key>` above `<string>…</string>`.
    private static let labels: Set<String> = ["name", "key", "id", "variable", "env", "parameter", "field", "label"]

    /// The name on the line above a line that holds but the value and, perhaps, a word like `value`.
    private static func nameAbove(_ start: Int, _ value: Range<Int>, in text: UnsafeRawBufferPointer) -> Range<Int>? {
        guard start > 1, text[start - 1] == 0x0a else { return nil }
        let spaces: [UInt8] = [0x20, 0x09, 0x0d]
        var end = start - 1
        let lowest = text.lineStart(of: end, reach: reach)
        while end > lowest, spaces.contains(text[end - 1]) { end -= 1 }
        guard end > lowest else { return nil }
        // Either the line of the value says that it is one, or the line above goes on.
        let isLabelled = text.slice(start..<value.lowerBound).contains(where: isIdentifier)
        let last = text[end - 1]
        let goesOn = [0x2c, 0x28, 0x3d, 0x3a, 0x3e, 0x7c, 0x5c].contains(last) || last == 0x2d && text[end - 2] == 0x3e
        guard isLabelled || goesOn else { return nil }
        var index = end
        while index > lowest {
            while index > lowest, !isIdentifier(text[index - 1]) { index -= 1 }
            let upper = index
            while index > lowest, isIdentifier(text[index - 1]) { index -= 1 }
            let identifier = text.slice(index..<upper)
            if identifier.isEmpty || isWrapper(identifier) || identifier.count == 1 { continue }
            if identifier.count <= 9, labels.contains(String(decoding: identifier, as: UTF8.self).lowercased()) {
                continue
            }
            // One of many values in a list names nothing.
            if !isLabelled, last == 0x2c, !identifier.contains(0x5f) { return nil }
            return index..<upper
        }
        return nil
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d, 0x2e, 0x80...0xff: true
        default: false
        }
    }

    /// `;`, `}`, `&`, `|`, `{`: what is left of it belongs to something else.
    private static func endsStatement(_ byte: UInt8) -> Bool {
        byte == 0x3b || byte == 0x7d || byte == 0x26 || byte == 0x7c || byte == 0x7b
    }

    /// `|` and `&` of `||`, `&&`, and `{` may stand right before a default value.
    private static func opensValue(_ byte: UInt8) -> Bool { byte == 0x7c || byte == 0x7b }

    /// `&` behind white space: Rust's `: &str`, a pointer in C; not the next field of a query.
    private func isReferenceMark(_ index: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        text[index] == 0x26 && index > 0 && (text[index - 1] == 0x20 || text[index - 1] == 0x26)
    }

    private static func assigns(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x3d, 0x3a, 0x28, 0x2c, 0x3e, 0x20, 0x09, 0x5b, 0x3f: true
        default: false
        }
    }

    private static let wrappers: Set<String> = [
        "bearer", "basic", "value", "some", "string", "str", "new", "default", "to", "is", "as", "u0022",
        "quot", "-h", "echo", "of", "const", "let", "var", "static", "final", "public",
        "private", "final", "val", "type", "text", "content", "data", "-", "--", "true", "false", "---", ".", "..",
        "...", "the", "was", "=",
    ]

    /// The letter of `b"…"`, `f"…"`, `@"…"`, or of an escape: `\\n`.
    private static func isLiteralPrefix(_ letter: Range<Int>, in text: UnsafeRawBufferPointer) -> Bool {
        guard letter.count == 1 else { return false }
        let next = text[letter.upperBound]
        return next == 0x22 || next == 0x27 || letter.lowerBound > 0 && text[letter.lowerBound - 1] == 0x5c
    }

    private static func isWrapper(_ identifier: UnsafeRawBufferPointer) -> Bool {
        guard identifier.count <= 8 else { return false }
        return wrappers.contains(String(decoding: identifier, as: UTF8.self).lowercased())
    }

    /// Last words of names whose values identify something and open nothing.
    private static let identifierWords: Set<String> = [
        "id", "ids", "hash", "sha", "sha1", "sha256", "sha512", "md5", "digest", "etag", "nonce", "guid", "uuid",
        "fingerprint", "checksum", "revision", "commit", "cursor", "integrity", "permalink", "link", "href", "boundary",
        "filename", "model", "build",
        "version", "slug", "path", "file", "class", "classname", "selector", "anchor", "ref", "tag", "label",
    ]
    /// First words of names that end in `key` or `token` and are no secret.
    private static let harmlessPrefixes: Set<String> = [
        "cache", "primary", "foreign", "partition", "sort", "public", "translation", "i18n", "row", "object", "index",
        "continuation", "pagination", "page", "next", "eos", "bos", "pad", "idempotency", "lookup",
    ]

    /// Whether the nearest identifier names an identifier, a digest, or another thing that opens nothing.
    func isForIdentifier(in text: UnsafeRawBufferPointer) -> Bool {
        guard isAssigned, let nearest = identifiers.first else { return false }
        let words = Self.words(of: text.slice(nearest))
        guard let last = words.last else { return false }
        if Self.identifierWords.contains(last) { return true }
        return words.count >= 2 && Self.harmlessPrefixes.contains(words[words.count - 2])
    }

    /// What a value with a name of two or more words is for, if one of them is among these: not a provider's API.
    private static let otherPurposes: Set<String> = [
        "session", "sessions", "jwt", "csrf", "xsrf", "nextauth", "db", "database", "postgres", "postgresql", "pg",
        "mysql",
        "mariadb", "mongo", "mongodb", "redis", "rabbitmq", "minio", "smtp", "imap", "cookie", "cookies", "encryption",
        "encrypt", "admin", "root", "superuser", "django", "flask", "rails", "laravel", "webhook", "signing",
        "signature",
        "hmac", "salt", "pepper", "cron", "internal", "master", "keystore", "wifi", "ssh", "vpn", "captcha",
        "recaptcha",
        "turnstile", "refresh", "storage",
    ]
    private static let otherPurposeNames: Set<[String]> = [
        ["secret", "key", "base"], ["app", "key"], ["auth", "secret"], ["better", "auth", "secret"],
        ["payload", "secret"],
    ]

    /// Whether the nearest identifier says that the value is for something else than a provider's API: `JWT_SECRET`.
    func isForOtherPurpose(in text: UnsafeRawBufferPointer) -> Bool {
        guard isAssigned, let nearest = identifiers.first else { return false }
        let words = Self.words(of: text.slice(nearest))
        guard words.count >= 2 else { return false }
        return words.contains(where: Self.otherPurposes.contains) || Self.otherPurposeNames.contains(words)
    }

    /// The words of `camelCase`, `snake_case`, `kebab-case` and `dotted.names`, lower case.
    static func words(of identifier: UnsafeRawBufferPointer) -> [String] {
        var result: [String] = []
        var word: [UInt8] = []
        var previousWasLower = false
        for byte in identifier {
            let isUpper = (0x41...0x5a).contains(byte)
            let isWordByte = isUpper || (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
            if !isWordByte || isUpper && previousWasLower {
                if !word.isEmpty { result.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
            if isWordByte { word.append(UnsafeRawBufferPointer.folded(byte)) }
            previousWasLower = isWordByte && !isUpper
        }
        if !word.isEmpty { result.append(String(decoding: word, as: UTF8.self)) }
        return result
    }
}

import Bytes

/// What `[rules.verify]` says of a request.
extension VerificationSpec.Attempt: TableValue {
    static let fields: [TableField<VerificationSpec.Attempt>] = [
        .init(
            "name", "Of an alternative: for the reader, and for `--endpoint NAME=URL`.", get: { $0.name },
            set: { $0.name = $1 }),
        .init("method", "`GET` (default), `HEAD` or `POST`.", get: { $0.method }, set: { $0.method = $1 }),
        .init(
            "url", "An https address; its path and query may hold `{{secret}}` or `{{url:secret}}`.",
            kind: .textLike("^https://"), get: { $0.url }, set: { $0.url = $1 }),
        .init(
            "headers", "Values may hold `{{secret}}` or `{{base64:…secret…}}`.", kind: .named(.text),
            get: { $0.headers }, set: { $0.headers = $1 }),
        .init("body", "Of a POST; may hold the secret.", get: { $0.body }, set: { $0.body = $1 }),
        .init(
            "answers", "The first that fits decides; if none does, nothing is known.", get: { $0.answers },
            set: { $0.answers = $1 }),
        .init(
            "identity",
            "What of the answer says whose a key is that works, by what it is (`\(VerificationSpec.IdentityField.names.joined(separator: "`, `"))`): a dotted path in JSON (`*`: each element), `header:NAME` or `xml:NAME`.",
            kind: VerificationSpec.IdentityField.kind, get: { $0.identity }, set: { $0.identity = $1 }),
        .init(
            "sign", "The key signs the request and is not in it; it takes what stands beside the key.",
            get: { $0.signature }, set: { $0.signature = $1 }),
    ]

    static let demands: [TableDemand] = [
        .all(["url"]), .tied("body", to: "method", value: "POST", isPresent: true),
    ]

    init() { self.init(url: "", answers: []) }

    mutating func finish(_ table: TableReader) throws(RuleFileError) {
        guard table.holds("url") else { throw table.error("has no url") }
        do throws(HTTPSAddressError) {
            _ = try HTTPSAddress(url)
        } catch {
            throw table.error("has a url that \(error)")
        }
        switch (method, body) {
        case (.post, nil): throw table.error("is a POST and needs a body; \"\" will do")
        case (.get, .some), (.head, .some): throw table.error("has a body, which only a POST may have")
        default: break
        }
        var holdsSecret = false
        for text in [url] + headers.map(\.value) + [body ?? ""] {
            do throws(UnknownPlaceholder) {
                if try SecretTemplate(text).holdsSecret { holdsSecret = true }
            } catch {
                throw table.error(
                    "has the unknown placeholder \(error.text); there are {{secret}}, {{url:secret}} and {{base64:…secret…}}"
                )
            }
        }
        guard holdsSecret || signature != nil else {
            throw table.error("sends the key nowhere: there is no {{secret}} in it")
        }
    }
}

extension VerificationSpec.Method: ChoiceValue {
    static var kind: FieldKind { .choice(allCases.map(\.rawValue), .exact) }
    static var fallback: VerificationSpec.Method { .get }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> VerificationSpec.Method? {
        guard let text = try table.string(key) else { return nil }
        guard let method = Self(rawValue: text) else {
            throw table.error(
                "has \"\(text)\" as \"method\"; it must be GET, HEAD or POST: nothing that could change anything")
        }
        return method
    }
}

extension VerificationSpec.Header: FieldValue {
    /// What libcurl writes itself, or what has no business in a request that only asks.
    private static let refusedHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "cookie", "proxy-authorization", "expect",
        "upgrade",
        "te", "trailer", "keep-alive",
    ]

    static var kind: FieldKind { .named(.text) }
    static func read(_ key: String, from table: inout TableReader) throws(RuleFileError) -> VerificationSpec.Header? {
        nil
    }

    static func readSeveral(
        _ key: String, from table: inout TableReader
    ) throws(RuleFileError) -> [VerificationSpec.Header]? {
        guard let fields = try table.scalars(key) else { return nil }
        var result: [VerificationSpec.Header] = []
        for (name, value) in fields {
            guard case .text(let text) = value else { throw table.error("needs a text for the header \"\(name)\"") }
            guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte) else {
                throw table.error("has \"\(name)\" as a header's name, which no header can have")
            }
            guard !refusedHeaders.contains(name.lowercased()) else {
                throw table.error("sets the header \"\(name)\", which is not a rule's to set")
            }
            guard text.utf8.allSatisfy({ !$0.isControl }) else {
                throw table.error("has a control character in the header \"\(name)\"")
            }
            result.append(VerificationSpec.Header(name: name, value: text))
        }
        return result
    }

    /// RFC 9110, section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }

    func write(to writer: inout FieldWriter) {
        writer.put(name)
        writer.put(value)
    }
    init(from reader: inout FieldReader) { self.init(name: reader.string(), value: reader.string()) }
    var listed: ListedValue? { .text("\(name): \(value)") }
}

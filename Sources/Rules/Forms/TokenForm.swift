/// The form of a token that is a prefix and a run of one alphabet: what most providers make.
struct TokenForm: Sendable, Hashable {
    private static let uuidPattern = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    var prefix = ""
    var alphabet = ""
    /// As it stands between the braces of a count.
    var length = ""
    var digits = 0
    var uppercase = 0
    var lowercase = 0
    var bounds = TokenBounds()

    /// The pattern; its first group is the whole token.
    var regex: String {
        let run = alphabet == TokenAlphabet.uuid ? Self.uuidPattern : "[\(characters)]{\(length)}"
        return bounds.around("(\(Self.escaped(prefix))\(run))")
    }

    private var characters: String { TokenAlphabet.set(alphabet) }

    /// The text as a pattern that finds it.
    package static func escaped(_ literal: String) -> String {
        literal.reduce(into: "") { $0 += "\\.+*?()[]{}|^$".contains($1) ? "\\\($1)" : String($1) }
    }
}

extension TokenForm {
    static let fields: [TableField<TokenForm>] =
        [
            .init("prefix", "What it begins with; part of the secret.", kind: .text) {
                (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                form.prefix = try table.string("prefix") ?? ""
            },
            .init(
                "of",
                "Its alphabet: `hex`, `base32`, `base58`, `base62`, `base64`, `base64url`, `uuid` (which has no length), or characters and ranges as in a class, `A-Z2-9`.",
                kind: .text
            ) { (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                form.alphabet = try table.string("of") ?? ""
            },
            .init("length", "Of what follows the prefix: `32`, `\"20-60\"`, `\"20-\"`.", kind: .either(.integer, .text))
            {
                (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                form.length = try readLength(&table)
            },
            .init(
                "has", "What the secret must hold: `\"upper\"`, `\"lower\"`, `\"digit\"`, or several: `\"12 digits\"`.",
                kind: .several(.text)
            ) { (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                for demand in try table.strings("has") ?? [] { try form.add(demand, table) }
            },
        ] + TokenBounds.fields(of: "token", get: { $0.bounds }, set: { $0.bounds = $1 })

    init(reading table: inout TableReader) throws(RuleFileError) {
        for field in Self.fields { try field.read(&self, &table) }
        try table.rejectUnknown()
        if alphabet.isEmpty { throw table.error("has no alphabet, for example of = \"base62\"") }
        if (alphabet == TokenAlphabet.uuid) != length.isEmpty {
            throw table.error(length.isEmpty ? "has no length" : "is a UUID, which needs no length")
        }
        if alphabet != TokenAlphabet.uuid, characters.contains("]") || characters.hasPrefix("^") {
            throw table.error("has \"\(alphabet)\" as \"of\"; write what stands between the brackets of a class")
        }
    }

    private static func readLength(_ table: inout TableReader) throws(RuleFileError) -> String {
        guard let text = try table.textOrNumber("length") else { return "" }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.map { Int($0) }
        guard (1...2).contains(parts.count), let least = numbers[0], least > 0,
            numbers.count == 1 || parts[1].isEmpty || numbers[1] ?? 0 > least
        else { throw table.error("has \"\(text)\" as \"length\"; it must be like 32, \"20-60\" or \"20-\"") }
        return parts.joined(separator: ",")
    }

    private mutating func add(_ demand: String, _ table: TableReader) throws(RuleFileError) {
        let parts = demand.split(separator: " ")
        let count = parts.count == 2 ? Int(parts[0]) : parts.count == 1 ? 1 : nil
        guard let count, count > 0 else { throw unknown(demand, table) }
        switch parts[parts.count - 1] {
        case "digit", "digits": digits = count
        case "upper": uppercase = count
        case "lower": lowercase = count
        default: throw unknown(demand, table)
        }
    }

    private func unknown(_ demand: String, _ table: TableReader) -> RuleFileError {
        table.error("has \"\(demand)\" in \"has\"; there are \"upper\", \"lower\", \"digit\", and \"3 digits\"")
    }
}

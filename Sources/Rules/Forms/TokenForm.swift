import Bytes

/// The form of a token that is a prefix and a run of one alphabet: what most providers make.
struct TokenForm: Sendable, Hashable {
    private static let uuidPattern = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    var prefix = ""
    var alphabet = ""
    /// Of what follows the prefix; `nil` for a UUID.
    var length: TokenLength?
    var digits = 0
    var uppercase = 0
    var lowercase = 0
    var bounds = TokenBounds()

    /// The pattern; its first group is the whole token.
    var regex: String {
        let run = alphabet == TokenAlphabet.uuid ? Self.uuidPattern : "[\(characters)]{\(length?.count ?? "")}"
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
                "Its alphabet: `hex` and `uuid` (both in small letters; a `uuid` has no length), `base32` (in capitals), `base58`, `base62`, `base64`, `base64url`, or characters and ranges as in a class without escapes, `A-Z2-9`.",
                kind: .textLike(#"^[!-Z_-~][!-Z^-~]*$"#)
            ) { (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                form.alphabet = try table.string("of") ?? ""
            },
            .init(
                "length", "Of what follows the prefix: `32`, `\"20-60\"`, `\"20-\"`.",
                kind: .either(.integer(1...TokenLength.greatest), .textLike("^[0-9]*[1-9][0-9]*(-[0-9]*)?$"))
            ) {
                (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                form.length = try readLength(&table)
            },
            .init(
                "has", "What the secret must hold: `\"upper\"`, `\"lower\"`, `\"digit\"`, or several: `\"12 digits\"`.",
                kind: .several(.textLike("^([1-9][0-9]* )?(digits?|upper|lower)$"))
            ) { (form: inout TokenForm, table: inout TableReader) throws(RuleFileError) in
                for demand in try table.strings("has") ?? [] { try form.add(demand, table) }
            },
        ] + TokenBounds.fields(of: "token", isBoundAnyhow: true, get: { $0.bounds }, set: { $0.bounds = $1 })

    static let demands: [TableDemand] = [
        .all(["of"]), .tied("length", to: "of", value: TokenAlphabet.uuid, isPresent: false),
    ]

    init(reading table: inout TableReader) throws(RuleFileError) {
        for field in Self.fields { try field.read(&self, &table) }
        try table.rejectUnknown()
        if alphabet.isEmpty { throw table.error("has no alphabet, for example of = \"base62\"") }
        if let objection = TokenAlphabet.objection(to: alphabet) {
            throw table.error("has \"\(alphabet)\" as \"of\", which \(objection)")
        }
        if (alphabet == TokenAlphabet.uuid) != (length == nil) {
            throw table.error(
                length == nil ? "has no length, for example length = 32" : "is a UUID, which needs no length")
        }
        try refuseImpossibleDemands(table)
    }

    /// A token that no text can be would never be found, and nobody would know.
    private func refuseImpossibleDemands(_ table: TableReader) throws(RuleFileError) {
        let run = TokenAlphabet.bytes(of: alphabet == TokenAlphabet.uuid ? "0-9a-f" : characters)
        let most = alphabet == TokenAlphabet.uuid ? 32 : length?.most
        let kinds: [(name: String, demanded: Int, range: ClosedRange<UInt8>)] = [
            ("digit", digits, UInt8.digits), ("upper", uppercase, UInt8.uppercaseLetters),
            ("lower", lowercase, UInt8.lowercaseLetters),
        ]
        var missing = 0
        for kind in kinds {
            let fixed = prefix.utf8.count(where: kind.range.contains)
            let needed = max(0, kind.demanded - fixed)
            missing += needed
            if needed > 0, !run.contains(where: kind.range.contains) {
                throw table.error(
                    "demands \"\(kind.name)\" in \"has\", which \"of\" does not hold: leave it out, or name another alphabet"
                )
            }
        }
        if let most, missing > most {
            throw table.error("demands more in \"has\" than \(most) characters can hold")
        }
    }

    private static func readLength(_ table: inout TableReader) throws(RuleFileError) -> TokenLength? {
        guard let text = try table.textOrNumber("length") else { return nil }
        guard let length = TokenLength(text) else {
            throw table.error("has \"\(text)\" as \"length\"; it must be like 32, \"20-60\" or \"20-\"")
        }
        return length
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

internal import Bytes
package import Rules

/// Whose a key is, out of what a provider answered to it.
package enum IdentityFacts {
    /// Values of one thing that are listed; more are counted.
    private static let valueCount = 12
    /// Characters of one value, and of all of one thing.
    private static let (valueLength, length) = (80, 240)

    /// What an answer says, as the rule's `identity` tells where it stands. What is not there is left out.
    ///
    /// - Parameter provider: As rules call it: whose families of models are known.
    package static func facts(
        of response: Response, by attempt: VerificationSpec.Attempt, provider: String
    ) -> [VerificationResult.Fact] {
        guard !attempt.identity.isEmpty else { return [] }
        let json = response.body.withBytes { JSONValue(parsing: $0) }
        var facts: [VerificationResult.Fact] = []
        for field in attempt.identity {
            if field.name == "models", let models = ModelList(response, provider: provider) {
                facts.append(.init(name: field.name, value: models.words))
                continue
            }
            let values: [String] =
                switch field.place {
                case .json(let path): json.map { Self.values($0, path[...]) } ?? []
                case .header(let name): response.header(name).map { [$0] } ?? []
                case .xml(let name): response.body.withBytes { Self.element(name, in: $0) }.map { [$0] } ?? []
                }
            if let value = shown(values) { facts.append(.init(name: field.name, value: value)) }
        }
        return facts
    }

    // MARK: Where it stands

    private static func values(_ value: JSONValue, _ path: ArraySlice<String>) -> [String] {
        guard let name = path.first else { return texts(value) }
        let rest = path.dropFirst()
        if name == "*" {
            if case .object(let members) = value {
                return members.sorted { $0.key < $1.key }.flatMap { values($0.value, rest) }
            }
            return value.elements?.flatMap { values($0, rest) } ?? []
        }
        return value.value(at: name).map { values($0, rest) } ?? []
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .number(let number): [Int(exactly: number).map { "\($0)" } ?? "\(number)"]
        case .bool(let truth): [truth ? "yes" : "no"]
        case .array(let elements): elements.flatMap { if case .array = $0 { [String]() } else { texts($0) } }
        case .object, .null: []
        }
    }

    /// The text of the first element of a name; entities are left as they are.
    private static func element(_ name: String, in body: UnsafeRawBufferPointer) -> String? {
        let text = String(decoding: body, as: UTF8.self)
        guard let start = text.firstRange(of: "<\(name)>")?.upperBound,
            let end = text[start...].firstRange(of: "</\(name)>")?.lowerBound
        else { return nil }
        let value = text[start..<end]
        return value.contains("<") ? nil : String(value)
    }

    // MARK: How it is shown

    /// Values in one line; `nil` for none that could be shown.
    ///
    /// They come from the other side: nothing in them may move a cursor, and where an answer repeats the key nothing is shown at all.
    private static func shown(_ values: [String]) -> String? {
        let clean = values.compactMap { value -> String? in
            guard !value.contains("****") else { return nil }
            let visible = value.unicodeScalars.map { $0.isOrdinary ? Character($0) : " " }
            let words = String(visible).split(separator: " ").joined(separator: " ")
            guard !words.isEmpty else { return nil }
            return words.count > valueLength && values.count > 1 ? words.prefix(valueLength) + "…" : words
        }
        guard !clean.isEmpty else { return nil }
        let rest = clean.count - valueCount
        let text = clean.prefix(valueCount).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        return text.count > length ? text.prefix(length) + "…" : text
    }
}

extension Unicode.Scalar {
    /// Whether it is a letter, a number, a mark or a blank that stands for itself.
    fileprivate var isOrdinary: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

/// Whose a key is, out of the key itself: nobody is asked.
package enum OwnIdentity {
    /// What a key and what stands beside it say.
    package static func facts(_ key: KeyToVerify) -> [VerificationResult.Fact] {
        if key.rule.validator == .awsAccessKeyID {
            let account = key.secret.withBytes { awsAccount(ofKeyID: Array($0)) }
            return account.map { [.init(name: "account", value: $0)] } ?? []
        }
        guard let signature = key.rule.verification?.attempts.first?.signature else { return [] }
        return SecondHalf(of: key, for: signature).facts
    }

    /// The account that an AWS access key id belongs to, 12 digits: keys made since 2019 hold its number.
    ///
    /// The sixteen characters behind the prefix are base32; behind their first bit stand forty of the account's number. In older
    /// ids that bit is not set, and they hold no number.
    package static func awsAccount(ofKeyID id: [UInt8]) -> String? {
        guard id.count == 20 else { return nil }
        var bits: UInt64 = 0
        // Ten characters: fifty bits, of which the first forty-eight count.
        for byte in id[4..<14] {
            guard let value = base32Value(byte) else { return nil }
            bits = bits << 5 | value
        }
        let word = bits >> 2
        guard word & 0x8000_0000_0000 != 0 else { return nil }
        let number = (word & 0x7fff_ffff_ff80) >> 7
        guard number > 0, number < 1_000_000_000_000 else { return nil }
        let digits = String(number)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func base32Value(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "2")...UInt8(ascii: "7"): UInt64(byte - UInt8(ascii: "2") + 26)
        default: nil
        }
    }
}

import Bytes

extension VerificationSpec {
    /// How a request proves that it knows a key of two halves, where the provider does not take it as it is.
    public enum Signature: String, Sendable, Hashable, CaseIterable {
        /// AWS Signature Version 4 of STS, with the access key id that stands beside the secret.
        case awsSTS = "aws-sts"
        /// An assertion of a Google service account, signed with its private key (RS256).
        case googleServiceAccount = "google-service-account"
        /// Azure Storage's shared key: HMAC-SHA-256, with the name of the account that stands beside it.
        case azureStorage = "azure-storage"
    }

    /// One thing that an answer says of whose a key is.
    public struct IdentityField: Sendable, Hashable {
        /// What it is: one of `IdentityField.names`.
        public var name: String
        /// Where it stands in the answer.
        public var source: String

        /// One thing, and where it stands.
        public init(name: String, source: String) {
            self.name = name
            self.source = source
        }

        /// What there may be, in the order in which reports have it.
        public static let names = [
            "user", "name", "email", "organisation", "account", "project", "workspace", "team", "role", "scopes",
            "plan", "models", "created", "expires",
        ]
    }
}

extension VerificationSpec.IdentityField {
    /// Where something stands in an answer.
    public enum Place: Sendable, Hashable {
        /// A dotted path in a JSON body: members of objects, indices of arrays, `*` for each element of one.
        case json([String])
        /// A header of the answer, by its name.
        case header(String)
        /// The text of the first element of this name in an XML body.
        case xml(String)
    }

    /// What `source` says: `user.login`, `header:X-OAuth-Scopes`, `xml:Arn`.
    public var place: Place {
        if source.hasPrefix("header:") { return .header(String(source.dropFirst("header:".count))) }
        if source.hasPrefix("xml:") { return .xml(String(source.dropFirst("xml:".count))) }
        return .json(source.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }

    /// Whether the text after the kind of place is a name that such a place can have.
    fileprivate var isWellFormed: Bool {
        switch place {
        case .json(let names): names.allSatisfy { !$0.isEmpty }
        case .header(let name), .xml(let name):
            !name.isEmpty && name.utf8.allSatisfy { $0.isAlphanumeric || $0 == .hyphen || $0 == .underscore }
        }
    }
}

extension VerificationSpec.Signature: ChoiceValue {
    static var fallback: VerificationSpec.Signature { .awsSTS }
}

extension VerificationSpec.IdentityField: FieldValue {
    /// What `isWellFormed` takes.
    private static let form = "^(header:[A-Za-z0-9_-]+|xml:[A-Za-z0-9_-]+|(?!header:|xml:)[^.]+([.][^.]+)*)$"

    static var kind: FieldKind {
        .table(
            names.map { name in
                FieldDescription(
                    name: name, kind: .textLike(form), summary: "Where it stands in the answer.", isOfGitleaks: false,
                    isOlder: false)
            })
    }
    static func read(
        _ key: String, from table: inout TableReader
    ) throws(RuleFileError) -> VerificationSpec.IdentityField? { nil }

    static func readSeveral(
        _ key: String, from table: inout TableReader
    ) throws(RuleFileError) -> [VerificationSpec.IdentityField]? {
        guard let fields = try table.scalars(key) else { return nil }
        var result: [VerificationSpec.IdentityField] = []
        for (name, value) in fields {
            guard names.contains(name) else {
                throw table.error(
                    "has \"\(name)\" as a part of \"\(key)\"; there are \(names.joined(separator: ", "))")
            }
            guard case .text(let source) = value else {
                throw table.error("needs a text for \"\(name)\" of \"\(key)\": where it stands in the answer")
            }
            let field = VerificationSpec.IdentityField(name: name, source: source)
            guard field.isWellFormed else {
                throw table.error("has \"\(source)\" as the place of \"\(name)\", where nothing can stand")
            }
            result.append(field)
        }
        let order = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        return result.sorted { (order[$0.name] ?? 0) < (order[$1.name] ?? 0) }
    }

    func write(to writer: inout FieldWriter) {
        writer.put(name)
        writer.put(source)
    }
    init(from reader: inout FieldReader) { self.init(name: reader.string(), source: reader.string()) }
    var listed: ListedValue? { .text("\(name): \(source)") }
}

/// How a rule's secrets are checked beyond their pattern: a checksum that the token carries, the structure of what it
/// encodes, or whether a password is one that anybody would make up.
///
/// The raw values are what `validator` in a rule file may be; `Rules/README.md` says what each does.
public enum Validator: String, Sendable, Hashable, CaseIterable {
    /// The last six characters are the CRC-32 of what stands between them and the prefix, in base 62: GitHub's classic
    /// tokens and npm's.
    ///
    /// - SeeAlso: <https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>
    case base62CRC32 = "base62-crc32"
    /// Routable tokens of GitLab: `PAYLOAD.VERSION.LENGTH` with the CRC-32 of all that behind it, in base 36.
    ///
    /// - SeeAlso: <https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/>
    case gitlabRoutable = "gitlab-routable"
    /// Tokens of Grafana's service accounts: the CRC-32 of all before the last underscore, little-endian, in hex.
    case grafanaCRC32 = "grafana-crc32"
    /// Ids of AWS access keys made since 2019 hold the number of the account, of twelve digits.
    case awsAccessKeyID = "aws-access-key-id"
    /// Header and payload of a JSON Web Token are JSON objects, the header names an algorithm.
    case jsonWebToken = "json-web-token"
    /// What a private key's armour holds, in whatever shape, is built as such a key is, ends where it says that it does,
    /// and is not encrypted.
    case privateKey = "private-key"
    /// The same of a private key under a passphrase.
    case encryptedPrivateKey = "encrypted-private-key"
    /// The private part of a PuTTY key file.
    case puttyKey = "putty-key"
    /// A password, as in a connection string: words and defaults that everybody writes are none.
    case password
    /// Base64 of `user:password`, as in an `Authorization` header.
    case basicCredentials = "basic-credentials"

    /// Whether it is for private keys, which stand in many shapes.
    package var isOfPrivateKeys: Bool {
        switch self {
        case .privateKey, .encryptedPrivateKey, .puttyKey: true
        default: false
        }
    }
}

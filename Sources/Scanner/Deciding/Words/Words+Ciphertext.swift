/// Beginnings and names of what is encrypted, and of digests.
extension Words {
    /// What ciphertexts and digests begin with, and how long they are at the least; ASCII case ignored.
    static let sealedBeginnings: [(literal: StaticString, from: Int)] = [
        // SOPS, eyaml and Jasypt; HashiCorp Vault's transit engine; Ansible; Spring Cloud Config; Pulumi.
        ("enc[", 8), ("enc(", 8), ("!vault", 8), ("vault:v", 10), ("kms:", 24), ("cipher:", 16), ("encrypted:", 16),
        ("secure:v1:", 16),
        // Windows' DPAPI: the GUID of its provider.
        ("01000000d08c9ddf0115d1118c7a00c04fc297eb", 60),
        // Django, Werkzeug, Passlib, PostgreSQL.
        ("pbkdf2", 40), ("bcrypt$", 40), ("bcrypt_sha256$", 40), ("argon2$", 40), ("scrypt:", 40), ("scrypt$", 40),
        ("sha1$", 40), ("sha256$", 40), ("sha512$", 40), ("md5$", 30), ("scram-sha-", 40),
    ]

    /// Beginnings of encodings: base64 of what ciphertexts begin with.
    static let sealedEncodings: [(literal: StaticString, from: Int)] = [
        // AWS KMS; IIS; Google Cloud KMS.
        ("AQICA", 48), ("AQECA", 48), ("AQIAA", 48), ("CiQA", 100), ("CiUA", 100),
        // DPAPI; OpenSSL's `Salted__`; Fernet; a sealed secret, whose key has 512 bytes.
        ("AQAAANCMnd8", 60), ("U2FsdGVkX1", 24), ("gAAAAA", 100), ("AgA", 300), ("AgB", 300), ("AgC", 300),
        ("AgD", 300),
    ]

    /// Names in braces before digests, as LDAP and Spring write them, and before what Spring's configuration encrypts.
    static let digestSchemes: [StaticString] = [
        "ssha", "sha", "smd5", "md5", "crypt", "ssha256", "ssha512", "sha256", "sha512", "pbkdf2", "bcrypt", "scrypt",
        "argon2", "sha-256", "pbkdf2-sha256", "pbkdf2-sha512", "pbkdf2-sha1", "cipher", "aes", "blowfish",
    ]

    /// In this order: what is encrypted, what begins names of ciphertexts, digests, keys known by their fingerprints.
    static let sealedNames = WordGroups([
        ["encrypted", "ciphertext", "hashed", "sealed", "digested"], ["cipher-"],
        [
            "checksum", "fingerprint", "digest", "hash", "md5", "sha1", "sha256", "sha512", "sha-1", "sha-256",
            "sha-512", "hmac",
        ],
        ["gpg", "pgp", "gnupg", "signingkey", "signing_key"],
    ])

    /// Words that say of a value that it is encrypted, or a digest.
    static let sealed: Set<String> = ["encrypted", "ciphertext", "hashed", "sealed", "digested"]

    /// Last words of names of digests, and first ones before a slash.
    static let digests: Set<String> = [
        "hash", "hashes", "digest", "checksum", "fingerprint", "md5", "sha", "sha1", "sha256", "sha512", "md5sum",
        "sha1sum", "sha256sum", "hmac",
    ]

    /// Words in the heading of a block all of whose values are digests.
    static let digestsOfBlocks: Set<String> = [
        "checksums", "checksum", "hashes", "digests", "fingerprints", "sha256sums", "md5sums",
    ]

    /// Names under which databases store digests of passwords.
    static let storedPasswords: [StaticString] = [
        "password", "passwd", "pwd", "pass", "user_password", "user_pass", "userpassword", "password1", "passwort",
    ]
}

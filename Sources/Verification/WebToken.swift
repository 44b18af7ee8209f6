internal import Bytes
internal import CCrypto

/// A JSON Web Token that is signed with an RSA key (RS256): how applications of GitHub and service accounts of Google say who they are.
package enum WebToken {
    /// `header.claims.signature`, each in base64url.
    ///
    /// - Parameters:
    ///   - claims: A JSON object.
    ///   - key: The private key as PEM, not encrypted.
    /// - Throws: `SigningError` without libcrypto, and for a key that is none of RSA.
    package static func signed(_ claims: String, with key: SecretBuffer) throws(SigningError) -> SecretBuffer {
        if let reason = windsock_crypto_load() { throw SigningError(reason: String(cString: reason)) }
        let header = #"{"alg":"RS256","typ":"JWT"}"#
        let token = base64URL(Array(header.utf8)) + [.period] + base64URL(Array(claims.utf8))
        // Enough for keys of 16,384 bits.
        var signature = [UInt8](repeating: 0, count: 2048)
        let count = key.withBytes { key in
            token.withUnsafeBytes { token in
                windsock_crypto_sign_rs256(
                    key.baseAddress, key.count, token.baseAddress, token.count, &signature, signature.count)
            }
        }
        guard count > 0 else { throw SigningError(reason: "the private key cannot be read, or is none of RSA") }
        return SecretBuffer(token + [.period] + base64URL(Array(signature[..<count])))
    }

    private static func base64URL(_ bytes: [UInt8]) -> [UInt8] {
        Base64Bytes.encode(bytes).filter { $0 != .equalsSign }.map { byte in
            byte == .plus ? .hyphen : byte == .slash ? .underscore : byte
        }
    }
}

/// Why nothing was signed; no part of a key is in it.
package struct SigningError: Error, Sendable, Hashable {
    /// One sentence without a full stop.
    package var reason: String
}

import Bytes

/// `user:password` in base64 (RFC 7617).
enum BasicCredentials {
    /// Without a colon, what is this long is some service's own token.
    private static let tokenLength = 30

    static func judge(_ encoded: UnsafeRawBufferPointer) -> StructureVerdict {
        let decoded = Base64Bytes.decode(encoded)
        guard decoded.isPlainText else { return .refuted(.structure) }
        guard let colon = decoded.firstIndex(of: 0x3a) else {
            return decoded.count < tokenLength ? .refuted(.structure) : .notApplicable
        }
        return decoded.withUnsafeBytes { bytes in
            let (user, password) = (bytes.slice(0..<colon), bytes.slice(colon + 1..<bytes.count))
            // `KEY:` is how keys are sent that need no password.
            let secret = password.isEmpty ? user : password
            if secret.elementsEqual(user) && !password.isEmpty { return .refuted(.password) }
            let statistics = CharacterStatistics(secret)
            if secret.count < 5 || PasswordFilter.isMadeUp(secret)
                || PlaceholderFilter.judge(secret, statistics) != nil
            {
                return .refuted(.password)
            }
            return .notApplicable
        }
    }
}

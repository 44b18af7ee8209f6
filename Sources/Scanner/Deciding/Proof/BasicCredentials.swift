import Bytes
import Findings

/// `user:password` in base64 (RFC 7617).
enum BasicCredentials {
    /// Without a colon, what is this long is some service's own token.
    private static let tokenLength = 30
    /// Without a password, a shorter user is a name.
    private static let leastKey = 12

    static func judge(_ encoded: UnsafeRawBufferPointer, _ trace: inout Trace) -> StructureVerdict {
        let decoded = Base64Bytes.decode(encoded)
        let colon = decoded.firstIndex(of: .colon)
        let isNone = !decoded.isPlainText || colon == nil && decoded.count < tokenLength
        if let no = trace.ask(.structure, isNone) { return .refuted(no) }
        guard let colon else { return .notApplicable }
        let isNoSecret = decoded.withUnsafeBytes { bytes in
            isMadeUp(user: bytes.slice(0..<colon), password: bytes.slice(colon + 1..<bytes.count), &trace)
        }
        return trace.ask(.password, isNoSecret).map(StructureVerdict.refuted) ?? .notApplicable
    }

    private static func isMadeUp(
        user: UnsafeRawBufferPointer, password: UnsafeRawBufferPointer, _ trace: inout Trace
    ) -> Bool {
        // `KEY:` is how keys are sent that need no password; the name of a client that has none is shorter than any.
        if password.isEmpty, user.count < leastKey { return true }
        let secret = password.isEmpty ? user : password
        if secret.elementsEqual(user) && !password.isEmpty { return true }
        return secret.count < 5 || MadeUpPassword.isMadeUp(secret)
            || CertainNo.standIn(secret, CharacterStatistics(secret), &trace) != nil
    }
}

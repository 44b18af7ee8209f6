import Bytes
import Findings

/// Decides whether what stands in a private key's armour, or stands there alone, is such a key: DER (RFC 5958, 8017,
/// 5915), OpenSSH's, SSH.com's or OpenPGP's own form.
enum PrivateKeyBody {
    /// Less than this share of the length that a key states, with nothing behind it or a sign for the rest, is an example
    /// that was cut off.
    private static let stump = 0.5
    /// The letters of the shortest key whose structure says nothing.
    private static let fewestLetters = 56
    /// Of the shortest encrypted one.
    private static let fewestEncryptedLetters = 40

    /// - Parameter isEncrypted: Whether the rule is for keys under a passphrase.
    static func judge(
        _ candidate: Candidate, isEncrypted: Bool, _ keys: KeyReader, _ trace: inout Trace
    ) -> StructureVerdict {
        let key = keys.key(candidate.value)
        // A rule that takes base64 of a key says itself how much of it there must be.
        if key.isInBase64 { return key.isWhole ? .confirmed : .notApplicable }
        if let no = trace.ask(.structure, key.isEncrypted != isEncrypted || isNone(key)) { return .refuted(no) }
        if key.isWhole { return .confirmed }
        // The old form of encryption leaves noise, which proves nothing.
        return key.structure == nil && key.isOldEncrypted ? .notApplicable : .unconfirmed
    }

    private static func isNone(_ key: WrittenKey) -> Bool {
        if key.structure?.form == .publicHalf { return true }
        if key.isWhole { return false }
        if key.isCut || key.letterCount < (key.isEncrypted ? fewestEncryptedLetters : fewestLetters) { return true }
        guard let structure = key.structure else {
            // Without armour only its own beginning makes it a key.
            return key.label == nil || !key.isAlone && !key.isOldEncrypted
        }
        let isSample = !key.isClosed || !key.isAlone
        return isSample && Double(key.body.count) / Double(structure.count) < stump
    }
}

import Bytes

/// Tells words that stand for a secret from one where digits and signs are written for letters, or base64 for the word:
/// `S0m3Rand0mStr1ng`, `cGFzc3dvcmQ=`.
enum StandInSpelling {
    static func isOne(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 8, value.count <= 100 else { return false }
        return isRespelled(value) || isEncodedWord(value)
    }

    /// Whether a word for a placeholder comes out where letters are put for the digits and signs that look like them.
    private static func isRespelled(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count >= 12 else { return false }
        return withUnsafeTemporaryAllocation(byteCount: value.count, alignment: 1) { letters in
            for (index, byte) in value.enumerated() {
                letters[index] = byte.letterWrittenSo ?? UnsafeRawBufferPointer.folded(byte)
            }
            let respelled = UnsafeRawBufferPointer(letters)
            if Words.respelledStandIns.groups(in: respelled) != 0 { return true }
            // A `1` is an `i` or an `l`.
            for (index, byte) in value.enumerated() where byte == UInt8(ascii: "1") {
                letters[index] = UInt8(ascii: "l")
            }
            return Words.respelledStandIns.groups(in: respelled) != 0
        }
    }

    /// Base64 of one word, or of a password that everybody uses.
    private static func isEncodedWord(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.count % 4 == 0, value.count <= 48 else { return false }
        let decoded = Base64Bytes.decode(value)
        guard decoded.count >= 4 else { return false }
        return decoded.allSatisfy(\.isLetter) && decoded.count <= 16
            || decoded.withUnsafeBytes { bytes in
                bytes.allSatisfy(UInt8.visibleCharacters.contains) && MadeUpPassword.isMadeUp(bytes)
            }
    }
}

extension Words {
    /// Words of values that say what is to be put there; no random value of a usual length holds one by chance.
    static let respelledStandIns = WordGroups([
        [
            "random", "password", "string", "secretkey", "mysecret", "supersecret", "topsecret", "changethis",
            "changeit",
            "placeholder", "please", "example", "characters", "replaceme", "replacethis", "generate", "testtest",
            "yourown",
        ]
    ])
}

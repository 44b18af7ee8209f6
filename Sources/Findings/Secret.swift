import Bytes

/// A secret's bytes. Printing it shows the redacted form; the content must be asked for by name.
public struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The secret itself, as it stands in the decoded text.
    public let bytes: [UInt8]
    /// There is nothing to hide: what was found is a file, by its path, or a habit.
    public let isVisible: Bool

    /// A secret.
    public init(bytes: [UInt8]) { (self.bytes, isVisible) = (bytes, false) }

    /// What is found where it is not a secret: a file's path, the name of a variable.
    public init(visible text: String) { (bytes, isVisible) = (Array(text.utf8), true) }

    /// The whole secret as text; bytes that are not UTF-8 are repaired. Only `--show-secrets` prints this.
    public var revealed: String { String(decoding: bytes, as: UTF8.self) }

    /// First and last four characters of a secret of 24 or more; fewer of a shorter one; none under eight.
    ///
    /// Four and four is how the Mistral console lists a key. Secrets over several lines (PEM) and URLs show
    /// only their first line's beginning.
    public var redacted: String {
        if isVisible { return revealed }
        // A byte outside printable ASCII would make the cut visible as half a character.
        let printable = bytes.prefix { UInt8.visibleCharacters.contains($0) }
        let count = bytes.count
        guard printable.count == count else {
            return String(decoding: printable.prefix(min(4, count / 8)), as: UTF8.self) + "…"
        }
        let shown = count >= 24 ? 4 : count >= 16 ? 2 : count >= 8 ? 1 : 0
        return String(decoding: bytes.prefix(shown), as: UTF8.self) + "…"
            + String(decoding: bytes.suffix(shown), as: UTF8.self)
    }

    /// The redacted form.
    public var description: String { redacted }
    /// The redacted form, so that `dump` and a debugger show no more.
    public var debugDescription: String { redacted }
    /// The redacted form, so that `dump` and a debugger show no more.
    public var customMirror: Mirror { Mirror(self, children: ["redacted": redacted]) }
}

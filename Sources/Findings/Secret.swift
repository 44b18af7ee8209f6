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

    /// What counts for the identity of the secret: the literal that it was found as with its escapes undone.
    package var value: Secret { isVisible ? self : Secret(bytes: LiteralValue.value(of: bytes)) }

    /// The whole secret as text; bytes that are not UTF-8 are repaired. Only `--show-secrets` prints this.
    public var revealed: String { String(decoding: bytes, as: UTF8.self) }

    /// First and last four characters of a secret of 24 or more; fewer of a shorter one. Of one under twelve, and of one that
    /// could be found by trying, such as a word and a year, it shows nothing, not even how long it is.
    ///
    /// Four and four is how the Mistral console lists a key. Secrets over several lines (PEM) and URLs show
    /// only their first line's beginning.
    public var redacted: String {
        if isVisible { return revealed }
        if showsNothing { return Self.nothing }
        // A byte outside printable ASCII would make the cut visible as half a character.
        let printable = bytes.prefix { UInt8.visibleCharacters.contains($0) }
        let count = bytes.count
        guard printable.count == count else {
            return String(decoding: printable.prefix(min(4, count / 8)), as: UTF8.self) + "…"
        }
        let shown = Self.shownCount(of: count)
        return String(decoding: bytes.prefix(shown), as: UTF8.self) + Self.nothing
            + String(decoding: bytes.suffix(shown), as: UTF8.self)
    }

    /// What stands for what is not shown.
    package static let nothing = "…"

    /// How many characters are shown at either end of a secret that long.
    private static func shownCount(of count: Int) -> Int { count >= 24 ? 4 : count >= 16 ? 2 : 1 }
    /// A shorter secret shows nothing.
    private static let minimumCount = 12

    /// Whether nothing of it may be shown, and not how long it is: what is shown of a short or a made-up value is half of it.
    package var showsNothing: Bool {
        if isVisible { return false }
        // Escapes make a value longer, and not harder to guess.
        let value = LiteralValue.value(of: bytes)
        return value.count < Self.minimumCount || SecretStrength.bits(value) < SecretStrength.enough
    }

    /// Whether what is not shown of it could be found by trying, so that no plain hash of it may be public.
    package var isWeak: Bool {
        if isVisible { return false }
        let value = LiteralValue.value(of: bytes)
        let strength = SecretStrength.bits(value)
        if value.count < Self.minimumCount || strength < SecretStrength.enough { return true }
        let hidden = value.count - 2 * Self.shownCount(of: value.count)
        return strength * hidden < SecretStrength.enough * value.count
    }

    /// The redacted form.
    public var description: String { redacted }
    /// The redacted form, so that `dump` and a debugger show no more.
    public var debugDescription: String { redacted }
    /// The redacted form, so that `dump` and a debugger show no more.
    public var customMirror: Mirror { Mirror(self, children: ["redacted": redacted]) }
}

internal import Bytes
internal import Synchronization

/// How hard a value is to guess for somebody who tries words, years and patterns before random characters.
///
/// It is a lower bound on purpose, and the same on every machine: what it decides is whether a hash of the value may be
/// public, and whether a report may show some of its characters. The cheapest way to write the value counts, as pieces of
/// these kinds (`StrengthSearch`): words (10 to 12 bits, whatever stands for letters in them), years and dates, runs of the
/// alphabet, of the keyboard or of one character, what stood in the value before, and single characters, which count in full
/// only where the value as a whole is not made of words. A word-and-year password has about 30 bits, five words have 60,
/// twelve random letters and digits 70.
package enum SecretStrength {
    /// From so many bits on a plain hash of a value can be public: nobody tries 2^64 values.
    package static let enough = 64
    /// A longer value is judged by its beginning: that is enough, or too regular.
    private static let limit = 64
    private static let shortLimit = 24
    private static let plenty = Bits(whole: 112)
    /// Values within values are looked at so deep: base64 of `user:password`, percent-encoded.
    private static let depthLimit = 3

    /// The strength in bits, rounded down.
    package static func bits(_ value: [UInt8]) -> Int {
        if let bits = known.withLock({ $0[value] }) { return bits }
        let bits = bits(value[...], depth: 0).whole
        known.withLock {
            if $0.count >= knownLimit { $0.removeAll(keepingCapacity: true) }
            $0[value] = bits
        }
        return bits
    }

    /// Of values that were asked for. The same few stand in each version of a file, and are asked for at every place.
    private static let known = Mutex<[[UInt8]: Int]>([:])
    private static let knownLimit = 512

    private static func bits(_ value: ArraySlice<UInt8>, depth: Int) -> Bits {
        // The beginning of a key is enough to see that it is one.
        var least = StrengthSearch(value.prefix(shortLimit)).bits
        if value.count > shortLimit, least < plenty { least = StrengthSearch(value.prefix(limit)).bits }
        guard depth < depthLimit else { return least }
        for reading in readings(value) where reading.count < value.count {
            least = min(least, bits(reading, depth: depth + 1))
        }
        return least
    }

    /// What is secret of a value, if it is text of a known form: the rest is public or easy to guess.
    private static func readings(_ value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var readings: [ArraySlice<UInt8>] = []
        if let part = secretOfAddress(value) { readings.append(part) }
        // `user:password`, with a user that is no secret. Not `https://`.
        if let colon = value.firstIndex(of: .colon), colon - value.startIndex <= 64, colon + 1 < value.endIndex,
            value[colon + 1] != .slash,
            value[..<colon].allSatisfy({ $0.isAlphanumeric || "._@+-".utf8.contains($0) })
        {
            readings.append(value[(colon + 1)...])
        }
        if value.contains(.percent), let decoded = percentDecoded(value) { readings.append(decoded[...]) }
        if let decoded = decodedText(value) { readings.append(decoded[...]) }
        return readings
    }

    /// Of `scheme://user:password@host/path` the password; without one, what follows the host.
    private static func secretOfAddress(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let colon = value.firstIndex(of: .colon), value[colon...].starts(with: "://".utf8) else { return nil }
        let rest = value[(colon + 3)...]
        let end = rest.firstIndex { [.slash, .questionMark, .numberSign].contains($0) } ?? rest.endIndex
        // A password may have a slash in it that nobody has encoded.
        if let at = rest.lastIndex(of: .atSign), let separator = rest[..<at].firstIndex(of: .colon), separator < end {
            return rest[(separator + 1)..<at]
        }
        return end < rest.endIndex ? rest[end...] : nil
    }

    private static func percentDecoded(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        let result = value.percentDecoded
        return result.count < value.count ? result : nil
    }

    /// What base64 or hex digits stand for, if it is plain text: random bytes hardly ever are.
    private static func decodedText(_ value: ArraySlice<UInt8>) -> [UInt8]? {
        let digits = value.prefix(4 * limit)
        if digits.count >= 8, digits.count.isMultiple(of: 2), digits.allSatisfy(\.isHexDigit) {
            let bytes = stride(from: digits.startIndex, to: digits.endIndex, by: 2).compactMap { index -> UInt8? in
                guard let high = digits[index].hexValue, let low = digits[index + 1].hexValue else { return nil }
                return high << 4 | low
            }
            if bytes.isPlainText { return bytes }
        }
        guard digits.count >= 8 else { return nil }
        let bytes = Base64Bytes.decode(digits)
        let isWhole = digits.reversed().drop { $0 == .equalsSign }.allSatisfy { Base64Bytes.value(of: $0) != nil }
        return isWhole && bytes.isPlainText ? bytes : nil
    }
}

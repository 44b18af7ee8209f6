import Bytes

/// One way to write a value that is looked for.
///
/// Encodings that write a character alone are undone before (`TextWalk`). What is here hides a value as a whole, or is
/// how programs write what their syntax does not let stand as it is.
struct GivenForm: Sendable {
    enum Kind: Sendable, Hashable {
        case plain
        /// What is compared byte by byte, and the name of what was undone.
        case written(String)
        /// Two digits a byte, in either case.
        case hex
        /// - Parameters:
        ///   - offset: How many bytes of other text go before the value in its first three.
        ///   - isWide: Whether it is the value in UTF-16 that was encoded.
        case base64(offset: Int, isWide: Bool)

        /// What reports call it; `nil`: nothing was undone.
        var decoder: String? {
            switch self {
            case .plain: nil
            case .written(let name): name
            case .hex: "hex"
            case .base64: "base64"
            }
        }
    }

    /// Of the value.
    let number: Int
    let kind: Kind
    /// All of it, as it is to stand in a text; of base64 the part that depends on nothing else.
    let bytes: [UInt8]

    /// What is searched for: the beginning, where it is long.
    var literal: [UInt8] { Array(bytes.prefix(Prefilter.keywordLengths.upperBound)) }
    var isExact: Bool { kind != .hex }

    /// The ways to write a value, each once.
    static func all(of value: [UInt8], number: Int) -> [GivenForm] {
        var seen: Set<[UInt8]> = []
        var forms: [GivenForm] = []
        func add(_ kind: Kind, _ bytes: [UInt8]) {
            if seen.insert(bytes).inserted { forms.append(GivenForm(number: number, kind: kind, bytes: bytes)) }
        }
        add(.plain, value)
        for text in escaped(value) { add(.written("escapes"), text) }
        for text in referenced(value) { add(.written("references"), text) }
        for text in percentEncoded(value) { add(.written("percent"), text) }
        if value.contains(.equalsSign) {
            add(.written("quoted-printable"), value.flatMap { $0 == .equalsSign ? Array("=3D".utf8) : [$0] })
        }
        add(.hex, value.flatMap { hexDigits($0, upper: false) })
        let wide = wide(value)
        add(.written("utf-16"), wide)
        for (bytes, isWide) in [(value, false), (wide, true)] {
            for offset in 0..<3 {
                let text = base64(bytes, after: offset)
                guard text.count >= Prefilter.keywordLengths.lowerBound else { continue }
                add(.base64(offset: offset, isWide: isWide), text)
                add(.base64(offset: offset, isWide: isWide), text.map(urlSafe))
            }
        }
        return forms
    }

    /// UTF-16, little-endian, as Windows and its programs have texts.
    static func wide(_ value: [UInt8]) -> [UInt8] {
        String(decoding: value, as: UTF8.self).utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }

    // MARK: Characters that mean something

    /// As JSON and string literals write it, where that is not the value itself.
    private static func escaped(_ value: [UInt8]) -> [[UInt8]] {
        func text(_ isEscaped: (UInt8) -> Bool) -> [UInt8] {
            value.flatMap { byte -> [UInt8] in
                switch byte {
                case .lineFeed: Array("\\n".utf8)
                case .tab: Array("\\t".utf8)
                default: isEscaped(byte) ? [.backslash, byte] : [byte]
                }
            }
        }
        let quotes: Set<UInt8> = [.quotationMark, .backslash]
        return [
            text { quotes.contains($0) }, text { quotes.contains($0) || $0 == .slash },
            text { $0 == .apostrophe || $0 == .backslash }, text { quotes.contains($0) || $0 == .apostrophe },
            inASCII(text { quotes.contains($0) }),
            // A literal in a literal.
            value.flatMap { byte -> [UInt8] in
                switch byte {
                case .quotationMark: Array(#"\\\""#.utf8)
                case .backslash: Array(#"\\\\"#.utf8)
                default: [byte]
                }
            },
        ]
    }

    /// With a code for each character that is not of ASCII, as many programs write JSON.
    private static func inASCII(_ text: [UInt8]) -> [UInt8] {
        if text.allSatisfy({ $0 < 0x80 }) { return text }
        return String(decoding: text, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
            if unit < 0x80 { return [UInt8(unit)] }
            return Array("\\u".utf8) + hexDigits(UInt8(unit >> 8), upper: false)
                + hexDigits(UInt8(truncatingIfNeeded: unit), upper: false)
        }
    }

    /// As XML and HTML write it.
    private static func referenced(_ value: [UInt8]) -> [[UInt8]] {
        func text(_ names: [UInt8: String]) -> [UInt8] {
            value.flatMap { byte in names[byte].map { Array($0.utf8) } ?? [byte] }
        }
        let names: [UInt8: String] = [.ampersand: "&amp;", .lessThan: "&lt;", .greaterThan: "&gt;"]
        let quotes: [UInt8: String] = [.quotationMark: "&quot;", .apostrophe: "&apos;"]
        let numbers: [UInt8: String] = [.quotationMark: "&#34;", .apostrophe: "&#39;"]
        return [
            text(names), text(names.merging(quotes) { $1 }), text(names.merging(numbers) { $1 }),
            text(names.merging([.quotationMark: "&quot;"]) { $1 }),
        ]
    }

    /// As addresses and forms write it.
    private static func percentEncoded(_ value: [UInt8]) -> [[UInt8]] {
        func text(upper: Bool, space: [UInt8]?, keeping kept: String) -> [UInt8] {
            let kept = Set(kept.utf8)
            return value.flatMap { byte -> [UInt8] in
                if byte.isAlphanumeric || kept.contains(byte) { return [byte] }
                if byte == .space, let space { return space }
                return [.percent] + hexDigits(byte, upper: upper)
            }
        }
        // What encodeURIComponent keeps, what RFC 3986 lets stand, and what stands in a user's part of an address.
        return ["-_.!~*'()", "-_.~", "-_.~!$&'()*+,;="].flatMap { kept in
            [true, false].flatMap { upper in
                [nil, [.plus]].map { text(upper: upper, space: $0, keeping: kept) }
            }
        }
    }

    private static func hexDigits(_ byte: UInt8, upper: Bool) -> [UInt8] {
        let digits = Array((upper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 0x0f)]]
    }

    // MARK: Base64

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Where in its first four characters begins what depends on the value alone, by how many bytes go before it.
    static let firstCharacter = [0, 2, 3]

    /// The characters that depend on a value alone.
    ///
    /// - Parameter offset: How many bytes go before it in its first three.
    private static func base64(_ value: [UInt8], after offset: Int) -> [UInt8] {
        let bits = (offset * 8, (offset + value.count) * 8)
        return (firstCharacter[offset]..<bits.1 / 6).map { index in
            var sextet = 0
            for bit in index * 6..<index * 6 + 6 {
                let position = bit - bits.0
                let isSet = value[position / 8] >> UInt8(7 - position % 8) & 1
                sextet = sextet << 1 | Int(isSet)
            }
            return alphabet[sextet]
        }
    }

    private static func urlSafe(_ character: UInt8) -> UInt8 {
        switch character {
        case .plus: .hyphen
        case .slash: .underscore
        default: character
        }
    }
}

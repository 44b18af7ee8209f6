internal import Bytes

/// The strings in the objects of a PDF document, each with the name in front of it.
struct PDFStrings {
    enum Found {
        /// Behind a name; empty where there is none, as in a list.
        case string(name: [UInt8], content: [UInt8])
        /// A dictionary begins or ends.
        case boundary
    }

    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    private var name: [UInt8] = []

    private static let maximumString = 1 << 20

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func next() -> Found? {
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case .percent: index = bytes.first(.lineFeed, from: index) ?? bytes.count
            case .slash: readName()
            case .leftParenthesis: return .string(name: taken(), content: Self.decoded(literal()))
            case .lessThan:
                if index < bytes.count, bytes[index] == .lessThan {
                    index += 1
                    name = []
                    return .boundary
                }
                return .string(name: taken(), content: Self.decoded(hexadecimal()))
            case .greaterThan where index < bytes.count && bytes[index] == .greaterThan:
                index += 1
                name = []
                return .boundary
            default: continue
            }
        }
        return nil
    }

    private mutating func taken() -> [UInt8] {
        defer { name = [] }
        return name
    }

    private mutating func readName() {
        let start = index
        while index < bytes.count,
            bytes[index].isAlphanumeric || [.hyphen, .underscore, .period].contains(bytes[index])
        {
            index += 1
        }
        name = Array(bytes.slice(start..<min(index, start + 128)))
    }

    /// `(text (in pairs) \) \101)`
    private mutating func literal() -> [UInt8] {
        var result: [UInt8] = []
        var depth = 1
        while index < bytes.count, result.count < Self.maximumString {
            let byte = bytes[index]
            index += 1
            switch byte {
            case .leftParenthesis: depth += 1
            case .rightParenthesis:
                depth -= 1
                if depth == 0 { return result }
            case .backslash:
                readEscape(into: &result)
                continue
            default: break
            }
            result.append(byte)
        }
        return result
    }

    private mutating func readEscape(into result: inout [UInt8]) {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): result.append(.lineFeed)
        case UInt8(ascii: "r"): result.append(.carriageReturn)
        case UInt8(ascii: "t"): result.append(.tab)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): result.append(.space)
        case .lineFeed: break
        case .carriageReturn: if index < bytes.count, bytes[index] == .lineFeed { index += 1 }
        case UInt8.octalDigits:
            var value = UInt32(byte & 7)
            for _ in 0..<2 where index < bytes.count && UInt8.octalDigits.contains(bytes[index]) {
                value = value << 3 | UInt32(bytes[index] & 7)
                index += 1
            }
            result.append(UInt8(truncatingIfNeeded: value))
        default: result.append(byte)
        }
    }

    /// `<48656C6C6F>`
    private mutating func hexadecimal() -> [UInt8] {
        var result: [UInt8] = []
        var half: UInt8?
        while index < bytes.count, result.count < Self.maximumString {
            let byte = bytes[index]
            index += 1
            if byte == .greaterThan { break }
            guard let digit = byte.hexValue else { continue }
            if let high = half {
                result.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
        if let half { result.append(half << 4) }
        return result
    }

    /// Text strings begin with a mark if they are UTF-16 or UTF-8.
    private static func decoded(_ string: [UInt8]) -> [UInt8] {
        if string.starts(with: [0xfe, 0xff]) {
            return string.withUnsafeBytes { DocumentEncoding.utf16BigEndian.text($0.slice(2..<$0.count)) }
        }
        if string.starts(with: [0xff, 0xfe]) {
            return string.withUnsafeBytes { DocumentEncoding.utf16LittleEndian.text($0.slice(2..<$0.count)) }
        }
        if string.starts(with: [0xef, 0xbb, 0xbf]) { return Array(string.dropFirst(3)) }
        // What is encrypted, or a digest.
        let isText = string.withUnsafeBytes { PrintableText.isText($0) }
        return isText ? string : string.withUnsafeBytes { PrintableText.runs(of: $0) }
    }
}

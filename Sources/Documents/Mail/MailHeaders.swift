internal import Bytes

/// The headers of an e-mail, or of a part of one, up to the first empty line.
struct MailHeaders {
    private var fields: [(name: [UInt8], value: [UInt8])] = []
    /// Where the body begins.
    private(set) var end: Int

    enum Encoding {
        case none
        case base64
        case quotedPrintable
    }

    /// More is no mail of anybody's.
    private static let maximumFields = 1000
    private static let maximumValue = 8 << 10

    /// - Parameter bytes: What begins with headers at `start`.
    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
        var line = start
        end = start
        while line < bytes.count, fields.count < Self.maximumFields {
            let lineEnd = bytes.first(.lineFeed, from: line) ?? bytes.count
            var text = bytes.slice(line..<lineEnd)[...]
            if text.last == .carriageReturn { text = text.dropLast() }
            line = lineEnd + 1
            end = min(line, bytes.count)
            guard let first = text.first else { return }
            if first == .space || first == .tab {
                // It goes on with the header before.
                if !fields.isEmpty, fields[fields.count - 1].value.count < Self.maximumValue {
                    fields[fields.count - 1].value += text
                }
            } else if let colon = text.firstIndex(of: .colon) {
                let name = text[..<colon].map { UnsafeRawBufferPointer.folded($0) }
                fields.append((name, Array(text[(colon + 1)...].prefix(Self.maximumValue))))
            }
        }
    }

    /// How many of some headers there are; names in lower case.
    func count(of names: [StaticString]) -> Int {
        names.reduce(0) { count, name in count + (value(name) == nil ? 0 : 1) }
    }

    private func value(_ name: StaticString) -> [UInt8]? {
        let name = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return fields.first { $0.name.elementsEqual(name) }?.value
    }

    private func holds(_ name: StaticString, _ word: StaticString) -> Bool {
        value(name)?.withUnsafeBytes { $0.containsCaseless(word) } ?? false
    }

    var isMultipart: Bool { holds("content-type", "multipart/") }
    var isMessage: Bool { holds("content-type", "message/rfc822") }

    var encoding: Encoding {
        if holds("content-transfer-encoding", "base64") { return .base64 }
        return holds("content-transfer-encoding", "quoted-printable") ? .quotedPrintable : .none
    }

    var usualEnding: String {
        holds("content-type", "text/html") ? ".html" : holds("content-type", "text/") ? ".txt" : ""
    }

    var boundary: [UInt8]? {
        guard let boundary = parameter("boundary", of: "content-type"), !boundary.isEmpty else { return nil }
        return boundary
    }

    /// Of an attached file, as one or the other header has it.
    var fileName: String? {
        for (header, name) in [("content-disposition", "filename"), ("content-type", "name")]
            as [(StaticString, String)]
        {
            if let value = parameter(name, of: header), !value.isEmpty {
                return String(decoding: value.prefix(200), as: UTF8.self)
            }
            // RFC 2231: the alphabet, the language, and the name with percent signs; or pieces of it, of which the first tells enough.
            for suffix in ["*", "*0", "*0*"] {
                guard let value = parameter(name + suffix, of: header), !value.isEmpty else { continue }
                let text =
                    suffix == "*0"
                    ? value[...] : (value.lastIndex(of: .apostrophe).map { value[($0 + 1)...] } ?? value[...])
                let name = text.percentDecoded
                if !name.isEmpty { return String(decoding: name.prefix(200), as: UTF8.self) }
            }
        }
        return nil
    }

    /// `; name="value"` in a header.
    private func parameter(_ name: String, of header: StaticString) -> [UInt8]? {
        guard let value = value(header) else { return nil }
        let wanted = Array(name.utf8)
        for part in Self.parameters(value) {
            guard let equals = part.firstIndex(of: .equalsSign) else { continue }
            let found = part[..<equals].filter { !$0.isWhitespace }.map { UnsafeRawBufferPointer.folded($0) }
            guard found == wanted else { continue }
            var text = part[(equals + 1)...].drop { $0.isWhitespace }
            if text.first == .quotationMark {
                text = text.dropFirst()
                return Array(text.prefix { $0 != .quotationMark })
            }
            return Array(text.prefix { !$0.isWhitespace })
        }
        return nil
    }

    /// What stands between semicolons, those in quotes aside.
    private static func parameters(_ value: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = 0
        var isQuoted = false
        for (index, byte) in value.enumerated() {
            if byte == .quotationMark { isQuoted.toggle() }
            if byte == .semicolon, !isQuoted {
                result.append(value[start..<index])
                start = index + 1
            }
        }
        result.append(value[start...])
        return Array(result.dropFirst())
    }
}

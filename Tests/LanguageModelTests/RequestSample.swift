import Foundation
import Rules
import TestSupport

/// A file with a secret of a rule's example beside a key that is always found: what is sent of it is put to the test.
struct RequestSample {
    /// How the example is written.
    enum Writing: String, CaseIterable {
        case plain, beside, json, percent, allPercent, base64, base64OfLine, base64URL, hex, hexEscapes, unicodeEscapes,
            octal,
            utf16, utf16BigEndian, utf16WithoutMark, utf16Base64, html, reversedLines, wrapped
    }

    let ruleID: String
    let path: String
    /// What may not be sent.
    let secret: String
    let bytes: [UInt8]

    init?(_ rule: Rule, _ example: Rule.Example, _ writing: Writing, carrier: String) {
        guard !example.isNegative, let secret = example.secret, secret.utf8.count >= 8 else { return nil }
        ruleID = rule.id
        self.secret = secret
        path = example.path ?? "src/sample.txt"
        let text = example.text
        let head = "MISTRAL_API_KEY=\(carrier)\n"
        func encoded(_ form: (String) -> String) -> [UInt8] {
            Array((head + text.replacing(secret, with: form(secret)) + "\n").utf8)
        }
        func wide(_ text: String, bigEndian: Bool) -> [UInt8] {
            text.utf16.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
                return bigEndian ? [high, low] : [low, high]
            }
        }
        let all = head + text + "\n"
        switch writing {
        case .plain: bytes = Array(all.utf8)
        case .beside:
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            bytes = Array((head + lines.map { "\($0) MISTRAL_API_KEY=\(carrier)\n" }.joined()).utf8)
        case .json:
            let content = (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            bytes = Array((head + "{\"content\": \(content)}\n").utf8)
        case .percent:
            bytes = encoded { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? $0 }
        case .allPercent: bytes = encoded { Self.each($0) { "%" + Self.hex($0) } }
        case .base64: bytes = encoded { Data($0.utf8).base64EncodedString() }
        case .base64OfLine:
            bytes = Array((head + "data: " + Data(text.utf8).base64EncodedString() + "\n").utf8)
        case .base64URL:
            bytes = encoded {
                Data($0.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                    .replacing("=", with: "")
            }
        case .hex: bytes = encoded { Self.each($0, Self.hex) }
        case .hexEscapes: bytes = encoded { Self.each($0) { "\\x" + Self.hex($0) } }
        case .unicodeEscapes: bytes = encoded { Self.each($0) { "\\u00" + Self.hex($0) } }
        case .octal: bytes = encoded { Self.each($0) { "\\" + String(512 + Int($0), radix: 8).dropFirst() } }
        case .utf16: bytes = [0xff, 0xfe] + wide(all, bigEndian: false)
        case .utf16BigEndian: bytes = [0xfe, 0xff] + wide(all, bigEndian: true)
        case .utf16WithoutMark: bytes = wide(all, bigEndian: false)
        case .utf16Base64: bytes = encoded { Data(wide($0, bigEndian: false)).base64EncodedString() }
        case .html: bytes = encoded { Self.each($0) { "&#\($0);" } }
        case .reversedLines:
            bytes = Array((text.split(separator: "\n").reversed().joined(separator: "\n") + "\n" + head).utf8)
        case .wrapped:
            let encoded = Data(text.utf8).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            bytes = Array((head + encoded + "\n").utf8)
        }
    }

    private static func each(_ text: String, _ form: (UInt8) -> String) -> String { text.utf8.map(form).joined() }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

/// Looks for a secret in what is sent, as somebody does who wants to have it.
struct RequestReader {
    /// Each form in which what was sent can be read.
    private let readings: [(name: String, text: String)]

    init(_ body: [UInt8]) {
        let raw = String(decoding: body, as: UTF8.self)
        var texts: [(String, String)] = [("raw", raw)]
        if let question = Self.question(body) {
            texts.append(("question", question))
            if let object = try? JSONSerialization.jsonObject(with: Data(question.utf8)) {
                texts.append(("texts", Self.strings(object).joined(separator: "\n")))
            }
        }
        let plain = texts.last?.1 ?? raw
        texts.append(("without line ends", plain.filter { !$0.isWhitespace }))
        if let decoded = plain.removingPercentEncoding { texts.append(("percent", decoded)) }
        texts.append(("escapes", Self.unescaped(plain)))
        texts.append(("runs", Self.decodedRuns(plain)))
        texts.append(("runs over lines", Self.decodedRuns(plain.filter { $0 != "\n" })))
        readings = texts
    }

    /// How a secret can be read, if it can.
    func leak(of secret: String) -> String? {
        for part in Self.parts(secret) {
            if let reading = readings.first(where: { $0.text.contains(part) }) { return "\(reading.name) has a part" }
        }
        return nil
    }

    /// Pieces of a secret none of which may be there: halves of its lines, so that what is cut is a leak, too.
    private static func parts(_ secret: String) -> [String] {
        secret.split(whereSeparator: \.isNewline).flatMap { line -> [String] in
            let line = line.trimmingCharacters(in: .whitespaces)
            // The frame of a key, and words, say nothing.
            guard line.utf8.count >= 8, !line.hasPrefix("-----"), !line.allSatisfy({ $0.isLetter && $0.isLowercase })
            else { return [] }
            let length = max(8, min(16, line.count))
            guard line.count > length else { return [line] }
            let characters = Array(line)
            return stride(from: 0, through: characters.count - length, by: 4).map {
                String(characters[$0..<$0 + length])
            }.filter(isTelling)
        }
    }

    private static func isTelling(_ part: String) -> Bool {
        part.contains(where: \.isNumber) && part.contains(where: \.isLetter)
    }

    private static func question(_ body: [UInt8]) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        let messages = object?["messages"] as? [[String: Any]]
        return messages?.last?["content"] as? String
    }

    private static func strings(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(strings)
        case let object as [String: Any]: object.values.flatMap(strings)
        default: []
        }
    }

    private static func unescaped(_ text: String) -> String {
        var text = text
        for pattern in [#/\\x([0-9a-fA-F]{2})/#, #/\\u00([0-9a-fA-F]{2})/#] {
            text = text.replacing(pattern) { match in
                UInt8(match.1, radix: 16).map { String(UnicodeScalar($0)) } ?? ""
            }
        }
        text = text.replacing(#/\\([0-3][0-7]{2})/#) { match in
            UInt8(match.1, radix: 8).map { String(UnicodeScalar($0)) } ?? ""
        }
        return text.replacing(#/&#(\d{2,3});/#) { match in UInt8(match.1).map { String(UnicodeScalar($0)) } ?? "" }
    }

    /// What runs of base64 and hex stand for, of any alignment.
    private static func decodedRuns(_ text: String) -> String {
        var result = ""
        for match in text.matches(of: #/[A-Za-z0-9+\/_-]{10,}/#) {
            let run = String(match.0).replacing("-", with: "+").replacing("_", with: "/")
            for skipped in 0..<4 {
                var piece = run.dropFirst(skipped)
                piece = piece.dropLast(piece.count % 4 == 1 ? 1 : 0)
                let padded = piece + String(repeating: "=", count: (4 - piece.count % 4) % 4)
                if let data = Data(base64Encoded: String(padded)) {
                    result += "\n" + String(decoding: data, as: UTF8.self)
                    result += "\n" + String(decoding: data.filter { $0 != 0 }, as: UTF8.self)
                }
            }
        }
        for match in text.matches(of: #/(?:[0-9a-fA-F]{2}){6,}/#) {
            var bytes: [UInt8] = []
            var rest = match.0
            while rest.count >= 2 {
                bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            }
            result += "\n" + String(decoding: bytes, as: UTF8.self)
        }
        return result
    }
}

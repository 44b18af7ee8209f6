import Foundation
import Rules
import TestSupport

@testable import Scanner

/// A file with a secret of a rule's example beside keys that are found: what a report shows of each line is put to the test.
struct LeakSample {
    /// How an example is written beside a key.
    enum Writing: String, CaseIterable {
        case before, behind, json, percent, base64, hex
    }

    let ruleID: String
    /// What may stand in no output, each with all that an output writes for it.
    let secrets: [String]
    let text: String

    /// - Parameter keys: Keys of the rule that finds something on each line.
    init?(_ rule: Rule, _ example: Rule.Example, _ writing: Writing, keys: inout SeededGenerator) {
        guard !example.isNegative, let secret = example.secret, secret.utf8.count >= 6 else { return nil }
        ruleID = rule.id
        var carrier: String { "carrier_" + keys.key(16) }
        let lines = example.text.split(whereSeparator: \.isNewline).map { String($0) }
        var forbidden = secret.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        switch writing {
        case .before: text = lines.map { "\($0) \(carrier)" }.joined(separator: "\n")
        case .behind: text = lines.map { "\(carrier) \($0)" }.joined(separator: "\n")
        case .json:
            text = lines.map { "{\"k\": \"\(carrier)\", \"content\": \"\(Self.inJSON($0))\"}" }.joined(separator: "\n")
            forbidden += forbidden.map(Self.inJSON)
        case .percent:
            text = lines.map { "\(carrier)&content=\(Self.percentEncoded($0))" }.joined(separator: "\n")
            forbidden += forbidden.map(Self.percentEncoded)
        case .base64:
            let encoded = lines.map { Data("\(carrier) \($0)".utf8).base64EncodedString() }
            text = encoded.joined(separator: "\n")
            forbidden += encoded
        case .hex:
            let encoded = forbidden.map {
                $0.utf8.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
            }
            text = encoded.map { "\(carrier) data: \($0)" }.joined(separator: "\n")
            forbidden += encoded
        }
        secrets = Set(forbidden).filter(Self.isTelling).flatMap { [$0, Self.inJSON($0), Self.inXML($0)] }
    }

    /// Not a word, which may stand anywhere, and not the frame of a key.
    private static func isTelling(_ secret: String) -> Bool {
        secret.utf8.count >= 6 && !secret.hasPrefix("-----") && !secret.allSatisfy { $0.isLetter && $0.isLowercase }
    }

    private static func inJSON(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\t": result += "\\t"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func inXML(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static func percentEncoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

/// Looks for many secrets in an output at once.
struct LeakSearch {
    private let secrets: [String]
    private let prefilter: Prefilter

    init(_ secrets: some Sequence<String>) {
        self.secrets = Set(secrets).filter { (3...255).contains($0.utf8.count) }.sorted()
        prefilter = Prefilter(self.secrets.map { Prefilter.Keyword(bytes: Array($0.utf8), isExact: true) })
    }

    /// Those that stand in it.
    func leaks(in output: [UInt8]) -> Set<String> {
        var found: Set<String> = []
        let room = prefilter.makeHitBuffer()
        output.withUnsafeBytes { prefilter.forEachHit(in: $0, room: room) { found.insert(secrets[$1]) } }
        return found
    }
}

import Bytes

/// A private key as it stands in a text: in armour or without, on one line or many, escaped, quoted, commented out.
struct WrittenKey {
    /// What the armour says that is in it, `RSA PRIVATE KEY`; `nil` without armour.
    let label: String?
    /// Whether the armour has its end.
    let isClosed: Bool
    /// The key's bytes.
    let body: [UInt8]
    /// What these say about themselves.
    let structure: KeyStructure?
    /// Characters of base64 in runs that are long enough to be a key's.
    let letterCount: Int
    /// Whether an ellipsis or its like stands for a part of it.
    let isCut: Bool
    /// Whether nothing but base64, white space and the signs that literals are joined with stands in it.
    let isAlone: Bool
    /// Whether a header of PEM says that the body is encrypted.
    let isOldEncrypted: Bool
    /// Whether the armour, too, stands there in base64.
    private(set) var isInBase64 = false

    /// Of the ciphers that PEM's old encryption has, in bytes: those of AES fill two.
    private static let blockSize = 8

    /// - Parameter text: From the armour's first hyphen, or the body alone.
    init(_ text: UnsafeRawBufferPointer) {
        let armour = KeyArmour(text)
        label = armour?.label
        isClosed = armour?.isClosed ?? false
        let inside = text.slice(armour?.inside ?? 0..<text.count)
        isOldEncrypted = inside.containsCaseless("proc-type") && inside.containsCaseless("encrypted")
        let plain = KeyText.plain(inside)
        isCut = Self.marksOfCuts.contains { mark in plain.withUnsafeBytes { $0.containsCaseless(mark) } }
        let content = Self.withoutHeaders(plain, isOldEncrypted: isOldEncrypted)
        isAlone = content.allSatisfy(Self.isWriting)
        let runs = KeyRuns(content)
        letterCount = runs.count
        let bodies = runs.bodies(isAlone: isAlone).map { (body: $0, structure: KeyStructure($0)) }
        let surplus = { (key: (body: [UInt8], structure: KeyStructure?)) in
            key.structure.map { $0.isCountKnown ? key.body.count - $0.count : -1 } ?? -1
        }
        let isOldEncrypted = isOldEncrypted
        let best =
            bodies.first { surplus($0) == 0 } ?? bodies.first { (0..<3).contains(surplus($0)) }
            ?? bodies.first { isOldEncrypted && !$0.body.isEmpty && $0.body.count % Self.blockSize == 0 } ?? bodies[0]
        structure = best.structure
        let end = min(best.structure?.count ?? .max, best.body.count)
        body = Array(best.body[..<end])
    }

    private static let armourInBase64 = Array("LS0tLS1CRUdJTi".utf8)

    /// The key in a text that is base64 of a key in its armour; `nil` if it does not begin so.
    static func inBase64(_ text: UnsafeRawBufferPointer) -> WrittenKey? {
        guard text.starts(with: armourInBase64) else { return nil }
        var key = Base64Bytes.decode(text).withUnsafeBytes { WrittenKey($0) }
        key.isInBase64 = true
        return key
    }

    /// Whether all of the key is there, no more and no less.
    var isWhole: Bool { structure?.count == body.count }

    /// Whether a passphrase is needed to use it.
    var isEncrypted: Bool { structure?.isEncrypted ?? (isOldEncrypted || label?.contains("ENCRYPTED") ?? false) }

    /// The key in the armour that belongs to it, whatever was around it: the same for one key in every shape.
    var canonical: [UInt8] {
        let label = structure?.label ?? self.label ?? "PRIVATE KEY"
        return Array("-----BEGIN \(label)-----\n".utf8) + Self.wrapped(body) + Array("-----END \(label)-----\n".utf8)
    }

    private static let lineLength = 64

    /// Base64 in lines of 64 characters, each with its end.
    static func wrapped(_ body: [UInt8]) -> [UInt8] {
        let letters = Base64Bytes.encode(body)
        return stride(from: 0, to: letters.count, by: lineLength).flatMap {
            letters[$0..<min(letters.count, $0 + lineLength)] + [.lineFeed]
        }
    }

    // MARK: What stands beside the body

    private static let marksOfCuts = [
        "...", "\u{2026}", "***", "xxxx", "redacted", "snip", "[cut", "omitted", "truncated",
    ]
    .map { Array($0.utf8) }

    static func isWriting(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte <= .space || "+/=\\\"'`,#*>|;".utf8.contains(byte)
    }

    private static let shortestBody = 40

    /// Headers that a body may have: of PEM (RFC 1421), OpenPGP and SSH.
    private static let headers = [
        "proc-type", "dek-info", "comment", "version", "hash", "charset", "messageid", "subject",
    ]
    .map { Array("\($0):".utf8) }

    private static func withoutHeaders(_ text: [UInt8], isOldEncrypted: Bool) -> [UInt8] {
        var text = text[...]
        if isOldEncrypted, let end = text.withUnsafeBytes(endOfInitialVector) { text = text.dropFirst(end) }
        let lines = text.split { $0 == .lineFeed || $0 == .carriageReturn }
        let kept = lines.filter { line in
            // All may stand on one line.
            line.contains(run: shortestBody, of: { $0.isAlphanumeric || $0 == .plus || $0 == .slash })
                || !line.withUnsafeBytes { bytes in headers.contains { bytes.containsCaseless($0) } }
        }
        return Array(kept.joined(separator: [.lineFeed]))
    }

    private static let initialVectorHeader = Array("dek-info:".utf8)

    /// Where `DEK-Info: AES-256-CBC,0123…`, the last header of PEM's old encryption, ends: it may be all on one line.
    private static func endOfInitialVector(_ text: UnsafeRawBufferPointer) -> Int? {
        guard let start = text.firstCaseless(initialVectorHeader, in: 0..<text.count),
            let comma = text.first(.comma, from: start)
        else { return nil }
        return text[(comma + 1)...].firstIndex { $0.hexValue == nil }
    }
}

/// The lines before and behind the body of a key.
private struct KeyArmour {
    let label: String
    let isClosed: Bool
    /// What stands between.
    let inside: Range<Int>

    private static let longestLabel = 60
    private static let begin = Array("BEGIN".utf8)
    private static let end = Array("END".utf8)

    init?(_ text: UnsafeRawBufferPointer) {
        let dashes = text.prefix { $0 == .hyphen || $0 == .space }.count
        guard dashes >= 4, dashes + Self.begin.count < text.count,
            text.slice(dashes..<dashes + Self.begin.count).elementsEqual(Self.begin)
        else { return nil }
        let start = dashes + Self.begin.count
        let head = text.slice(start..<min(text.count, start + Self.longestLabel))
        guard let labelEnd = Self.dashes(in: head, from: 0) else { return nil }
        label = Self.words(head.slice(0..<labelEnd))
        let bodyStart = text[(start + labelEnd)...].firstIndex { $0 != .hyphen } ?? text.count
        var close: Int?
        var position = bodyStart
        while let found = Self.dashes(in: text, from: position), close == nil {
            let word = text[found...].firstIndex { $0 != .hyphen && $0 != .space } ?? text.count
            if text[word...].starts(with: Self.end) { close = found }
            position = max(word, found + 4)
        }
        isClosed = close != nil
        inside = bodyStart..<(close ?? text.count)
    }

    /// `RSA+PRIVATE+KEY`, `RSA%20PRIVATE%20KEY`: with spaces.
    private static func words(_ text: UnsafeRawBufferPointer) -> String {
        let plain = PercentEncoding.decoded(text).map { $0 == .plus ? UInt8.space : $0 }
        return String(decoding: Array(plain.split(separator: .space).joined(separator: [.space])), as: UTF8.self)
    }

    /// Where four hyphens stand.
    private static func dashes(in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var position = start
        while let found = text.first(.hyphen, from: position) {
            let end = text[found...].firstIndex { $0 != .hyphen } ?? text.count
            if end - found >= 4 { return found }
            position = end
        }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Whether so many bytes of one kind stand in a row.
    fileprivate func contains(run length: Int, of isOne: (UInt8) -> Bool) -> Bool {
        var count = 0
        for byte in self {
            count = isOne(byte) ? count + 1 : 0
            if count == length { return true }
        }
        return false
    }
}

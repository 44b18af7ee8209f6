internal import Bytes

/// Reads e-mails: one (`.eml`), many in one file (`mbox`), or a page with its pictures (`.mht`), which is written alike.
///
/// It gives the parts that are written in base64 or quoted-printable, or have a file's name; what stands there as it is the text of the
/// file has as well.
package struct MailReader {
    package struct Part {
        /// Of the file that is attached, or its number.
        package let name: String
        package let content: [UInt8]
    }

    private let bytes: UnsafeRawBufferPointer
    private var partCount = 0

    /// Mails in mails, and parts in parts.
    private static let maximumDepth = 16
    private static let maximumParts = 10_000

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    // MARK: What is one

    private static let known: [StaticString] = [
        "from", "to", "subject", "date", "received", "return-path", "message-id", "mime-version", "delivered-to",
        "content-type", "reply-to", "dkim-signature", "x-mailer", "content-transfer-encoding",
    ]

    /// With what else a mail begins, on its way from one server to the next.
    private static let first: [StaticString] = [
        "sender", "cc", "bcc", "references", "in-reply-to", "envelope-to", "authentication-results", "user-agent",
        "arc-seal", "arc-authentication-results", "content-disposition", "thread-topic", "received-spf",
    ]
    private static let headSize = 16 << 10

    private static func isHeader(_ name: UnsafeRawBufferPointer) -> Bool {
        if name.count > 2, name[0] | 0x20 == UInt8(ascii: "x"), name[1] == .hyphen { return true }
        return known.contains { name.equalsCaseless($0) } || first.contains { name.equalsCaseless($0) }
    }

    /// Whether a text is an e-mail with parts that have to be decoded, by its headers, or a file of several.
    package static func isMail(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first, first.isLetter else { return false }
        if text.starts(with: mailboxMark) {
            let head = text.slice(0..<min(text.count, headSize))
            guard let end = head.first(.lineFeed, from: 0) else { return false }
            return MailHeaders(head, from: end + 1).count(of: known) >= 2
        }
        // Nearly all texts end here: most of those that begin with a name and a colon are settings.
        guard let colon = text.slice(0..<min(text.count, 48)).first(.colon, from: 0),
            isHeader(text.slice(0..<colon))
        else { return false }
        let head = text.slice(0..<min(text.count, headSize))
        let headers = MailHeaders(head, from: 0)
        return headers.count(of: known) >= 2
            && (headers.isMultipart || headers.encoding != .none || headers.fileName != nil)
    }

    static let mailboxMark = Array("From ".utf8)

    // MARK: Parts

    /// - Parameter visit: Returns whether it is to go on.
    package mutating func read(_ visit: (Part) -> Bool) {
        if bytes.starts(with: Self.mailboxMark) {
            for (index, range) in messages().enumerated() {
                if !read(range, "message \(index + 1)", depth: 0, visit) { return }
            }
        } else {
            _ = read(0..<bytes.count, "", depth: 0, visit)
        }
    }

    /// Of a file with several: each begins with a line `From …` behind an empty one.
    private func messages() -> [Range<Int>] {
        var starts: [Int] = []
        var line = 0
        var isBehindEmpty = true
        while line < bytes.count, starts.count < Self.maximumParts {
            let end = bytes.first(.lineFeed, from: line) ?? bytes.count
            if isBehindEmpty, bytes.slice(line..<end).starts(with: Self.mailboxMark) { starts.append(line) }
            isBehindEmpty = end == line || end == line + 1 && bytes[line] == .carriageReturn
            line = end + 1
        }
        return starts.indices.map { index in
            let start = (bytes.first(.lineFeed, from: starts[index]) ?? bytes.count - 1) + 1
            return start..<max(start, index + 1 < starts.count ? starts[index + 1] : bytes.count)
        }
    }

    /// - Returns: Whether to go on.
    private mutating func read(_ range: Range<Int>, _ place: String, depth: Int, _ visit: (Part) -> Bool) -> Bool {
        let headers = MailHeaders(bytes.slice(range), from: 0)
        let body = (range.lowerBound + headers.end)..<range.upperBound
        if let boundary = headers.boundary, headers.isMultipart {
            guard depth < Self.maximumDepth else { return true }
            for part in parts(of: body, between: boundary) {
                if partCount >= Self.maximumParts { return true }
                if !read(part, place, depth: depth + 1, visit) { return false }
            }
            return true
        }
        if headers.isMessage, headers.encoding == .none, depth < Self.maximumDepth {
            return read(body, place, depth: depth + 1, visit)
        }
        partCount += 1
        guard headers.encoding != .none || headers.fileName != nil else { return true }
        let name = headers.fileName ?? "part \(partCount)\(headers.usualEnding)"
        let content = MailDecoding.content(bytes.slice(body), headers.encoding)
        return visit(Part(name: place.isEmpty ? name : "\(place)/\(name)", content: content))
    }

    /// What stands between lines that begin with `--` and the boundary.
    private func parts(of body: Range<Int>, between boundary: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start: Int?
        var line = body.lowerBound
        while line < body.upperBound, result.count < Self.maximumParts {
            let end = min(bytes.first(.lineFeed, from: line) ?? body.upperBound, body.upperBound)
            let text = bytes.slice(line..<end)
            if text.starts(with: [.hyphen, .hyphen]), text.dropFirst(2).starts(with: boundary) {
                if let start { result.append(start..<line) }
                start = min(end + 1, body.upperBound)
                if text.dropFirst(2 + boundary.count).starts(with: [.hyphen, .hyphen]) { return result }
            }
            line = end + 1
        }
        // The end was cut off.
        if let start { result.append(start..<body.upperBound) }
        return result
    }
}

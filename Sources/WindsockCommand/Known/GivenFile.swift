import Bytes
import Findings
import Platform
import Scanner

/// A file of secrets that somebody looks for: one a line, as it is, or its fingerprint.
///
/// What is wrong with it is said by the numbers of lines, and never with what stands there.
struct GivenFile {
    private(set) var values: [[UInt8]] = []
    private(set) var fingerprints: Set<Fingerprint> = []
    /// Lines whose values are too short to be looked for, from 1.
    private(set) var shortLines: [Int] = []

    /// In bytes. A vault is smaller.
    static let maximumSize = 64 << 20
    /// A value that is longer, in bytes, is no secret.
    static let longestValue = 64 << 10

    /// - Parameter path: The file; `-` is standard input.
    static func read(_ path: String) throws(CommandFailure) -> GivenFile {
        // A value that was given in the place of a file is in no message.
        func failure(_ reason: String) -> CommandFailure {
            let name = path == "-" ? "standard input" : TextFile.exists(path) ? path : "the file that --known names"
            return CommandFailure("could not read the secrets to look for from \(name): \(reason)")
        }
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(SystemError.reason(of: errno)) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= maximumSize {
            let count = Platform.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(SystemError.reason(of: errno)) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard bytes.count <= maximumSize else { throw failure("it is larger than 64 MiB; look for parts of it") }
        do throws(Objection) {
            return try GivenFile(bytes)
        } catch {
            throw failure(error.reason)
        }
    }

    /// Why a file cannot be used.
    struct Objection: Error, Hashable {
        var reason: String
    }

    init(_ bytes: [UInt8]) throws(Objection) {
        if bytes.contains(0) {
            throw Objection(reason: "it is no text in UTF-8: binary, or UTF-16. Write one value a line")
        }
        var bytes = bytes[...]
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
        let lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false).map(Self.trimmed)
        let named = lines.filter { !$0.isEmpty && !Self.isComment($0) }
        if let objection = Self.form(of: named) { throw objection }
        for (index, line) in lines.enumerated() where !line.isEmpty && !Self.isComment(line) {
            try add(line, number: index + 1)
        }
        if values.isEmpty, fingerprints.isEmpty {
            let why =
                shortLines.isEmpty
                ? "there is nothing in it"
                : "what is in it is shorter than \(GivenSecrets.minimumCount) bytes, which stands by chance in every text"
            throw Objection(reason: why)
        }
        guard values.count <= GivenSecrets.maximumCount else {
            throw Objection(reason: "it has more than \(GivenSecrets.maximumCount) values; look for parts of it")
        }
    }

    private mutating func add(_ line: ArraySlice<UInt8>, number: Int) throws(Objection) {
        if let text = String(validating: line, as: UTF8.self), let fingerprint = Fingerprint(text) {
            fingerprints.insert(fingerprint)
            return
        }
        guard line.count <= Self.longestValue else {
            throw Objection(reason: "line \(number) is longer than 64 KiB: it is no value. Write one value a line")
        }
        var value = line
        if value.count > 2, let quote = value.first, quote == value.last, [.quotationMark, .apostrophe].contains(quote)
        {
            value = value.dropFirst().dropLast()
        }
        guard value.count >= GivenSecrets.minimumCount else {
            shortLines.append(number)
            return
        }
        values.append(Array(value))
        // What JSON or a literal escapes is looked for without, too: `jq` without -r writes it so.
        let meant = Secret(bytes: Array(line)).value.bytes
        if meant.count >= GivenSecrets.minimumCount, meant != values.last { values.append(meant) }
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, last.isWhitespace { line.removeLast() }
        while let first = line.first, first.isWhitespace { line.removeFirst() }
        return line
    }

    /// A value may begin with the sign.
    private static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
        line.first == .numberSign && (line.count == 1 || line.dropFirst().first?.isWhitespace ?? false)
    }

    /// What is wrong with files that other programs write: a search for their lines would find nothing.
    private static func form(of lines: [ArraySlice<UInt8>]) -> Objection? {
        guard let first = lines.first else { return nil }
        if first == [.leftBrace] || first.starts(with: Array(#"{""#.utf8)) || first == [.leftBracket] {
            return Objection(
                reason:
                    "it is JSON. Write the values alone, one a line: jq -r '.. | strings' FILE | windsock scan --known -"
            )
        }
        if first.starts(with: "-----BEGIN ".utf8) {
            return Objection(
                reason: "it is a key over several lines. Give a line of its body, or its fingerprint")
        }
        if lines.allSatisfy(isAssignment) {
            return Objection(
                reason:
                    "every line is NAME=VALUE. Write the values alone: sed 's/^[^=]*=//' FILE | windsock scan --known -"
            )
        }
        return nil
    }

    /// `export NAME=value`
    private static func isAssignment(_ line: ArraySlice<UInt8>) -> Bool {
        var line = line
        if line.starts(with: "export ".utf8) { line = line.dropFirst(7) }
        let name = line.prefix { ByteSet.word.contains($0) }
        let rest = line.dropFirst(name.count)
        guard let first = name.first, !first.isDigit, rest.first == .equalsSign else { return false }
        // `c2VjcmV0==` is a value, and so is what ends with the sign.
        return rest.dropFirst().contains { $0 != .equalsSign }
    }
}

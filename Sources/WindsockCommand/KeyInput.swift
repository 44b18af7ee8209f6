import Bytes
import Platform
import Verification

/// One key, as a person or a script hands it over: never in an argument, which everybody on the machine can read.
struct KeyInput {
    let secret: SecretBuffer
    /// What was taken away around it, in words; `nil` for nothing but the end of a line.
    let trimming: String?
    /// The variable that it came from.
    let variable: String?

    /// No key is longer; a whole file is somebody's mistake.
    private static let maximum = 64 << 10

    init(variable: String) throws(CommandFailure) {
        guard let value = getenv(variable), value[0] != 0 else {
            throw CommandFailure("the variable \(variable) is not set, or empty")
        }
        try self.init(UnsafeRawBufferPointer(start: value, count: strlen(value)), source: variable, variable: variable)
    }

    static func standardInput() throws(CommandFailure) -> KeyInput {
        if isatty(STDIN_FILENO) == 1 { StandardError.write("Paste the key, then Enter and Ctrl-D: ") }
        let buffer = SecretBuffer(capacity: maximum + 2)
        var chunk = [UInt8](repeating: 0, count: 4096)
        defer { chunk.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        while buffer.count <= maximum {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure("could not read standard input: \(errorText(errno))") }
            if count == 0 { break }
            buffer.append(chunk[..<count])
        }
        guard buffer.count <= maximum else {
            throw CommandFailure("standard input holds more than one key: it is longer than \(maximum) bytes")
        }
        // Typed throws do not pass through the closure.
        let result: Result<KeyInput, CommandFailure> = buffer.withBytes { bytes in
            do throws(CommandFailure) {
                return .success(try KeyInput(bytes, source: "standard input", variable: nil))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ bytes: UnsafeRawBufferPointer, source: String, variable: String?) throws(CommandFailure) {
        var rest = bytes[...]
        var taken: [String] = []
        if rest.last == .lineFeed { rest = rest.dropLast() }
        if rest.last == .carriageReturn { rest = rest.dropLast() }
        let count = rest.count
        rest = Self.trimmed(rest)
        if rest.count < count { taken.append("white space") }
        if rest.count >= 2, let quote = rest.first, quote == rest.last, [.quotationMark, .apostrophe].contains(quote) {
            rest = Self.trimmed(rest.dropFirst().dropLast())
            taken.append("quotes")
        }
        guard !rest.isEmpty else { throw CommandFailure("\(source) holds no key") }
        guard rest.allSatisfy({ UInt8.visibleCharacters.contains($0) || UInt8.outsideASCII.contains($0) }) else {
            throw CommandFailure(
                "\(source) holds white space or control characters inside of the key: it is not one key")
        }
        secret = SecretBuffer(rest)
        trimming = taken.isEmpty ? nil : taken.joined(separator: " and ")
        self.variable = variable
    }

    /// Without white space at both ends: ASCII's, and what web pages and word processors paste along (no-break space,
    /// zero-width space, byte order mark).
    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        let invisible: [[UInt8]] = [[0xc2, 0xa0], [0xe2, 0x80, 0x8b], [0xef, 0xbb, 0xbf]]
        var rest = bytes
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if let mark = invisible.first(where: { rest.starts(with: $0) }) {
                rest = rest.dropFirst(mark.count)
            } else {
                break
            }
        }
        while let last = rest.last {
            if last.isWhitespace {
                rest = rest.dropLast()
            } else if let mark = invisible.first(where: { rest.suffix($0.count).elementsEqual($0) }) {
                rest = rest.dropLast(mark.count)
            } else {
                break
            }
        }
        return rest
    }
}

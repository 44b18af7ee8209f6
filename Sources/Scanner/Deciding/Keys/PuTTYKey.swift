import Bytes

/// The private part of a `.ppk` file: numbers and strings of SSH in lines of base64.
///
/// - SeeAlso: <https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html>
struct PuTTYKey {
    /// Of AES, in bytes.
    private static let blockSize = 16

    private let body: [UInt8]
    /// Whether the parts fill the body to its end or, in one that is encrypted, blocks of AES do.
    let isWhole: Bool

    /// - Parameter lines: Those behind `Private-Lines`.
    init(_ lines: UnsafeRawBufferPointer) {
        let plain = KeyText.plain(lines)
        let bodies = KeyRuns(plain).bodies(isAlone: plain.allSatisfy(WrittenKey.isWriting))
        let whole =
            bodies.first(where: Self.isWhole) ?? bodies.first { !$0.isEmpty && $0.count % Self.blockSize == 0 }
        isWhole = whole != nil
        body = whole ?? bodies[0]
    }

    private static func isWhole(_ body: [UInt8]) -> Bool {
        var strings = LengthPrefixed(body, from: 0)
        while strings.skip() {}
        return strings.isAtEnd && !body.isEmpty
    }

    /// The same for one key in every shape.
    var canonical: [UInt8] {
        let lines = WrittenKey.wrapped(body)
        return Array("Private-Lines: \(lines.count { $0 == .lineFeed })\n".utf8) + lines
    }
}

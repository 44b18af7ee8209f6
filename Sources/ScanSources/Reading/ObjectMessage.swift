/// What people wrote into a commit or tag object.
package enum ObjectMessage {
    /// The lines of the header that are not ids or signatures, an empty line, and the message.
    ///
    /// Header lines that git itself does not know are kept: nothing that could hide a secret is left out.
    package static func pieces(of bytes: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
        var kept: [UnsafeRawBufferPointer] = []
        var position = 0
        var keepsContinuation = false
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            let lineEnd = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1
            let line = bytes[position...lineEnd]
            if line.first != UInt8(ascii: " ") {
                let key = line.prefix { $0 != UInt8(ascii: " ") }
                keepsContinuation = !generatedKeys.contains { key.elementsEqual($0.utf8) }
            }
            if keepsContinuation { kept.append(UnsafeRawBufferPointer(rebasing: line)) }
            position = lineEnd + 1
        }
        kept.append(UnsafeRawBufferPointer(rebasing: bytes[min(position, bytes.count)...]))
        return kept
    }

    private static let generatedKeys = ["tree", "parent", "object", "type", "gpgsig", "gpgsig-sha256"]
}

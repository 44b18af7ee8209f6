import Bytes
internal import Platform

/// The lines before the message of a commit or tag object.
struct ObjectHeader {
    private let bytes: UnsafeRawBufferPointer
    /// Where the message starts.
    let bodyStart: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        bodyStart = Self.forEachLine(of: bytes) { _ in }
    }

    /// Passes each line to `visit`, those that continue others, too.
    ///
    /// - Returns: Where the message starts.
    @inline(__always) @discardableResult
    static func forEachLine(of bytes: UnsafeRawBufferPointer, _ visit: (UnsafeRawBufferPointer) -> Void) -> Int {
        var position = 0
        // The header ends at the first empty line.
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            let end = lineEnd(bytes, position)
            visit(UnsafeRawBufferPointer(rebasing: bytes[position..<end]))
            position = end + 1
        }
        return min(bytes.count, position + 1)
    }

    /// The message.
    var body: Slice<UnsafeRawBufferPointer> { bytes[bodyStart...] }

    /// Passes the key of each line, and the rest of the line, to `visit`. Continuation lines are skipped.
    func forEachLine(_ visit: (Slice<UnsafeRawBufferPointer>, Slice<UnsafeRawBufferPointer>) -> Void) {
        var position = 0
        while position < bodyStart - 1, position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            let end = Self.lineEnd(bytes, position)
            let line = bytes[position..<end]
            if line.first != UInt8(ascii: " "), let space = line.firstIndex(of: UInt8(ascii: " ")) {
                visit(line[..<space], line[(space + 1)...])
            }
            position = end + 1
        }
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
        guard let first = bytes.baseAddress,
            let end = memchr(first + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
        else { return bytes.count }
        return UnsafeRawPointer(end) - first
    }
}

extension UnsafeRawBufferPointer {
    /// What follows a key and the space behind it; `nil` if the line does not begin with them.
    func value(of key: StaticString) -> UnsafeRawBufferPointer? {
        let length = key.utf8CodeUnitCount
        guard count >= length, let start = baseAddress, memcmp(start, key.utf8Start, length) == 0 else { return nil }
        return UnsafeRawBufferPointer(rebasing: self[length...])
    }

    /// The 40 hex digits this is.
    var objectID: ObjectID? { ObjectID(hexDigits: self) }
}

extension Slice<UnsafeRawBufferPointer> {
    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
    }

    /// The 40 hex digits this is.
    var objectID: ObjectID? { ObjectID(hexDigits: UnsafeRawBufferPointer(rebasing: self)) }
}

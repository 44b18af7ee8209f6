/// The lines before the message of a commit or tag object.
struct ObjectHeader {
    private let bytes: UnsafeRawBufferPointer
    /// Where the message starts.
    let bodyStart: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var position = 0
        // The header ends at the first empty line.
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            position = Self.lineEnd(bytes, position) + 1
        }
        bodyStart = min(bytes.count, position + 1)
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
        bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }
}

extension Slice<UnsafeRawBufferPointer> {
    func equals(_ text: StaticString) -> Bool {
        count == text.utf8CodeUnitCount && elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: count))
    }

    /// The 40 hex digits this is.
    var objectID: ObjectID? { ObjectID(hexDigits: UnsafeRawBufferPointer(rebasing: self)) }
}

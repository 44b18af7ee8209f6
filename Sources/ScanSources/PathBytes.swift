/// A path as git and the file system have it: bytes, not necessarily UTF-8, separated by `/`.
package struct PathBytes: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var bytes: [UInt8]

    /// Takes the UTF-8 of a string.
    package init(_ string: String) {
        bytes = Array(string.utf8)
    }

    /// Takes bytes as they are.
    @inlinable
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// As UTF-8, with what is not repaired.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Orders by bytes, as git does.
    package static func < (left: PathBytes, right: PathBytes) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// The path of the folder that all others are in.
    @inlinable package static var root: PathBytes { PathBytes(bytes: []) }

    /// The path of something in the folder of this path; the empty path is the root.
    @inlinable
    package func appending(_ name: some Sequence<UInt8>) -> PathBytes {
        var joined = bytes
        if !joined.isEmpty { joined.append(UInt8(ascii: "/")) }
        joined.append(contentsOf: name)
        return PathBytes(bytes: joined)
    }
}

/// What a scan's result depends on besides what is scanned: rules, settings, program. A cache is good for one key.
package struct CacheKey: Sendable, Hashable {
    let bytes: [UInt8]

    /// How many bytes a key has.
    package static let byteCount = 32

    /// - Parameter bytes: 32 bytes of a digest.
    package init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a key has \(Self.byteCount) bytes")
        self.bytes = bytes
    }
}

/// How many objects are not read because earlier scans know enough of them.
package struct KnownCounts: Sendable, Equatable {
    /// Objects that are clean.
    package var clean: Int
    /// Blobs that are binary.
    package var binary: Int

    package init(clean: Int = 0, binary: Int = 0) {
        self.clean = clean
        self.binary = binary
    }
}

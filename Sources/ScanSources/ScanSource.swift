/// Something whose items can be read.
package protocol BlobSource: Sendable {
    /// Makes a reader of the items of a plan. Each worker thread needs its own.
    func makeReader() throws(SourceError) -> any BlobReader
}

/// Something that can be scanned: it knows what there is to read, and how to read it.
package protocol ScanSource: BlobSource {
    /// Lists what there is to scan.
    func plan() throws(SourceError) -> Plan
}

/// Something that can be scanned: it knows what there is to read, and how to read it.
package protocol ScanSource: Sendable {
    /// Lists what there is to scan.
    func plan() throws(SourceError) -> ScanPlan

    /// Makes a reader of the items of the plan. Each worker thread needs its own.
    func makeReader() throws(SourceError) -> any BlobReader
}

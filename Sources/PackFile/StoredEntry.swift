/// An entry of a pack as it is stored, not inflated yet.
struct StoredEntry {
    let header: EntryHeader
    /// Where its stream is in the file; what follows may be in it, too.
    let range: Range<Int>
    /// The same as bytes.
    let stream: UnsafeRawBufferPointer
    /// How many bytes behind it may be looked at: other entries, and the checksum of the pack.
    let inputSlack: Int

    /// - Parameter isDelta: Whether it has to be made from a base.
    /// - Throws: What cannot be right, told without inflating anything.
    init(_ plan: PackPlan, position: Int, isDelta: Bool) throws(EntryProblem) {
        guard let header = plan.header(ofPosition: position), (header.kind == nil) == isDelta else {
            throw .badHeader
        }
        let end = plan.end(ofPosition: position)
        guard header.dataStart < end else { throw .badStream }
        let file = plan.pack.file.bytes
        range = header.dataStart..<end
        // DEFLATE makes at most 1032 bytes of one.
        guard header.size / 1032 <= UInt64(range.count) else { throw .sizeImplausible }
        self.header = header
        stream = UnsafeRawBufferPointer(rebasing: file[range])
        inputSlack = min(file.count - end, Inflater.inputSlack)
    }
}

package import Findings

/// Why an item was not read.
package enum ReadFailure: Error, Sendable, Hashable {
    /// It could not be: the scan is incomplete.
    case problem(Problem)
    /// It should not be.
    case omitted(Omission)
}

/// Reads the items of a plan. One a worker thread, made by the source; not `Sendable`.
package protocol BlobReader: AnyObject {
    /// Lends the content of an item for the duration of `body`.
    ///
    /// - Parameters:
    ///   - maximumSize: In bytes; what is larger is omitted.
    ///   - body: Called at most once, before this returns. The bytes are gone afterwards.
    func read(_ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(ReadFailure)

    /// The first 8 KiB of a file that is too large to read; `nil` where that is not to be had cheaply.
    func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]?

    /// Where the lines of an item stand in the file that it is a part of; `nil`: it is all of it.
    func lines(of item: ScanItem) -> PatchLines?
}

extension BlobReader {
    package func lines(of item: ScanItem) -> PatchLines? { nil }

    /// Like the requirement, and hands on what `body` returns.
    package func read<Result>(
        _ item: ScanItem, maximumSize: Int, returning body: (UnsafeRawBufferPointer) -> Result
    ) throws(ReadFailure) -> Result {
        var result: Result?
        try read(item, maximumSize: maximumSize) { result = body($0) }
        guard let result else { preconditionFailure("a reader returned without content and without an error") }
        return result
    }
}

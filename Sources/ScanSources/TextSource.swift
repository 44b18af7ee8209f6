internal import Findings

/// A text that is there already: what another program hands over.
package struct TextSource: ScanSource {
    private let name: String
    private let bytes: [UInt8]

    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: The path that reports show and that rules about paths see.
    package init(_ bytes: [UInt8], name: String) {
        self.name = name
        self.bytes = bytes
    }

    package func plan() throws(SourceError) -> Plan {
        Plan(items: [ScanItem(path: PathBytes(name), origin: .standardInput, size: bytes.count)])
    }

    package func makeReader() throws(SourceError) -> any BlobReader { Reader(bytes: bytes) }

    private final class Reader: BlobReader {
        private let bytes: [UInt8]

        init(bytes: [UInt8]) { self.bytes = bytes }

        func read(
            _ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
        ) throws(ReadFailure) {
            guard bytes.count <= maximumSize else {
                throw .problem(Problem(subject: item.subject, message: "is larger than \(maximumSize) bytes"))
            }
            bytes.withUnsafeBytes(body)
        }

        func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? { Array(bytes.prefix(8192)) }
    }
}

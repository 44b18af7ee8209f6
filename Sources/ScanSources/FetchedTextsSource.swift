package import Findings

/// Texts that were fetched from somewhere, each under its address.
package struct FetchedTextsSource: ScanSource {
    /// One of them.
    package struct Text: Sendable {
        /// Where a person finds it: `https://forge.example/acme/shop/issues/12`.
        package var address: String
        package var bytes: [UInt8]

        package init(address: String, bytes: [UInt8]) {
            self.address = address
            self.bytes = bytes
        }
    }

    private let texts: [Text]
    private let problems: [Problem]

    /// - Parameter problems: What could not be fetched: the scan is incomplete then.
    package init(_ texts: [Text], problems: [Problem] = []) {
        // What has one address is read in one piece: a note that was answered, two parts of one log.
        var places: [String: Int] = [:]
        var merged: [Text] = []
        for text in texts {
            if let place = places[text.address] {
                merged[place].bytes += [0x0a] + text.bytes
            } else {
                places[text.address] = merged.count
                merged.append(text)
            }
        }
        self.texts = merged
        self.problems = problems
    }

    package func plan() throws(SourceError) -> Plan {
        Plan(
            items: texts.map { ScanItem(path: PathBytes($0.address), origin: .address, size: $0.bytes.count) },
            problems: problems)
    }

    package func makeReader() throws(SourceError) -> any BlobReader { Reader(texts) }

    private final class Reader: BlobReader {
        private let bytes: [PathBytes: [UInt8]]

        init(_ texts: [Text]) {
            bytes = Dictionary(
                texts.map { (PathBytes($0.address), $0.bytes) }, uniquingKeysWith: { first, _ in first })
        }

        private func text(of item: ScanItem) -> [UInt8] { item.path.flatMap { bytes[$0] } ?? [] }

        func read(
            _ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void
        ) throws(ReadFailure) {
            let text = text(of: item)
            guard text.count <= maximumSize else {
                throw .problem(Problem(subject: item.subject, message: "is larger than \(maximumSize) bytes"))
            }
            text.withUnsafeBytes(body)
        }

        func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? { Array(text(of: item).prefix(8192)) }
    }
}

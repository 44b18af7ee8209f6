import Findings
import ScanSources

/// Texts under paths, or what reading one of them fails with.
struct MemorySource: ScanSource {
    enum Content: Sendable {
        case text(String)
        case failure(ReadFailure)
    }

    var contents: [(path: String, content: Content)]

    init(_ texts: KeyValuePairs<String, String>) { contents = texts.map { ($0, .text($1)) } }

    init(contents: [(path: String, content: Content)]) { self.contents = contents }

    func plan() throws(SourceError) -> Plan {
        Plan(items: contents.map { ScanItem(path: PathBytes($0.path), origin: .file, size: nil) })
    }

    func makeReader() throws(SourceError) -> any BlobReader { Reader(contents: contents) }

    private final class Reader: BlobReader {
        private let contents: [String: Content]

        init(contents: [(path: String, content: Content)]) {
            self.contents = Dictionary(uniqueKeysWithValues: contents.map { ($0.path, $0.content) })
        }

        func read(_ item: ScanItem, maximumSize: Int, _ body: (UnsafeRawBufferPointer) -> Void) throws(ReadFailure) {
            switch contents[item.path?.description ?? ""] {
            case .text(let text):
                let bytes = Array(text.utf8)
                guard bytes.count <= maximumSize else {
                    throw .omitted(Omission(reason: .tooLarge, subject: item.path?.description ?? ""))
                }
                bytes.withUnsafeBytes { body($0) }
            case .failure(let failure): throw failure
            case nil: preconditionFailure("no such item")
            }
        }

        func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? {
            guard case .text(let text) = contents[item.path?.description ?? ""] else { return nil }
            return Array(text.utf8.prefix(8192))
        }
    }
}

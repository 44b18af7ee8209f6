import History
internal import PackFile
import Rules
import ScanSources
import Scanner

/// Looks through the objects of packs: which blobs hold something? One a thread.
final class PackedWorker {
    private let reader: PackedItems.Reader
    private let engine: ScanEngine
    // Made when it is first needed: who only scans suspects again needs none.
    private lazy var scanner = DifferenceScanner(engine: engine, minimumConfidence: minimumConfidence)
    /// Of what is reported.
    private let minimumConfidence: Confidence
    private let items: [ScanItem]
    private var copies: [CopiedRange] = []

    init(reader: PackedItems.Reader, items: [ScanItem], engine: ScanEngine, minimumConfidence: Confidence) {
        self.reader = reader
        self.items = items
        self.engine = engine
        self.minimumConfidence = minimumConfidence
    }

    /// Goes through all objects of a unit.
    ///
    /// - Parameter worker: Scans what is no blob and what has to be read by itself, and has the tally.
    /// - Returns: How many items and bytes there were.
    func search(_ unit: PackedItems.Unit, _ worker: inout Worker) -> (items: Int, bytes: Int) {
        var count = (items: 0, bytes: 0)
        reader.read(unit) { (index, content, base: BlobTraits?) -> BlobTraits? in
            count.items += 1
            switch content {
            case .blob(let bytes, let difference):
                count.bytes += bytes.count
                let traits = search(bytes, difference, base)
                if !worker.noteContainer(bytes, isBinary: traits.verdict == .binary, of: items[index], index: index) {
                    worker.note(traits, index: index, byteCount: bytes.count)
                }
                return traits
            case .message(let bytes):
                count.bytes += bytes.count
                worker.scan(bytes, of: items[index], index: index, path: nil)
            case .beginning(let bytes):
                worker.noteTooLarge(items[index], index: index, beginning: bytes)
            case .elsewhere:
                count.bytes += worker.scan(items[index], index: index, path: nil)
                worker.noteReadSingly()
            }
            return nil
        }
        return count
    }

    private func search(
        _ bytes: UnsafeRawBufferPointer, _ difference: PackedObject.Base?, _ base: BlobTraits?
    ) -> BlobTraits {
        guard let difference, let base else { return scanner.scan(bytes) }
        copies.removeAll(keepingCapacity: true)
        for piece in difference.pieces {
            guard let start = piece.baseStart else { continue }
            copies.append(CopiedRange(offset: piece.target.lowerBound, baseOffset: start, count: piece.target.count))
        }
        return scanner.scan(bytes, copies: copies, baseCount: difference.content.count, base: base)
    }

    /// Scans some blobs of a unit whole, under the paths that they have.
    ///
    /// - Parameters:
    ///   - places: Where only there may be something, by index of the item; `nil`: anywhere.
    ///   - worker: As for `search`. What could be rebuilt then may not be now, and is read by itself or named.
    func scan(
        _ unit: PackedItems.Unit, wants: @escaping (Int) -> Bool, path: (Int) -> String?,
        near places: (Int) -> PlacesOfInterest?, _ worker: inout Worker
    ) {
        reader.read(unit, wants: wants) { (index, content, _: Never?) -> Never? in
            switch content {
            case .blob(let bytes, _), .message(let bytes):
                worker.scan(bytes, of: items[index], index: index, path: path(index), near: places(index))
            case .beginning(let bytes):
                worker.noteTooLarge(items[index], index: index, beginning: bytes)
            case .elsewhere:
                _ = worker.scan(items[index], index: index, path: path(index))
            }
            return nil
        }
    }
}

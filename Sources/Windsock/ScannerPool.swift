import Scanner
import Synchronization

/// Scanners that are used again: one a caller at a time, made when all others are at work.
final class ScannerPool: Sendable {
    /// A scanner that can be handed from thread to thread. Unchecked, because it is either in the pool or with the one caller
    /// who took it out, and the pool's lock lies between the one and the other.
    private struct Seat: @unchecked Sendable {
        let scanner: BlobScanner
    }

    /// How many are kept: one has buffers as large as the texts it has seen, and a peak of callers passes.
    private static let keptCount = 16

    private let engine: ScanEngine
    private let options: BlobScanner.Options
    private let free = Mutex<[Seat]>([])

    init(engine: ScanEngine, options: SecretScanner.Options) {
        self.engine = engine
        self.options = BlobScanner.Options(options)
    }

    func scan(_ bytes: UnsafeRawBufferPointer, path: String?) -> BlobResult {
        let seat = free.withLock { $0.popLast() } ?? Seat(scanner: BlobScanner(engine: engine, options: options))
        defer { free.withLock { if $0.count < Self.keptCount { $0.append(seat) } } }
        return seat.scanner.scan(bytes, path: path)
    }
}

extension BlobScanner.Options {
    fileprivate init(_ options: SecretScanner.Options) {
        self.init()
        honorsInlineDirectives = options.honorsInlineComments
        maximumInflatedSize = options.maximumInflatedSize
        // They are for reports that servers read.
        computesLineHashes = false
    }
}

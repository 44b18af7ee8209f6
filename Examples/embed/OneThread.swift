import BuiltinRules
import Scanner

/// Looks at texts one after another on one thread, and says of each only whether it has to be looked at again.
struct Sieve {
    private let scanner: BlobScanner

    /// - Parameter engine: Takes a moment to make; one serves all threads.
    init(engine: ScanEngine) {
        scanner = BlobScanner(engine: engine)
    }

    func isSuspect(_ bytes: [UInt8], path: String?) -> Bool {
        let result = bytes.withUnsafeBytes { scanner.scan($0, path: path) }
        // A binary is not searched: whether it is to be looked at is yours to say.
        return !result.isClean
    }
}

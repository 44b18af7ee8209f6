internal import Platform
internal import Zlib

/// Reads what zlib packed into a file, from front to back.
struct InflatedFile: ~Copyable {
    private let descriptor: Int32
    private var stream = InflateStream(.zlib)
    private let input: UnsafeMutableRawBufferPointer
    /// What of the input was read from the file and is not inflated yet.
    private var waiting = 0..<0
    private var hasEnded = false

    init(path: String) throws(LooseObjects.Failure) {
        self.init(descriptor: try Self.open(path))
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        input = .allocate(byteCount: 16384, alignment: 16)
    }

    private static func open(_ path: String) throws(LooseObjects.Failure) -> Int32 {
        let descriptor = Platform.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .notFound : .damaged(String(cString: strerror(errno)))
        }
        return descriptor
    }

    deinit {
        input.deallocate()
        close(descriptor)
    }

    mutating func readByte() throws(LooseObjects.Failure) -> UInt8? {
        var byte: UInt8 = 0
        let count = try withUnsafeMutableBytes(of: &byte) { bytes throws(LooseObjects.Failure) in
            try read(into: bytes)
        }
        return count == 1 ? byte : nil
    }

    /// Whether nothing follows, and zlib's checksum agrees.
    mutating func isAtEnd() throws(LooseObjects.Failure) -> Bool {
        try readByte() == nil && hasEnded
    }

    /// Fills a buffer.
    ///
    /// - Returns: How much there was.
    mutating func read(into output: UnsafeMutableRawBufferPointer) throws(LooseObjects.Failure) -> Int {
        var count = 0
        while count < output.count, !hasEnded {
            // The end of the file before the end of zlib's data: it is cut off.
            if waiting.isEmpty, try !readFile() { return count }
            let step = stream.inflate(
                UnsafeRawBufferPointer(rebasing: input[waiting]),
                into: UnsafeMutableRawBufferPointer(rebasing: output[count...]))
            waiting = waiting.lowerBound + step.consumed..<waiting.upperBound
            count += step.written
            switch step.status {
            case .unfinished: break
            case .ended: hasEnded = true
            case .damaged(let message): throw .damaged("zlib says: \(message)")
            }
        }
        return count
    }

    /// - Returns: Whether there was more in the file.
    private mutating func readFile() throws(LooseObjects.Failure) -> Bool {
        while true {
            let received = Platform.read(descriptor, input.baseAddress, input.count)
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw .damaged(String(cString: strerror(errno))) }
            waiting = 0..<received
            return received > 0
        }
    }
}

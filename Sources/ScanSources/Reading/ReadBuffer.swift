internal import Platform

/// Memory that is reused from file to file.
///
/// Files are read, not mapped: a mapped file that another process shortens meanwhile kills the reader by SIGBUS.
package final class ReadBuffer {
    private var storage: UnsafeMutableRawBufferPointer

    /// What one unusually large file made the buffer grow to is given back after it.
    private static let keptCapacity = 16 << 20

    package init() {
        storage = .allocate(byteCount: 1 << 16, alignment: 64)
    }

    deinit {
        storage.deallocate()
    }

    /// What came of reading a file.
    enum Outcome {
        case whole(UnsafeRawBufferPointer)
        case tooLarge
        case failed(errno: Int32)
    }

    /// Reads to the end of a file, or until it turns out to be larger than `maximumSize`.
    ///
    /// - Parameter expectedSize: Saves growing in steps; need not be true.
    func readAll(_ descriptor: Int32, expectedSize: Int, maximumSize: Int) -> Outcome {
        // One more byte than expected shows the end without another round of growing.
        reserve(min(expectedSize, maximumSize) + 1, keeping: 0)
        var count = 0
        while true {
            if count == storage.count { reserve(count * 2, keeping: count) }
            let free = UnsafeMutableRawBufferPointer(rebasing: storage[count...])
            let received = Platform.read(descriptor, free.baseAddress, free.count)
            if received < 0 {
                if errno == EINTR { continue }
                return .failed(errno: errno)
            }
            if received == 0 { return .whole(UnsafeRawBufferPointer(rebasing: storage[..<count])) }
            count += received
            if count > maximumSize { return .tooLarge }
        }
    }

    /// Fills the buffer with pieces and returns them as one.
    package func collect(_ pieces: [UnsafeRawBufferPointer]) -> UnsafeRawBufferPointer {
        reserve(pieces.reduce(0) { $0 + $1.count }, keeping: 0)
        var count = 0
        for piece in pieces {
            UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: piece)
            count += piece.count
        }
        return UnsafeRawBufferPointer(rebasing: storage[..<count])
    }

    /// Gives back what an unusually large file took.
    func trim() {
        if storage.count > Self.keptCapacity {
            storage.deallocate()
            storage = .allocate(byteCount: 1 << 16, alignment: 64)
        }
    }

    private func reserve(_ capacity: Int, keeping count: Int) {
        guard capacity > storage.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<count]))
        storage.deallocate()
        storage = larger
    }
}

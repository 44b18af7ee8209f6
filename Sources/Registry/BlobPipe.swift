internal import Archives
internal import Dispatch
internal import Platform
internal import Synchronization

/// Carries what a thread receives to the one that reads it, a little at a time: a layer is held as a whole nowhere.
final class BlobPipe: ByteStream, @unchecked Sendable {
    // @unchecked: `piece` belongs to the reader alone, everything else is behind the lock.
    private struct State {
        var pieces: [[UInt8]] = []
        var isEnded = false
        var failure: ByteStreamFailure?
        var isCancelled = false
    }

    /// Pieces that may wait; libcurl's have 16 KiB.
    private static let capacity = 128

    private let state = Mutex(State())
    private let room = DispatchSemaphore(value: BlobPipe.capacity)
    private let filled = DispatchSemaphore(value: 0)
    private var piece: UnsafeMutableRawBufferPointer?

    deinit { piece?.deallocate() }

    /// Nobody reads any more: what is being received may end.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        room.signal()
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Takes what was received; waits while there is too much.
    ///
    /// - Returns: Whether more is wanted.
    func put(_ bytes: UnsafeRawBufferPointer) -> Bool {
        room.wait()
        let goesOn = state.withLock { state in
            if !state.isCancelled { state.pieces.append(Array(bytes)) }
            return !state.isCancelled
        }
        filled.signal()
        return goesOn
    }

    /// There is no more.
    func end(_ failure: ByteStreamFailure?) {
        state.withLock {
            $0.isEnded = true
            $0.failure = failure
        }
        filled.signal()
    }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        filled.wait()
        let (bytes, failure) = state.withLock { state -> ([UInt8]?, ByteStreamFailure?) in
            state.pieces.isEmpty ? (nil, state.failure) : (state.pieces.removeFirst(), nil)
        }
        guard let bytes else {
            // Whoever asks again gets the same answer.
            filled.signal()
            if let failure { throw failure }
            return UnsafeRawBufferPointer(start: nil, count: 0)
        }
        room.signal()
        piece?.deallocate()
        let next = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        next.copyBytes(from: bytes)
        piece = next
        return UnsafeRawBufferPointer(rebasing: next[..<bytes.count])
    }
}

/// The reader's end of a pipe: what is received ends with it.
final class BlobStream: ByteStream {
    private let pipe: BlobPipe

    init(_ pipe: BlobPipe) { self.pipe = pipe }

    deinit { pipe.cancel() }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer { try pipe.next() }
}

internal import CZlib

/// Inflates a stream piece by piece, as it comes in or as there is room for it. Owns the state of zlib.
package struct InflateStream: ~Copyable {
    /// What is around the compressed data.
    package enum Format: Sendable {
        /// RFC 1950, with an Adler-32 at the end: git's objects.
        case zlib
        /// RFC 1952, with a CRC-32 and the length at the end: one member of a gzip file.
        case gzip

        /// Of 32 kB, the largest that there is; 16 more stand for gzip alone (`inflateInit2` in `zlib.h`).
        fileprivate var windowBits: Int32 {
            switch self {
            case .zlib: 15
            case .gzip: 15 + 16
            }
        }
    }

    /// How far one call came.
    package struct Step: Sendable, Equatable {
        /// Bytes of the input that are done with. What follows the stream's end is left alone.
        package var consumed: Int
        /// Bytes of the output that were filled; they are good even where what follows is damaged.
        package var written: Int
        package var status: Status

        /// Nothing was read and nothing was written: without more input or room, no other call comes further.
        package var isStuck: Bool { consumed == 0 && written == 0 && status == .unfinished }
    }

    package enum Status: Sendable, Equatable {
        /// The input is used up or the output is full; or it is so with the first 4 GB of either.
        case unfinished
        /// The stream has ended, and its checksum is right.
        case ended
        /// What zlib says is wrong.
        case damaged(String)
    }

    // On the heap: zlib keeps the structure's address and refuses to work if it moves.
    private let state: UnsafeMutablePointer<z_stream>

    package init(_ format: Format) {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        // It takes a few kilobytes; Swift's own containers end the process, too, where there are none.
        guard inflateInit2_(state, format.windowBits, ZLIB_VERSION, size) == Z_OK else {
            fatalError("zlib has no memory for its state, or is of another version than \(ZLIB_VERSION)")
        }
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
    }

    /// Goes on inflating.
    ///
    /// - Parameters:
    ///   - input: What follows the input that was consumed so far. May be empty.
    ///   - output: Is filled from its beginning. If it is empty, nothing happens.
    package mutating func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> Step {
        guard let room = output.baseAddress, !output.isEmpty else {
            return Step(consumed: 0, written: 0, status: .unfinished)
        }
        // zlib counts in 32 bits, and does not write to its input.
        let given = UInt32(clamping: input.count)
        let size = UInt32(clamping: output.count)
        state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: Bytef.self))
        state.pointee.avail_in = given
        state.pointee.next_out = room.assumingMemoryBound(to: Bytef.self)
        state.pointee.avail_out = size
        let code = CZlib.inflate(state, Z_NO_FLUSH)
        return Step(
            consumed: Int(given - state.pointee.avail_in), written: Int(size - state.pointee.avail_out),
            status: status(code))
    }

    private func status(_ code: Int32) -> Status {
        switch code {
        // Nothing could be done with so little input or room: that is no damage.
        case Z_OK, Z_BUF_ERROR: .unfinished
        case Z_STREAM_END: .ended
        case Z_NEED_DICT: .damaged("it needs a dictionary")
        default: .damaged(state.pointee.msg.map { String(cString: $0) } ?? "error \(code)")
        }
    }

    /// Makes ready for another stream of the same format.
    package mutating func reset() {
        // It fails only for what is not a state.
        inflateReset(state)
    }
}

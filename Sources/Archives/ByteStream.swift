internal import CArchive
internal import Platform

/// Bytes that come piece by piece, and once.
package protocol ByteStream: AnyObject {
    /// The next piece, which lives until the next call; empty: there is no more.
    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer
}

/// Why no more bytes come.
package struct ByteStreamFailure: Error, Sendable, Hashable {
    /// In words that follow `could not be read as a whole: `.
    package let message: String

    package init(_ message: String) { self.message = message }
}

/// Memory, as a stream.
package final class MemoryStream: ByteStream {
    private let bytes: [UInt8]
    private let piece: UnsafeMutableRawBufferPointer
    private var position = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        piece = .allocate(byteCount: 1 << 16, alignment: 16)
    }

    deinit { piece.deallocate() }

    package func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        let count = min(piece.count, bytes.count - position)
        piece.copyBytes(from: bytes[position..<(position + count)])
        position += count
        return UnsafeRawBufferPointer(rebasing: piece[..<count])
    }
}

/// A stream whose beginning is looked at before it is read.
package final class PeekedStream: ByteStream {
    private let stream: any ByteStream
    /// As much of the beginning as was asked for, or all there is.
    package private(set) var beginning: [UInt8] = []
    private var isBeginningGiven = false
    private let held: UnsafeMutableRawBufferPointer
    private let heldCount: Int
    /// What came of looking at the beginning; it is told to whoever reads on.
    private var failure: ByteStreamFailure?

    /// - Parameter count: How much of the beginning is wanted, in bytes; it may become more.
    package init(_ stream: any ByteStream, count: Int) {
        self.stream = stream
        var bytes: [UInt8] = []
        do throws(ByteStreamFailure) {
            while bytes.count < count {
                let piece = try stream.next()
                if piece.isEmpty { break }
                bytes += piece
            }
        } catch {
            failure = error
        }
        beginning = bytes
        heldCount = bytes.count
        held = .allocate(byteCount: max(1, bytes.count), alignment: 16)
        held.copyBytes(from: bytes)
    }

    deinit { held.deallocate() }

    package func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        if !isBeginningGiven {
            isBeginningGiven = true
            if heldCount > 0 { return UnsafeRawBufferPointer(rebasing: held[..<heldCount]) }
        }
        if let failure { throw failure }
        return try stream.next()
    }
}

/// What a compressed stream holds.
package final class DecompressedStream: ByteStream {
    private var reader: ArchiveReader
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    private var isOpen = false

    /// - Parameter stream: Of a format that ``ContainerFormat/isCompression``. ``ArchiveLibrary/objection`` must be `nil`.
    package init(_ stream: any ByteStream) throws(ByteStreamFailure) {
        do throws(ArchiveFailure) {
            reader = try ArchiveReader(
                ArchiveSupply(stream), kinds: WINDSOCK_ARCHIVE_COMPRESSED.rawValue | WINDSOCK_ARCHIVE_RAW.rawValue)
        } catch {
            throw ByteStreamFailure(error.message)
        }
    }

    deinit { piece.deallocate() }

    package func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        do throws(ArchiveFailure) {
            if !isOpen {
                isOpen = true
                guard try reader.next() != nil else { return UnsafeRawBufferPointer(rebasing: piece[..<0]) }
            }
            let step = try reader.read(into: piece)
            if step.isDamaged { throw ArchiveFailure(message: "its checksum is wrong", isOfMember: false) }
            return UnsafeRawBufferPointer(rebasing: piece[..<step.count])
        } catch {
            throw ByteStreamFailure(error.message)
        }
    }
}

/// Hands the pieces of a stream to libarchive, and remembers why there are no more.
final class ArchiveSupply {
    private let stream: any ByteStream
    private(set) var failure: ByteStreamFailure?

    init(_ stream: any ByteStream) { self.stream = stream }

    static func of(_ context: UnsafeMutableRawPointer?) -> ArchiveSupply {
        guard let context else { preconditionFailure("libarchive calls back with the context it was given") }
        return Unmanaged<ArchiveSupply>.fromOpaque(context).takeUnretainedValue()
    }

    func next(_ place: UnsafeMutablePointer<UnsafeRawPointer?>?) -> Int {
        do throws(ByteStreamFailure) {
            let piece = try stream.next()
            place?.pointee = piece.baseAddress
            return piece.count
        } catch {
            failure = error
            return -1
        }
    }
}

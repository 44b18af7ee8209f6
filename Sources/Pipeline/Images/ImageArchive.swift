import Archives
import Bytes
import Findings
import Images
import Platform

/// Tells archives of images from other files, by what is in them.
enum ImageArchive {
    /// What a file that was named is.
    enum Kind {
        /// No image.
        case other
        case image(TarFiles)
        /// An image that cannot be read as it is.
        case unreadable(Problem)
    }

    private static let block = 512

    /// Looks at a file.
    ///
    /// - Parameters:
    ///   - path: As the user has named it.
    ///   - maximumSize: How much of a compressed one is held in memory, in bytes.
    static func kind(ofFile path: String, maximumSize: Int) -> Kind {
        var status = stat()
        // All but the smallest of such archives have two blocks; and whoever names thousands of files names texts.
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size >= 100,
            let beginning = beginning(ofFile: path), BlobFormat.mayBeArchive(beginning)
        else { return .other }
        let format = beginning.withUnsafeBytes { ContainerFormat($0) }
        do throws(SystemError) {
            if format == .tar {
                let files = try TarFiles(path: path)
                return files.isImage ? .image(files) : .other
            }
        } catch {
            // Whoever reads it as a file says so.
            return .other
        }
        guard let format, format.isCompression, ArchiveLibrary.objection == nil else { return .other }
        return compressed(path, maximumSize: maximumSize)
    }

    private static func compressed(_ path: String, maximumSize: Int) -> Kind {
        do throws(ByteStreamFailure) {
            let stream = PeekedStream(try DecompressedStream(try FileStream(path: path)), count: block)
            guard startsImage(stream.beginning) else { return .other }
            var content: [UInt8] = []
            while true {
                let piece = try stream.next()
                if piece.isEmpty { break }
                guard content.count + piece.count <= maximumSize else {
                    return .unreadable(
                        Problem(
                            subject: path,
                            message:
                                "is a compressed image of more than \(maximumSize) bytes, which is not held in memory",
                            advice: "decompress it first, or raise --max-file-size"))
                }
                content += piece
            }
            let files = TarFiles(content: content)
            return files.isImage ? .image(files) : .other
        } catch {
            return .other
        }
    }

    /// Whether a tar archive begins as images do: with a list, the folder of blobs, or a layer that is named by its digest.
    private static func startsImage(_ header: [UInt8]) -> Bool {
        guard header.count >= block, header.withUnsafeBytes({ ContainerFormat($0) }) == .tar else { return false }
        var name = Substring(decoding: header[..<100].prefix { $0 != 0 }, as: UTF8.self)
        while name.hasPrefix("./") { name = name.dropFirst(2) }
        if ["blobs", "oci-layout", "index.json", "manifest.json", "repositories"].contains(where: { name.hasPrefix($0) }
        ) {
            return true
        }
        return name.utf8.count >= 64 && name.utf8.prefix(64).allSatisfy(\.isHexDigit)
    }

    private static func beginning(ofFile path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: block) { buffer, count in
            count = max(0, Platform.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}

/// What the first block of a file shows.
private enum BlobFormat {
    static func mayBeArchive(_ block: [UInt8]) -> Bool {
        block.withUnsafeBytes { bytes in ContainerFormat(bytes).map { $0 == .tar || $0.isCompression } ?? false }
    }
}

/// A file from its beginning to its end.
private final class FileStream: ByteStream {
    private let descriptor: Int32
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

    init(path: String) throws(ByteStreamFailure) {
        descriptor = Platform.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ByteStreamFailure(SystemError.reason(of: errno)) }
    }

    deinit {
        close(descriptor)
        piece.deallocate()
    }

    func next() throws(ByteStreamFailure) -> UnsafeRawBufferPointer {
        while true {
            let count = Platform.read(descriptor, piece.baseAddress, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw ByteStreamFailure(SystemError.reason(of: errno))
            }
            return UnsafeRawBufferPointer(rebasing: piece[..<count])
        }
    }
}

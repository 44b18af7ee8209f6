import Bytes

/// A file that holds other files, which are not looked at; told by how it begins.
enum ArchiveFormat: String {
    case zip, gzip, bzip2, xz, zstd, lz4, tar, rar, cabinet
    case sevenZip = "7z"

    private static let beginnings: [(ArchiveFormat, [UInt8])] = [
        (.zip, [0x50, 0x4b, 0x03, 0x04]), (.zip, [0x50, 0x4b, 0x05, 0x06]), (.gzip, [0x1f, 0x8b]),
        (.bzip2, Array("BZh".utf8)), (.xz, [0xfd, 0x37, 0x7a, 0x58, 0x5a]), (.zstd, [0x28, 0xb5, 0x2f, 0xfd]),
        (.lz4, [0x04, 0x22, 0x4d, 0x18]), (.rar, Array("Rar!".utf8)), (.cabinet, Array("MSCF".utf8)),
        (.sevenZip, [0x37, 0x7a, 0xbc, 0xaf]),
    ]

    /// - Parameter bytes: The file, or its beginning.
    init?(_ bytes: UnsafeRawBufferPointer) {
        // POSIX has the mark of a tar file behind its first name, mode, owner and so on.
        if bytes.count >= 262, bytes.slice(257..<262).elementsEqual("ustar".utf8) {
            self = .tar
            return
        }
        guard let format = Self.beginnings.first(where: { bytes.starts(with: $0.1) })?.0 else { return nil }
        self = format
    }
}

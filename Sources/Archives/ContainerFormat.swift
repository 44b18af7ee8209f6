internal import Bytes
internal import CArchive
internal import Documents

/// A file that holds other files, one that is compressed, or a document with more in it than a text; told by how it begins.
package enum ContainerFormat: String, Sendable, CaseIterable {
    case zip, tar, rar, cpio, ar, cabinet, iso, rpm, xar
    case sevenZip = "7z"
    case gzip, bzip2, xz, zstd, lz4, lzip, lzma, compress
    case database, mail, pdf, image

    private static let beginnings: [(ContainerFormat, [UInt8])] = [
        (.zip, [0x50, 0x4b, 0x03, 0x04]), (.zip, [0x50, 0x4b, 0x05, 0x06]), (.gzip, [0x1f, 0x8b, 0x08]),
        (.bzip2, Array("BZh".utf8)), (.xz, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), (.zstd, [0x28, 0xb5, 0x2f, 0xfd]),
        (.lz4, [0x04, 0x22, 0x4d, 0x18]), (.lzip, Array("LZIP".utf8)), (.compress, [0x1f, 0x9d]),
        (.rar, Array("Rar!\u{1a}\u{7}".utf8)), (.cabinet, Array("MSCF\0\0\0\0".utf8)),
        (.xar, Array("xar!".utf8)),
        (.sevenZip, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), (.rpm, [0xed, 0xab, 0xee, 0xdb]),
        (.ar, Array("!<arch>\n".utf8)), (.cpio, Array("070701".utf8)), (.cpio, Array("070702".utf8)),
        (.cpio, Array("070707".utf8)),
    ]

    /// How much of a file has to be there to tell what it is, in bytes.
    package static let sampleSize = 40 << 10

    /// - Parameters:
    ///   - bytes: The file, or as much of its beginning as `sampleSize`.
    ///   - isText: Whether it is taken for text. Then only what may have no zero in it is looked for, by the first bytes.
    package init?(_ bytes: UnsafeRawBufferPointer, isText: Bool = false) {
        if isText {
            guard let first = bytes.first else { return nil }
            if first == .percent, PDFParts.isPDF(bytes) {
                self = .pdf
                return
            }
            if MailReader.isMail(bytes) {
                self = .mail
                return
            }
            guard first == 0x42 || first == 0x28 || first == 0x04 else { return nil }
            guard let format = Self.marked(bytes), [.bzip2, .zstd, .lz4].contains(format), bytes.count >= 10 else {
                return nil
            }
            // A text may begin so.
            if format == .bzip2, !bytes.slice(4..<10).elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59]) {
                return nil
            }
            self = format
        } else if let format = Self.marked(bytes) ?? Self.document(bytes) {
            self = format
        } else if Self.isTar(bytes) {
            self = .tar
        } else if bytes.count >= 32_774, bytes.slice(32_769..<32_774).elementsEqual("CD001".utf8) {
            self = .iso
        } else if Self.isOldCpio(bytes) {
            self = .cpio
        } else if Self.isLZMA(bytes) {
            self = .lzma
        } else {
            return nil
        }
    }

    private static func document(_ bytes: UnsafeRawBufferPointer) -> ContainerFormat? {
        if DatabaseReader.isDatabase(bytes) { return .database }
        if PDFParts.isPDF(bytes) { return .pdf }
        return ImageText.isImage(bytes) ? .image : nil
    }

    private static func marked(_ bytes: UnsafeRawBufferPointer) -> ContainerFormat? {
        beginnings.first { bytes.starts(with: $0.1) }?.0
    }

    /// By the sum of the first header, in octal digits; all versions of the format have it.
    private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
        // The mark of POSIX, behind the first name, its mode, owner and so on: also of one that is cut off.
        if bytes.count >= 262, bytes.slice(257..<262).elementsEqual("ustar".utf8) { return true }
        guard bytes.count >= 512, bytes[0] != 0 else { return false }
        var stated = 0
        var digits = 0
        for byte in bytes[148..<156] {
            if (0x30...0x37).contains(byte) {
                (stated, digits) = (stated * 8 + Int(byte - 0x30), digits + 1)
            } else if byte != 0x20 && byte != 0 {
                return false
            }
        }
        guard digits > 0 else { return false }
        let sum = bytes[..<148].reduce(0) { $0 + Int($1) } + bytes[156..<512].reduce(0) { $0 + Int($1) } + 8 * 0x20
        return sum == stated
    }

    /// The binary form in little-endian words: what `cpio -o` writes where it is not told otherwise.
    private static func isOldCpio(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 28, bytes[0] == 0xc7, bytes[1] == 0x71 else { return false }
        let nameSize = Int(bytes[20]) | Int(bytes[21]) << 8
        let isKnownType = [0x40, 0x80, 0xa0, 0x20, 0x60, 0x10].contains(bytes[7] & 0xf0)
        guard isKnownType, (2...1024).contains(nameSize), 26 + nameSize <= bytes.count else { return false }
        return bytes[26 + nameSize - 1] == 0
    }

    /// A stream of LZMA without a mark: the usual properties, a dictionary of whole 64 KiB, and a size that is unknown or below 1 TiB.
    private static func isLZMA(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 18, bytes[0] == 0x5d, bytes[1] == 0, bytes[2] == 0, bytes[13] == 0 else { return false }
        return bytes[5..<13].allSatisfy { $0 == 0xff } || bytes[10..<13].allSatisfy { $0 == 0 }
    }

    /// Whether it is one file, or a tar file, that was compressed as a whole.
    package var isCompression: Bool {
        switch self {
        case .gzip, .bzip2, .xz, .zstd, .lz4, .lzip, .lzma, .compress: true
        default: false
        }
    }

    /// Whether it is read without libarchive: it is no archive, but a document.
    package var isDocument: Bool {
        switch self {
        case .database, .mail, .pdf, .image: true
        default: false
        }
    }

    /// Whether a scan is incomplete that was asked for such a file and has not looked into it. Of pictures and PDF files that is said
    /// elsewhere: what a picture shows is never read, and what pages say only where there is a program for it.
    package var isExpectedToBeRead: Bool { self != .image && self != .pdf }

    /// What it is, for messages.
    package var description: String {
        switch self {
        case .database: "is a database"
        case .mail: "is an e-mail"
        case .pdf: "is a PDF document"
        case .image: "is a picture"
        default: "is an archive (\(rawValue))"
        }
    }

    /// Whether members can be passed over without being decompressed.
    var skipsCheaply: Bool {
        switch self {
        case .zip, .tar, .cpio, .ar, .iso: true
        default: false
        }
    }

    /// What libarchive is to expect.
    var kinds: windsock_archive_kinds.RawValue {
        let kinds: [windsock_archive_kinds] =
            switch self {
            case .zip: [WINDSOCK_ARCHIVE_ZIP]
            case .tar: [WINDSOCK_ARCHIVE_TAR]
            case .rar: [WINDSOCK_ARCHIVE_RAR]
            case .cpio: [WINDSOCK_ARCHIVE_CPIO]
            case .ar: [WINDSOCK_ARCHIVE_AR]
            case .cabinet: [WINDSOCK_ARCHIVE_CABINET]
            case .iso: [WINDSOCK_ARCHIVE_ISO9660]
            case .sevenZip: [WINDSOCK_ARCHIVE_7ZIP]
            case .xar: [WINDSOCK_ARCHIVE_XAR]
            case .database, .mail, .pdf, .image: []
            case .rpm: [WINDSOCK_ARCHIVE_RPM, WINDSOCK_ARCHIVE_COMPRESSED, WINDSOCK_ARCHIVE_CPIO]
            case .gzip, .bzip2, .xz, .zstd, .lz4, .lzip, .lzma, .compress:
                [WINDSOCK_ARCHIVE_COMPRESSED, WINDSOCK_ARCHIVE_TAR, WINDSOCK_ARCHIVE_CPIO, WINDSOCK_ARCHIVE_RAW]
            }
        return kinds.reduce(0) { $0 | $1.rawValue }
    }
}

import Archives
import Testing

@Suite struct ContainerFormatTests {
    /// A header of a tar file, without the mark of POSIX.
    private static let oldTar: [UInt8] = {
        var header = [UInt8](repeating: 0, count: 512)
        header.replaceSubrange(0..<5, with: Array("a.txt".utf8))
        for index in 148..<156 { header[index] = 0x20 }
        let sum = header.reduce(0) { $0 + Int($1) }
        let digits = String(sum, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8) + [0, 0x20])
        return header
    }()

    @Test(
        arguments: [
            ([0x50, 0x4b, 3, 4, 10, 0], .zip), ([0x50, 0x4b, 5, 6] + [UInt8](repeating: 0, count: 18), .zip),
            ([0x1f, 0x8b, 8, 0], .gzip), (Array("BZh9".utf8), .bzip2), ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], .xz),
            ([0x28, 0xb5, 0x2f, 0xfd], .zstd), (Array("!<arch>\n".utf8), .ar), (Array("070701".utf8), .cpio),
            (Array("MSCF\0\0\0\0".utf8), .cabinet), (Array("Rar!\u{1a}\u{7}\u{1}\0".utf8), .rar), (oldTar, .tar),
            ([0x5d, 0, 0, 0x80, 0] + [UInt8](repeating: 0xff, count: 8) + [0, 1, 2, 3, 4], .lzma),
            ([UInt8](repeating: 0, count: 32_769) + Array("CD001".utf8), .iso),
            // Others.
            ([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], nil), ([0x7f, 0x45, 0x4c, 0x46], nil), ([], nil),
            ([0x50, 0x4b], nil), ([UInt8](repeating: 0, count: 40_000), nil),
            ([0xc7, 0x71] + [UInt8](repeating: 1, count: 40), nil),
        ] as [([UInt8], ContainerFormat?)])
    func aFormatIsToldByTheFirstBytes(_ bytes: [UInt8], _ format: ContainerFormat?) {
        #expect(bytes.withUnsafeBytes { ContainerFormat($0) } == format)
    }

    /// What has no zero in it is taken for text.
    @Test(
        arguments: [
            ("BZh91AY&SYxx", .bzip2), ("BZh is how it begins", nil), ("(see below) and more", nil),
            ("PK\u{3}\u{4} text here", nil),
            ("", nil),
        ] as [(String, ContainerFormat?)])
    func aTextThatBeginsLikeOneIsNone(_ text: String, _ format: ContainerFormat?) {
        #expect(Array(text.utf8).withUnsafeBytes { ContainerFormat($0, isText: true) } == format)
    }
}

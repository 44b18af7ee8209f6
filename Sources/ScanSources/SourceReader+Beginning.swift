internal import Git
internal import Glibc

extension SourceReader {
    private static let beginningSize = 8192

    func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? {
        guard case .file = item.origin, let root, let path = item.path else { return nil }
        let absolute = Array(root.utf8) + [UInt8(ascii: "/")] + path.bytes
        let descriptor = absolute.map(CChar.init(bitPattern:)).withTerminator {
            open($0, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC)
        }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: Self.beginningSize) { buffer, count in
            count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}

internal import Git
internal import Platform

extension SourceReader {
    private static let beginningSize = 8192

    package func beginning(of item: ScanItem) throws(ReadFailure) -> [UInt8]? {
        if case .blob(let id) = item.origin { return beginning(of: id, count: Self.beginningSize) }
        if case .index(let id) = item.origin { return beginning(of: id, count: Self.beginningSize) }
        guard case .file = item.origin, let root, let path = item.path else { return nil }
        let descriptor = Self.openFile(path, below: root)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return [UInt8](unsafeUninitializedCapacity: Self.beginningSize) { buffer, count in
            count = max(0, Platform.read(descriptor, buffer.baseAddress, buffer.count))
        }
    }
}

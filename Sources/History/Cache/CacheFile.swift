internal import Platform

/// The cache on disk: a mark, the key, the number of records, the records, a snapshot or nothing, and a checksum of all
/// that.
///
/// A file is written whole under another name and then renamed, so that a reader sees the old one or the new one. Who writes
/// holds a lock on that other name; the lock goes with the process, so that a killed one leaves nothing that stands in the
/// way of the next.
enum CacheFile {
    /// Names the form. Another form gets another name, so that old files count as none.
    private static let mark = Array("windsock cache 5".utf8)
    private static let headerSize = mark.count + CacheKey.byteCount + 8
    private static let checksumSize = 8

    // MARK: Reading

    /// What is in a file.
    struct Content: Sendable {
        var table = RecordTable.empty
        var snapshot: HistorySnapshot?
    }

    static func read(_ path: String, key: CacheKey) -> Content {
        guard let bytes = content(of: path), let content = decode(bytes, key: key) else { return Content() }
        return content
    }

    private static func content(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, isTrusted(status) else { return nil }
        let size = Int(status.st_size)
        // Read rather than mapped: whatever is done to the file meanwhile, this process survives it.
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let read = Platform.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if read < 0, errno == EINTR { continue }
                if read <= 0 { break }
                count += read
            }
        }
        return bytes.count == size ? bytes : nil
    }

    /// Whoever can write the file can hide a secret: it must be one's own, or root's, and nobody else's to write.
    private static func isTrusted(_ status: stat) -> Bool {
        (status.st_uid == geteuid() || status.st_uid == 0) && status.st_mode & (S_IWGRP | S_IWOTH) == 0
    }

    private static func decode(_ bytes: [UInt8], key: CacheKey) -> Content? {
        let bodySize = bytes.count - headerSize - checksumSize
        guard bodySize >= 0, bytes.starts(with: mark),
            bytes[mark.count..<(mark.count + CacheKey.byteCount)].elementsEqual(key.bytes)
        else { return nil }
        let body = bytes.count - checksumSize
        return bytes.withUnsafeBytes { raw in
            let count = integer(raw, headerSize - 8)
            guard count <= UInt64(bodySize / Record.byteCount),
                integer(raw, body) == checksum(UnsafeRawBufferPointer(rebasing: raw[..<body]))
            else { return nil }
            let recordsEnd = headerSize + Int(count) * Record.byteCount
            let records = stride(from: headerSize, to: recordsEnd, by: Record.byteCount).map {
                Record(high: integer(raw, $0), low: integer(raw, $0 + 8))
            }
            guard records.allSatisfy({ ObjectState(rawValue: UInt8($0.low & Record.stateMask)) != nil }),
                let table = RecordTable(sorted: records)
            else { return nil }
            guard recordsEnd < body else { return Content(table: table) }
            guard let snapshot = HistorySnapshot(bytes: bytes[recordsEnd..<body]) else { return nil }
            return Content(table: table, snapshot: snapshot)
        }
    }

    private static func integer(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Finds damage; against forgery nothing in a file could help. Each step maps different sums to different sums, so that
    /// no single changed word goes unnoticed.
    static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var sum = UInt64(bytes.count)
        func add(_ word: UInt64) {
            sum = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
            sum = sum << 29 | sum >> 35
        }
        let words = bytes.count / 8
        for index in 0..<words { add(bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self).littleEndian) }
        for byte in bytes[(words * 8)...] { add(UInt64(byte)) }
        return sum ^ sum >> 31
    }

    // MARK: Writing

    static func encode(_ content: Content, key: CacheKey) -> [UInt8] {
        let table = content.table
        var bytes = mark + key.bytes
        bytes.reserveCapacity(headerSize + table.records.count * Record.byteCount + checksumSize)
        func append(_ number: UInt64) { withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) } }
        append(UInt64(table.records.count))
        for record in table.records {
            append(record.high)
            append(record.low)
        }
        if let snapshot = content.snapshot { bytes += snapshot.bytes }
        append(bytes.withUnsafeBytes(checksum))
        return bytes
    }

    /// Replaces the file, one process at a time.
    ///
    /// - Parameter content: Called under the lock.
    static func replace(_ path: String, _ content: () -> [UInt8]) -> Bool {
        guard let slash = path.lastIndex(of: "/") else { return false }
        let folder = String(path[..<slash])
        if mkdir(folder, 0o777) != 0, errno != EEXIST { return false }
        let temporary = path + ".new"
        guard let descriptor = lock(temporary) else { return false }
        // Closing gives up the lock.
        defer { close(descriptor) }
        guard ftruncate(descriptor, 0) == 0, write(content(), to: descriptor), fsync(descriptor) == 0,
            rename(temporary, path) == 0
        else {
            unlink(temporary)
            return false
        }
        let folderDescriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folderDescriptor >= 0 {
            fsync(folderDescriptor)
            close(folderDescriptor)
        }
        return true
    }

    /// Opens the temporary file and locks it; whoever held the lock before may have renamed what was opened.
    ///
    /// A process that holds it for seconds is stuck, and nobody should wait for a cache.
    private static func lock(_ path: String) -> Int32? {
        for _ in 0..<100 {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else { return nil }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
                var own = stat()
                var named = stat()
                if fstat(descriptor, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino,
                    own.st_dev == named.st_dev
                {
                    return descriptor
                }
                close(descriptor)
            } else {
                let isBusy = errno == EWOULDBLOCK || errno == EINTR
                close(descriptor)
                guard isBusy else { return nil }
                usleep(20_000)
            }
        }
        return nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var written = 0
            while written < buffer.count {
                let count = Platform.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return false }
                written += count
            }
            return true
        }
    }
}

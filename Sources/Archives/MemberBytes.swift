internal import Platform

/// The content of a member, as far as it was read. Memory is reused from member to member.
final class MemberBytes {
    private var storage: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    /// What one unusually large member made it grow to is given back after it.
    private static let keptCapacity = 1 << 20

    init() { storage = .init(start: malloc(1 << 16), count: 1 << 16) }

    deinit { free(storage.baseAddress) }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

    /// Room behind what was read, `limit` bytes at the most and not empty unless the limit is reached.
    func room(upTo limit: Int) -> UnsafeMutableRawBufferPointer {
        if count == storage.count, count < limit {
            let capacity = min(limit, storage.count * 2)
            // Without a copy where there is much: both at once would be twice the memory.
            storage = .init(start: realloc(storage.baseAddress, capacity), count: capacity)
        }
        return UnsafeMutableRawBufferPointer(rebasing: storage[count..<max(count, min(limit, storage.count))])
    }

    func add(_ received: Int) { count += received }

    func clear() {
        count = 0
        if storage.count > Self.keptCapacity {
            free(storage.baseAddress)
            storage = .init(start: malloc(1 << 16), count: 1 << 16)
        }
    }
}

internal import Bytes
internal import CCurl

/// Bytes that hold a key or may: a request's parts, a response's body. Wiped when nobody needs them any more.
///
/// A class, so that there is one copy.
package final class SecretBuffer: @unchecked Sendable {
    // @unchecked: it is filled by its maker, before it is shared, and only read afterwards.
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    package private(set) var count = 0

    package init(capacity: Int = 64) {
        self.capacity = max(capacity, 1)
        memory = .allocate(capacity: self.capacity)
        memory[0] = 0
    }

    package convenience init(_ bytes: some Collection<UInt8>) {
        self.init(capacity: bytes.count + 1)
        append(bytes)
    }

    deinit { release() }

    private func release() {
        windsock_wipe(memory, capacity)
        memory.deallocate()
    }

    /// Overwrites other memory that held a key.
    package static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        windsock_wipe(memory.baseAddress, memory.count)
    }

    package func append(_ byte: UInt8) { append(CollectionOfOne(byte)) }

    package func append(_ bytes: some Collection<UInt8>) {
        let total = count + bytes.count
        // A zero byte always stands behind the last one, for C.
        if total + 1 > capacity {
            let larger = max(total + 1, capacity * 2)
            let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
            new.update(from: memory, count: count)
            release()
            (memory, capacity) = (new, larger)
        }
        var next = memory + count
        for byte in bytes {
            next.pointee = byte
            next += 1
        }
        next.pointee = 0
        count = total
    }

    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// The bytes with a zero byte behind them.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try memory.withMemoryRebound(to: CChar.self, capacity: count + 1) { try body($0) }
    }

    /// Overwrites every occurrence of a text with asterisks.
    func mask(_ text: SecretBuffer) {
        text.withBytes { needle in
            guard !needle.isEmpty else { return }
            var position = 0
            while position + needle.count <= count {
                let here = UnsafeRawBufferPointer(start: memory + position, count: needle.count)
                guard here[0] == needle[0], here.elementsEqual(needle) else {
                    position += 1
                    continue
                }
                (memory + position).update(repeating: .asterisk, count: needle.count)
                position += needle.count
            }
        }
    }
}

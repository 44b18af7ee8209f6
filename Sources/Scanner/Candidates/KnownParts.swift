internal import CLiteralSearch

/// The keywords of parts of texts that were searched lately.
///
/// Every second change in a history was seen before, in most cases a few blobs ago: a pack stores several blobs as
/// differences from one, and each tells anew what the last one told. The keywords in such a part are those that were found
/// there then. A part is known again by a keyed fingerprint of 64 bits and its length.
struct KnownParts: ~Copyable {
    private struct Part {
        var fingerprint: UInt64 = 0
        /// In bytes; 0: none is known.
        var length: UInt32 = 0
        var hitCount: UInt32 = 0
    }

    struct Hit {
        /// Of the keyword's first byte, from the beginning of the part.
        var offset: UInt16
        /// Its number in the prefilter.
        var keyword: UInt16
    }

    /// Where a part is kept, or would be.
    struct Slot {
        fileprivate let number: Int
        let fingerprint: UInt64
        fileprivate let length: UInt32
    }

    /// In six histories four thousand know nine of ten of those that were ever seen.
    private static let partCount = 4096
    /// Parts with more keywords are searched each time.
    private static let hitLimit = 24
    /// To search a shorter part takes no longer than to look it up.
    private static let lengths = 64...Int(UInt16.max)

    private let parts: UnsafeMutableBufferPointer<Part>
    private let hits: UnsafeMutableBufferPointer<Hit>
    private let key: [UInt64]
    private let isUsed: Bool

    /// - Parameter keywordCount: How many the prefilter has; `nil`: no parts will be asked for.
    init(keywordCount: Int?) {
        isUsed = keywordCount.map { $0 <= UInt16.max } ?? false
        let partCount = isUsed ? Self.partCount : 0
        var generator = SystemRandomNumberGenerator()
        key = (0..<4).map { _ in generator.next() }
        parts = .allocate(capacity: partCount)
        parts.initialize(repeating: Part())
        hits = .allocate(capacity: partCount * Self.hitLimit)
        hits.initialize(repeating: Hit(offset: 0, keyword: 0))
    }

    deinit {
        parts.deallocate()
        hits.deallocate()
    }

    /// - Returns: `nil` if parts of this length are not kept.
    func place(of part: UnsafeRawBufferPointer) -> Slot? {
        guard isUsed, Self.lengths.contains(part.count), let bytes = part.baseAddress else { return nil }
        let fingerprint = windsock_fingerprint(bytes.assumingMemoryBound(to: UInt8.self), part.count, key)
        return Slot(
            number: Int(truncatingIfNeeded: fingerprint >> 32) % Self.partCount, fingerprint: fingerprint,
            length: UInt32(part.count))
    }

    /// How many keywords stand in a part; `nil` if it is not known.
    func hitCount(at place: Slot) -> Int? {
        let part = parts[place.number]
        return part.fingerprint == place.fingerprint && part.length == place.length ? Int(part.hitCount) : nil
    }

    /// One of the keywords of a known part, in the order in which they were noted.
    func hit(_ index: Int, at place: Slot) -> Hit { hits[place.number * Self.hitLimit + index] }

    /// Forgets what was kept at a place: its keywords are noted next.
    func begin(_ place: Slot) { parts[place.number] = Part(fingerprint: place.fingerprint) }

    func note(_ keyword: Int, at offset: Int, in place: Slot) {
        let count = Int(parts[place.number].hitCount)
        parts[place.number].hitCount += 1
        guard count < Self.hitLimit else { return }
        hits[place.number * Self.hitLimit + count] = Hit(offset: UInt16(offset), keyword: UInt16(keyword))
    }

    /// Keeps a part whose keywords were noted, if they are few.
    func end(_ place: Slot) {
        guard parts[place.number].hitCount <= Self.hitLimit else { return }
        parts[place.number].length = place.length
    }
}

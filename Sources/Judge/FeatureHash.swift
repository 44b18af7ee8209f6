/// FNV-1a, 32 bits: `fnv` and `word_hash` in `features.py`.
struct FeatureHash {
    private(set) var state: UInt32 = 0x811c_9dc5

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        state = (state ^ UInt32(byte)) &* 0x0100_0193
    }

    @inline(__always)
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { add(byte) }
    }

    /// The hash as the index of a weight.
    @inline(__always)
    var index: Int { Int(state ^ state >> 16) & (JudgeModel.size &- 1) }
}

/// What a feature is made of.
protocol FeaturePart {
    func add(to hash: inout FeatureHash)
}

extension UInt8: FeaturePart {
    @inline(__always)
    func add(to hash: inout FeatureHash) { hash.add(self) }
}

extension UnsafeRawBufferPointer: FeaturePart {
    @inline(__always)
    func add(to hash: inout FeatureHash) { hash.add(self) }
}

extension StaticString: FeaturePart {
    @inline(__always)
    func add(to hash: inout FeatureHash) {
        hash.add(UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount))
    }
}

/// A small number, as two bytes.
struct FeatureNumber: FeaturePart {
    let value: Int

    @inline(__always)
    init(_ value: Int) { self.value = Swift.max(0, Swift.min(value, 0xffff)) }

    @inline(__always)
    func add(to hash: inout FeatureHash) {
        hash.add(UInt8(truncatingIfNeeded: value >> 8))
        hash.add(UInt8(truncatingIfNeeded: value))
    }
}

/// The index of a feature: of its space and its parts, with a zero between these.
@inline(__always)
func fnv(_ space: UInt8) -> Int {
    var hash = FeatureHash()
    hash.add(space)
    return hash.index
}

@inline(__always)
func fnv(_ space: UInt8, _ part: some FeaturePart) -> Int {
    var hash = FeatureHash()
    hash.add(space)
    part.add(to: &hash)
    return hash.index
}

@inline(__always)
func fnv(_ space: UInt8, _ first: some FeaturePart, _ second: some FeaturePart) -> Int {
    var hash = FeatureHash()
    hash.add(space)
    first.add(to: &hash)
    hash.add(0)
    second.add(to: &hash)
    return hash.index
}

@inline(__always)
func fnv(
    _ space: UInt8, _ first: some FeaturePart, _ second: some FeaturePart, _ third: some FeaturePart
) -> Int {
    var hash = FeatureHash()
    hash.add(space)
    first.add(to: &hash)
    hash.add(0)
    second.add(to: &hash)
    hash.add(0)
    third.add(to: &hash)
    return hash.index
}

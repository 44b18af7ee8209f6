/// Which words are names of providers: their hashes in ascending order, packed.
struct ProviderHashes: Sendable {
    /// 257 numbers of two digits: how many hashes have a smaller first byte.
    let starts: PackedNumbers
    /// Six digits each.
    let hashes: PackedNumbers

    @inline(__always)
    func contains(_ word: UnsafeRawBufferPointer) -> Bool {
        var hash = FeatureHash()
        for byte in word { hash.add(byte.inLowerCase) }
        return contains(hash.state)
    }

    /// Whether two words are the name of a provider together.
    @inline(__always)
    func contains(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
        var hash = FeatureHash()
        for byte in first { hash.add(byte.inLowerCase) }
        for byte in second { hash.add(byte.inLowerCase) }
        return contains(hash.state)
    }

    private func contains(_ hash: UInt32) -> Bool {
        let first = Int(hash >> 24)
        for index in starts.unsigned(at: 2 * first, digits: 2)..<starts.unsigned(at: 2 * first + 2, digits: 2)
        where hashes.unsigned(at: 6 * index, digits: 6) == Int(hash) { return true }
        return false
    }
}

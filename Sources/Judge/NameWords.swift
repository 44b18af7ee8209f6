extension Words {
    /// The last eight words of a name without its numbers; those that are a provider's are one `@`: `name_words` in
    /// `features.py`. What the judge knows must not depend on whose secret it was.
    ///
    /// - Parameter name: At most 64 bytes.
    init(ofName name: UnsafeRawBufferPointer, providers: ProviderHashes, in memory: UnsafeMutableRawBufferPointer) {
        self.init(in: memory)
        var (found, starts, ends) = (0, SIMD8<UInt8>(), SIMD8<UInt8>())
        var iterator = WordIterator(name)
        while let word = iterator.next() {
            if ByteClass(name[word.lowerBound]) == .digit { continue }
            starts[found % Self.capacity] = UInt8(truncatingIfNeeded: word.lowerBound)
            ends[found % Self.capacity] = UInt8(truncatingIfNeeded: word.upperBound)
            found &+= 1
        }
        func word(_ index: Int) -> UnsafeRawBufferPointer {
            let slot = index % Self.capacity
            return UnsafeRawBufferPointer(rebasing: name[Int(starts[slot])..<Int(ends[slot])])
        }
        var index = max(0, found - Self.capacity)
        while index < found {
            let first = word(index)
            if index + 1 < found, providers.contains(first, word(index + 1)) {
                appendProvider()
                index += 2
            } else {
                if providers.contains(first) { appendProvider() } else { append(first) }
                index += 1
            }
        }
    }

    private mutating func appendProvider() {
        withUnsafeBytes(of: UInt8.atSign) { append($0) }
    }
}

import Bytes

/// Reads private keys, each text once: in a history every version of a file holds the same key. One a thread.
final class KeyReader {
    /// A text is known again by a hash of 64 bits, keyed for the process, and its length.
    private struct Text: Hashable {
        let hash: Int
        let count: Int

        init(_ text: UnsafeRawBufferPointer) {
            var hasher = Hasher()
            hasher.combine(bytes: text)
            hash = hasher.finalize()
            count = text.count
        }
    }

    private var known: [Text: WrittenKey] = [:]

    /// More are forgotten, all at once.
    private static let limit = 256

    func key(_ text: UnsafeRawBufferPointer) -> WrittenKey {
        let place = Text(text)
        if let key = known[place] { return key }
        if known.count == Self.limit { known.removeAll(keepingCapacity: true) }
        let key = WrittenKey.inBase64(text) ?? WrittenKey(text)
        known[place] = key
        return key
    }
}

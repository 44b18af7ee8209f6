internal import Bytes
package import Judge

/// Finds all that a text assigns to names that hold certain words: what the judge's training and its tests begin with.
package struct AssignmentFinder: Sendable {
    private let prefilter: Prefilter
    private let lengths: [Int]

    /// - Parameter words: Lower case, 3 to 255 bytes each.
    package init(words: [String]) {
        prefilter = Prefilter(words.map { Prefilter.Keyword(bytes: Array($0.utf8)) })
        lengths = words.map(\.utf8.count)
    }

    /// - Parameter text: UTF-8, or anything that ASCII is a part of.
    package func assignments(in text: UnsafeRawBufferPointer) -> [Assignment] {
        var places = WindowList()
        let room = prefilter.makeHitBuffer()
        prefilter.forEachHit(in: text, buffer: room.hits) { offset, word in
            places.insert(offset..<offset + lengths[word])
        }
        var reader = AssignmentReader(text)
        for place in places.ranges { reader.read(at: place) }
        return reader.found
    }
}

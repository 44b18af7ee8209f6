internal import CLiteralSearch

/// Room for the keywords that one call of the prefilter finds. Owns its memory.
struct HitBuffer: ~Copyable {
    let hits: UnsafeMutableBufferPointer<windsock_hit>

    /// - Parameter count: There is room for so many hits.
    init(count: Int) { hits = .allocate(capacity: count) }

    deinit { hits.deallocate() }
}

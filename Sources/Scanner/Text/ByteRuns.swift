internal import CLiteralSearch

/// Finds runs of bytes of one kind.
enum ByteRuns {
    /// Appends the maximal runs of at least `minimum` bytes (1 to 64) in a part of a text.
    static func append(
        of kind: windsock_byte_kind, minimum: Int, in part: Range<Int>, of text: UnsafeRawBufferPointer,
        to runs: inout [Range<Int>]
    ) {
        withUnsafePointer(to: part) {
            append(of: kind, minimum: minimum, in: UnsafeBufferPointer(start: $0, count: 1), of: text, to: &runs)
        }
    }

    /// Appends the maximal runs of at least `minimum` bytes (1 to 64) in parts of a text.
    static func append(
        of kind: windsock_byte_kind, minimum: Int, in parts: ArraySlice<Range<Int>>, of text: UnsafeRawBufferPointer,
        to runs: inout [Range<Int>]
    ) {
        parts.withUnsafeBufferPointer { append(of: kind, minimum: minimum, in: $0, of: text, to: &runs) }
    }

    private static func append(
        of kind: windsock_byte_kind, minimum: Int, in parts: UnsafeBufferPointer<Range<Int>>,
        of text: UnsafeRawBufferPointer, to runs: inout [Range<Int>]
    ) {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var place = windsock_runs_place()
        // A range is laid out as the C structure is: its lower bound, its upper bound.
        parts.withMemoryRebound(to: windsock_run.self) { parts in
            // Two kilobytes are the most that is taken from the stack.
            withUnsafeTemporaryAllocation(of: windsock_run.self, capacity: 128) { buffer in
                while place.part < parts.count {
                    let found = windsock_byte_runs(
                        kind, base, text.count, minimum, parts.baseAddress, parts.count, &place, buffer.baseAddress,
                        buffer.count)
                    for run in buffer[..<found] { runs.append(Int(run.start)..<Int(run.end)) }
                }
            }
        }
    }
}

internal import CLiteralSearch

/// Finds runs of bytes of one kind.
enum ByteRuns {
    /// Appends the maximal runs of at least `minimum` bytes (1 to 64) in a part of a text.
    static func append(
        of kind: windsock_byte_kind, minimum: Int, in part: Range<Int>, of text: UnsafeRawBufferPointer,
        to runs: inout [Range<Int>]
    ) {
        guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
        var position = 0
        // A kilobyte is the most that is taken from the stack.
        withUnsafeTemporaryAllocation(of: windsock_run.self, capacity: 64) { buffer in
            while position < part.count {
                let found = windsock_byte_runs(
                    kind, base + part.lowerBound, part.count, text.count - part.lowerBound, minimum, &position,
                    buffer.baseAddress, buffer.count)
                for run in buffer[..<found] {
                    runs.append(part.lowerBound + Int(run.start)..<part.lowerBound + Int(run.end))
                }
            }
        }
    }
}

/// What of one file stands in a patch: the lines that it has afterwards.
struct PatchText {
    private(set) var bytes: [UInt8] = []
    private(set) var lines = PatchLines()

    /// Adds a line with its end.
    ///
    /// - Parameter number: Of the line in the file, from 1.
    mutating func append(_ line: ArraySlice<UInt8>, number: Int, isAdded: Bool) {
        bytes += line
        if line.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        lines.append(number, isAdded: isAdded)
    }

    /// Lines that are not in the patch lie between what comes next and what is there.
    mutating func appendGap(before number: Int) {
        if bytes.isEmpty { return }
        append([], number: max(1, number - 1), isAdded: false)
    }
}

import Bytes

/// Puts the parts of a snapshot one behind the other: numbers as 4 bytes, the most significant first; lists behind their
/// number.
struct SnapshotWriter {
    private(set) var bytes: [UInt8] = []

    /// What is larger than 4 bytes can say is written as the largest that they can.
    mutating func add(_ number: Int) {
        withUnsafeBytes(of: UInt32(clamping: number).bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ id: ObjectID) { id.withUnsafeBytes { bytes.append(contentsOf: $0) } }

    /// Adds bytes as they are, without their number.
    mutating func add(_ part: [UInt8]) { bytes += part }

    mutating func add<Element>(_ list: [Element], _ write: (inout SnapshotWriter, Element) -> Void) {
        add(list.count)
        for element in list { write(&self, element) }
    }
}

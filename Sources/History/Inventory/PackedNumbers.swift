/// The numbers in the packs of objects that are to be scanned, where they were known when the objects were listed.
///
/// An inventory lists what is in packs before what is not: the first number of a kind is that of the first object of its
/// list, and objects behind the last number are in no pack.
struct PackedNumbers: Sendable {
    var tags: [UInt32] = []
    var commits: [UInt32] = []
    var blobs: [UInt32] = []
}

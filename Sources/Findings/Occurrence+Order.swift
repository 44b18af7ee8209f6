internal import Bytes

extension Occurrence {
    /// The one order of places in reports: by path, then position, then what was read; the rest breaks ties, so that
    /// the order never depends on which thread found what first.
    package func precedes(_ other: Occurrence) -> Bool {
        if path != other.path { return path < other.path }
        if region.startLine != other.region.startLine { return region.startLine < other.region.startLine }
        if region.startColumn != other.region.startColumn { return region.startColumn < other.region.startColumn }
        // Files have no object, and there is one file of a path.
        let (object, otherObject) = (origin.object ?? .zero, other.origin.object ?? .zero)
        if object != otherObject { return object < otherObject }
        if region.endLine != other.region.endLine { return region.endLine < other.region.endLine }
        if region.endColumn != other.region.endColumn { return region.endColumn < other.region.endColumn }
        if decoders != other.decoders { return decoders.lexicographicallyPrecedes(other.decoders) }
        return decodedPosition.lexicographicallyPrecedes(other.decodedPosition)
    }

    /// What makes it a place of its own: two scans that read the same object find it twice.
    struct Place: Hashable {
        let path: String
        let origin: Origin
        let region: Region
        let decoders: [String]
        let decodedRegion: Region?
    }

    var place: Place {
        Place(path: path, origin: origin, region: region, decoders: decoders, decodedRegion: decodedRegion)
    }

    private var decodedPosition: [Int] {
        decodedRegion.map { [$0.startLine, $0.startColumn, $0.endLine, $0.endColumn] } ?? []
    }
}

import Findings

/// Where a result points.
struct SARIFLocation {
    private let occurrence: Occurrence
    private let artifacts: SARIFArtifacts

    init(_ occurrence: Occurrence, _ artifacts: SARIFArtifacts) {
        self.occurrence = occurrence
        self.artifacts = artifacts
    }

    func write(to writer: inout JSONWriter) {
        writer.field(
            "physicalLocation",
            object: {
                $0.field("artifactLocation", object: artifact)
                $0.field("region", object: region)
                if !occurrence.snippet.isEmpty, occurrence.members.isEmpty {
                    $0.field("contextRegion", object: context)
                }
            })
        if !occurrence.members.isEmpty {
            writer.field("logicalLocations", array: CollectionOfOne(occurrence)) { writer, occurrence in
                writer.object {
                    $0.field("fullyQualifiedName", occurrence.path)
                    $0.field("kind", "member")
                }
            }
        }
    }

    /// The member of a container: the location itself names the container, for that is what the repository has.
    func writeMember(to writer: inout JSONWriter, id: Int) {
        writer.field("id", id)
        writer.field(
            "physicalLocation",
            object: {
                $0.field(
                    "artifactLocation",
                    object: {
                        $0.field("uri", Self.uri(of: occurrence.members.last ?? "", isMember: true))
                        if let index = artifacts.member(of: occurrence) { $0.field("index", index) }
                    })
                $0.field("region", object: { region(occurrence.region, &$0) })
                if !occurrence.snippet.isEmpty { $0.field("contextRegion", object: context) }
            })
        writer.field("message", object: { $0.field("text", "Where it stands in the container.") })
    }

    /// As one of the other places of the same secret: without the line, which is the same with another name.
    func writeRelated(to writer: inout JSONWriter, id: Int) {
        writer.field("id", id)
        writer.field(
            "physicalLocation",
            object: {
                $0.field("artifactLocation", object: artifact)
                $0.field("region", object: region)
            })
        writer.field("message", object: { $0.field("text", "The same secret.") })
    }

    /// A path as a relative reference of RFC 3986.
    ///
    /// All but unreserved characters and slashes is encoded: a colon in the first component would be read as a
    /// scheme, `#` and `?` would end the path. A path from the root of the file system becomes a `file` address.
    ///
    /// - Parameter isMember: It is the name of a container's member, and no path from the root of anything.
    static func uri(of path: String, isMember: Bool = false) -> String {
        var bytes = Substring(path)
        while isMember, bytes.hasPrefix("/") { bytes = bytes.dropFirst() }
        while bytes.hasPrefix("./") { bytes = bytes.dropFirst(2) }
        // An empty reference would mean the report itself.
        let named = bytes.isEmpty ? "-" : String(bytes)
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = named.hasPrefix("/") ? Array("file://".utf8) : []
        for byte in named.utf8 {
            if isPlain(byte) {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            true
        default: false
        }
    }

    private func artifact(_ writer: inout JSONWriter) {
        let uri = Self.uri(of: occurrence.file)
        writer.field("uri", uri)
        if !uri.hasPrefix("file:") { writer.field("uriBaseId", "%SRCROOT%") }
        if let index = artifacts.container(of: occurrence) { writer.field("index", index) }
    }

    private func region(_ writer: inout JSONWriter) { region(occurrence.regionInFile, &writer) }

    private func region(_ region: Occurrence.Region, _ writer: inout JSONWriter) {
        writer.field("startLine", max(1, region.startLine))
        writer.field("startColumn", max(1, region.startColumn))
        writer.field("endLine", max(1, region.startLine, region.endLine))
        writer.field("endColumn", max(1, region.endColumn))
    }

    /// The line is redacted, so it is not the region's own text, which `region.snippet` would have to be.
    private func context(_ writer: inout JSONWriter) {
        writer.field("startLine", max(1, occurrence.region.startLine))
        writer.field("endLine", max(1, occurrence.region.startLine, occurrence.region.endLine))
        writer.field("snippet", object: { $0.field("text", occurrence.snippet) })
    }
}

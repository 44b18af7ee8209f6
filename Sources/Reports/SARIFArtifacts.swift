import Findings

/// The containers that findings stand in, and their members: each once, a member with the number of what it is in (`parentIndex`).
struct SARIFArtifacts {
    private struct Artifact {
        let uri: String
        let parent: Int?
        /// SHA-256 in hex, of an image and of its layers.
        let digest: String?
    }

    private var artifacts: [Artifact] = []
    /// By the container's path, and with the names of members behind it.
    private var indices: [[String]: Int] = [:]

    init(_ findings: [Finding]) {
        for occurrence in findings.lazy.flatMap(\.occurrences) where !occurrence.members.isEmpty {
            var chain: [String] = []
            var parent: Int?
            for name in [occurrence.file] + occurrence.members {
                chain.append(name)
                let index = indices[chain] ?? artifacts.count
                if index == artifacts.count {
                    artifacts.append(
                        Artifact(
                            uri: SARIFLocation.uri(of: name, isMember: parent != nil), parent: parent,
                            digest: Self.digest(of: occurrence.image, level: chain.count)))
                    indices[chain] = index
                }
                parent = index
            }
        }
    }

    /// What names an image, and a layer of it, by its content.
    ///
    /// - Parameter level: 1 for the image, 2 for what is directly in it.
    private static func digest(of place: ImagePlace?, level: Int) -> String? {
        let digest = level == 1 ? place?.image : level == 2 ? place?.layer?.digest : nil
        guard let digest, digest.hasPrefix("sha256:") else { return nil }
        return String(digest.dropFirst("sha256:".count))
    }

    /// The number of the container that something stands in; `nil`: it is in none.
    func container(of occurrence: Occurrence) -> Int? {
        occurrence.members.isEmpty ? nil : indices[[occurrence.file]]
    }

    /// The number of the member that something stands in; `nil`: it is in none.
    func member(of occurrence: Occurrence) -> Int? {
        occurrence.members.isEmpty ? nil : indices[[occurrence.file] + occurrence.members]
    }

    /// Writes all of them, if there are any.
    func write(to writer: inout JSONWriter) {
        guard !artifacts.isEmpty else { return }
        writer.field("artifacts", array: artifacts) { writer, artifact in
            writer.object {
                $0.field(
                    "location",
                    object: {
                        $0.field("uri", artifact.uri)
                        if artifact.parent == nil, !artifact.uri.hasPrefix("file:") {
                            $0.field("uriBaseId", "%SRCROOT%")
                        }
                    })
                if let parent = artifact.parent { $0.field("parentIndex", parent) }
                if let digest = artifact.digest { $0.field("hashes", object: { $0.field("sha-256", digest) }) }
            }
        }
    }
}

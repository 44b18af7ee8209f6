import Findings

/// The containers that findings stand in, and their members: each once, a member with the number of what it is in (`parentIndex`).
struct SARIFArtifacts {
    private struct Artifact {
        let uri: String
        let parent: Int?
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
                        Artifact(uri: SARIFLocation.uri(of: name, isMember: parent != nil), parent: parent))
                    indices[chain] = index
                }
                parent = index
            }
        }
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
            }
        }
    }
}

package import Archives
internal import Bytes
internal import Dispatch
internal import Findings
package import Images

/// The manifests and blobs of one image in a registry, as they are asked for.
package struct RegistryFiles: ImageFiles {
    private let client: RegistryClient
    /// The manifest or index that the name stands for.
    private let root: (path: String, bytes: [UInt8])

    private static let manifests = [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ].joined(separator: ", ")

    /// Asks what a name stands for, and lists the images.
    ///
    /// - Throws: `RegistryFailure` where the name stands for nothing that can be read.
    package static func open(
        _ client: RegistryClient
    ) throws(RegistryFailure) -> (catalog: ImageCatalog, files: RegistryFiles) {
        let reference = client.reference
        let version = reference.digest?.description ?? reference.tag
        let response = try client.get("manifests/\(version)", accept: manifests)
        let bytes = response.body.withBytes { Array($0) }
        guard let own = ImageDigest.sha256(of: bytes) else { throw RegistryFailure("could not be hashed") }
        let stated = reference.digest ?? response.header("docker-content-digest").flatMap { ImageDigest($0) }
        // What was asked for by its digest is called by it, and the catalogue finds that it is another.
        let name = stated.flatMap { $0.isVerifiable || reference.digest != nil ? $0 : nil } ?? own
        let files = RegistryFiles(client: client, root: ("manifests/\(name)", bytes))
        let catalog = ImageCatalog(of: files, root: name, name: reference.description, subject: reference.description)
        return (catalog, files)
    }

    package func size(of path: String) -> Int? { nil }
    package func path(of digest: ImageDigest) -> String? { "blobs/\(digest)" }
    package func path(ofManifest digest: ImageDigest) -> String? { "manifests/\(digest)" }

    package func stream(of path: String) throws(ByteStreamFailure) -> any ByteStream {
        if path == root.path { return MemoryStream(root.bytes) }
        if path.hasPrefix("manifests/") {
            do throws(RegistryFailure) {
                return MemoryStream(try client.get(path, accept: Self.manifests).body.withBytes { Array($0) })
            } catch {
                throw ByteStreamFailure(error.message)
            }
        }
        let pipe = BlobPipe()
        let client = client
        DispatchQueue(label: "blob").async {
            do throws(RegistryFailure) {
                _ = try client.get(path) { pipe.put($0) }
                pipe.end(nil)
            } catch {
                pipe.end(ByteStreamFailure(error.message))
            }
        }
        return BlobStream(pipe)
    }
}

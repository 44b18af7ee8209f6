package import Archives

/// The files that an image is kept in: of an archive, of a folder, or of a registry.
package protocol ImageFiles: Sendable {
    /// In bytes; `nil`: there is no such file. Of a file that is there and whose size is not known, 0.
    ///
    /// - Parameter path: Relative, `/` between its components, as the archive has it.
    func size(of path: String) -> Int?
    /// The content of a file.
    func stream(of path: String) throws(ByteStreamFailure) -> any ByteStream
    /// What is called by a digest; `nil`: there is no such blob.
    func path(of digest: ImageDigest) -> String?
    /// The same of a manifest or an index, which registries keep apart.
    func path(ofManifest digest: ImageDigest) -> String?
}

extension ImageFiles {
    package func path(ofManifest digest: ImageDigest) -> String? { path(of: digest) }

    /// The content of a small file.
    ///
    /// - Parameter limit: In bytes; what is longer is refused.
    func bytes(of path: String, upTo limit: Int) throws(ByteStreamFailure) -> [UInt8] {
        let stream = try stream(of: path)
        var bytes: [UInt8] = []
        while true {
            let piece = try stream.next()
            if piece.isEmpty { return bytes }
            guard bytes.count + piece.count <= limit else {
                throw ByteStreamFailure("it is larger than \(limit >> 20) MiB")
            }
            bytes += piece
        }
    }
}

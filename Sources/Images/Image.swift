/// An image: its configuration and its layers, the lowest first.
package struct Image: Sendable {
    /// Of its manifest; of an old `docker save`, which has none, of its configuration.
    package var digest: String
    /// Such as `example.org/app:1.2`.
    package var names: [String]
    /// `linux/arm64/v8`; `nil`: it does not say.
    package var platform: String?
    /// `nil` where there is none, or it could not be read.
    package var config: ImageConfig?
    package var layers: [ImageLayer]
}

/// A layer, or another blob that a manifest lists: an attestation, a chart.
package struct ImageLayer: Sendable, Hashable {
    /// What it is called by; `nil`: the format has no digest for it.
    package var digest: ImageDigest?
    /// Where it is among the files of the image.
    package var path: String
    /// In bytes, as the manifest says; `nil`: it does not.
    package var size: Int?
    package var mediaType: String
    /// The command that made it, as the history has it; `nil`: it does not say.
    package var command: String?
    /// Whether the digest is of the content as it is stored; otherwise of the content without its compression.
    package var isDigestOfStored = true

    /// As reports call it.
    package var name: String {
        if let digest { return digest.short }
        let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? path
        return folder.count == 64 ? String(folder.prefix(12)) : folder
    }

    /// The whole digest, or the name of one that has none.
    package var fullName: String { digest?.description ?? name }
}

package import Images
package import ScanSources

/// Images that are to be scanned, and what reports call them.
package struct ImageTarget: Sendable {
    /// What keeps them from being read.
    package typealias Failure = SourceError

    /// The path of an archive or a folder, or a name in a registry.
    package let name: String
    /// Where the images are read from. Called once, when the scan begins.
    let open: @Sendable () throws(Failure) -> (catalog: ImageCatalog, files: any ImageFiles)

    /// Images that are had in a way of their own, as from a registry.
    package init(
        name: String,
        open: @escaping @Sendable () throws(Failure) -> (catalog: ImageCatalog, files: any ImageFiles)
    ) {
        self.name = name
        self.open = open
    }

    /// A folder: an OCI layout, an unpacked `docker save`, a folder of skopeo, or the storage of a registry.
    package init(folder path: String) {
        self.init(name: path) { () throws(SourceError) in
            guard let files = FolderFiles(path: path) else {
                throw SourceError(
                    attempt: "scan the image in", subject: path, message: "there is no such folder",
                    advice: "Name a folder with an oci-layout; for an archive use `windsock scan FILE`")
            }
            return (ImageCatalog(of: files, subject: path), files)
        }
    }

    /// An archive whose list was read.
    init(_ files: TarFiles, name: String) {
        self.init(name: name) { () throws(SourceError) in (ImageCatalog(of: files, subject: name), files) }
    }
}

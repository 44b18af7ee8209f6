package import Archives
internal import Bytes
internal import Platform

/// The files of a folder that an image is kept in: an OCI layout, an unpacked `docker save`, a folder of skopeo, or a registry's storage.
package struct FolderFiles: ImageFiles {
    /// Absolute, links resolved.
    private let root: String

    /// - Returns: `nil`: there is no such folder.
    package init?(path: String) {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        var status = stat()
        guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
        root = String(cString: resolved)
    }

    package func size(of path: String) -> Int? { location(of: path)?.size }

    package func stream(of path: String) throws(ByteStreamFailure) -> any ByteStream {
        guard let location = location(of: path) else { throw ByteStreamFailure("it is not there") }
        do throws(SystemError) {
            let bytes = try StoredBytes(path: location.path)
            return PartStream(bytes, 0..<bytes.count)
        } catch {
            throw ByteStreamFailure(error.reason)
        }
    }

    package func path(of digest: ImageDigest) -> String? {
        let (name, hex) = (digest.algorithm, digest.hex)
        return [
            "blobs/\(name)/\(hex)", hex, "\(name)-\(hex)", "\(registry)blobs/\(name)/\(hex.prefix(2))/\(hex)/data",
        ].first { size(of: $0) != nil }
    }

    /// Where a registry keeps its images, from the folder: it may be named at any of these heights.
    private var registry: String {
        ["docker/registry/v2/", "registry/v2/", "v2/", ""].first { names(in: $0 + "repositories") != nil } ?? ""
    }

    /// The names in a folder; `nil`: there is none.
    func names(in path: String) -> [String]? {
        guard let stream = opendir("\(root)/\(path)") else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What the tags of a registry's repositories stand for.
    ///
    /// - Returns: `nil`: it is no registry's folder.
    func registryTags() -> [(name: String, digest: ImageDigest)]? {
        guard names(in: registry + "repositories") != nil else { return nil }
        var tags: [(name: String, digest: ImageDigest)] = []
        var folders = [""]
        while let folder = folders.popLast(), tags.count < Self.maximumTags {
            let path = registry + "repositories" + (folder.isEmpty ? "" : "/" + folder)
            for name in (names(in: path) ?? []).reversed() {
                if name == "_manifests" {
                    tags += self.tags(of: folder, in: path + "/_manifests")
                } else if !name.hasPrefix("_"), folder.split(separator: "/").count < 16 {
                    folders.append(folder.isEmpty ? name : "\(folder)/\(name)")
                }
            }
        }
        return tags
    }

    private static let maximumTags = 10_000

    private func tags(of repository: String, in folder: String) -> [(name: String, digest: ImageDigest)] {
        var tagged: [(name: String, digest: ImageDigest)] = (names(in: folder + "/tags") ?? []).compactMap { tag in
            digest(in: "\(folder)/tags/\(tag)/current/link").map { ("\(repository):\(tag)", $0) }
        }
        // What no tag leads to any more can be had by its digest all the same.
        let known = Set(tagged.map(\.digest))
        for algorithm in names(in: folder + "/revisions") ?? [] {
            for hex in names(in: "\(folder)/revisions/\(algorithm)") ?? [] {
                guard let digest = ImageDigest("\(algorithm):\(hex)"), !known.contains(digest) else { continue }
                tagged.append(("\(repository)@\(digest)", digest))
            }
        }
        return tagged
    }

    private func digest(in path: String) -> ImageDigest? {
        do throws(ByteStreamFailure) {
            let text = String(decoding: try bytes(of: path, upTo: 1 << 10), as: UTF8.self)
            return ImageDigest(text.filter { !$0.isWhitespace })
        } catch {
            return nil
        }
    }

    /// A regular file below the folder, wherever links lead.
    private func location(of path: String) -> (path: String, size: Int)? {
        guard let resolved = realpath("\(root)/\(path)", nil) else { return nil }
        defer { free(resolved) }
        let found = String(cString: resolved)
        var status = stat()
        guard found.hasPrefix(root == "/" ? "/" : root + "/"), stat(found, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        return (found, Int(status.st_size))
    }
}

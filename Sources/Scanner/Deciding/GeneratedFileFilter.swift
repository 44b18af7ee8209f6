import Bytes

/// Knows files that programs write and that are full of digests: a rule that judges by what stands near would find
/// keys in them that are none. Rules whose tokens have a form of their own look at them all the same.
enum GeneratedFileFilter {
    private static let names: [StaticString] = [
        "go.sum", "go.work.sum", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb",
        "packages.lock.json", "project.assets.json", "gradle.lockfile", "checksums.txt", "sha256sums", "md5sums",
        "asset-manifest.json", "verification-metadata.xml", "package.resolved", "deps.edn.lock", "mix.lock",
        "flake.lock",
    ]

    /// Whether the file of a path, by its name, is a lock file, a manifest of digests or the like.
    static func isGenerated(_ path: String) -> Bool {
        var path = path
        // Bytes: this is asked of nearly every file.
        return path.withUTF8 { bytes in
            let start = bytes.lastIndex(of: 0x2f).map { $0 + 1 } ?? 0
            let name = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[start...])
            let ends = { (suffix: StaticString) in
                let length = suffix.utf8CodeUnitCount
                return name.count >= length && name.slice(name.count - length..<name.count).containsCaseless(suffix)
            }
            return ends(".lock") || ends(".sha256")
                || names.contains { $0.utf8CodeUnitCount == name.count && name.containsCaseless($0) }
        }
    }
}

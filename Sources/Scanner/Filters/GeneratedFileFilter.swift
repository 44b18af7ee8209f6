/// Knows files that programs write and that are full of digests: a rule that judges by what stands near would find
/// keys in them that are none. Rules whose tokens have a form of their own look at them all the same.
enum GeneratedFileFilter {
    private static let names: Set<String> = [
        "go.sum", "go.work.sum", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb",
        "packages.lock.json", "project.assets.json", "gradle.lockfile", "checksums.txt", "sha256sums", "md5sums",
        "asset-manifest.json", "verification-metadata.xml", "package.resolved", "deps.edn.lock", "mix.lock",
        "flake.lock",
    ]

    /// Whether the file of a path, by its name, is a lock file, a manifest of digests or the like.
    static func isGenerated(_ path: String) -> Bool {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        return names.contains(name) || name.hasSuffix(".lock") || name.hasSuffix(".sha256")
    }
}

import ArgumentParser
import Pipeline

/// How deep containers are opened: archives, and what is compressed.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many containers deep it is looked: zip, tar, 7z, deb and their like, and what is compressed; 0: into none.",
            discussion: "Default: 2; 8 in files that are named and in audits; 0 in hooks.", valueName: "number"))
    var archives: Int?

    /// Each level holds its container in memory.
    private static let deepest = 32

    func validate() throws {
        if let archives, !(0...Self.deepest).contains(archives) {
            throw ValidationError("--archives must be 0 to \(Self.deepest), not \(archives).")
        }
    }

    /// What the option says, or else what is usual.
    func depth(usually usual: ArchiveDepth = .standard) -> ArchiveDepth {
        archives.map { ArchiveDepth(found: $0, named: $0) } ?? usual
    }
}

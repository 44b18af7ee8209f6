import Bytes
import Findings
import Git
package import Packages
package import ScanSources

/// The files that would be published, and no other.
package struct PackageSource: ScanSource {
    private let folder: String
    private let kinds: [PackageKind]

    /// - Parameters:
    ///   - folder: Of the project.
    ///   - kinds: What is published; empty: what the files of the project say.
    package init(folder: String, kinds: [PackageKind]) {
        self.folder = folder
        self.kinds = kinds
    }

    /// What would be published.
    package struct Listing: Sendable {
        package var plan: Plan
        /// In sentences without a full stop.
        package var notes: [String]
    }

    package func plan() throws(SourceError) -> Plan { try listing().plan }

    package func listing() throws(SourceError) -> Listing {
        let packager = try packager()
        let kinds = kinds.isEmpty ? packager.kinds : kinds
        guard !kinds.isEmpty else {
            throw SourceError(
                attempt: "scan the package in", subject: folder,
                message: "no package.json, pyproject.toml, setup.py, Cargo.toml, gemspec or Dockerfile is there",
                advice: "Name the folder of the project, or scan the folder itself with `windsock scan PATH`")
        }
        var listing = Listing(plan: Plan(root: packager.root), notes: [])
        var paths: Set<String> = []
        for kind in kinds {
            let contents = packager.contents(kind)
            paths.formUnion(contents.files)
            let count = contents.files.count
            listing.notes.append("as \(kind.rawValue), \(count) file\(count == 1 ? "" : "s") would be published")
            listing.notes += contents.notes
            if let (message, advice) = contents.objection {
                listing.plan.problems.append(Problem(subject: folder, message: message, advice: advice))
            }
        }
        for (path, reason) in packager.unlisted {
            listing.plan.problems.append(Problem(subject: path, message: "could not be listed: \(reason)"))
        }
        listing.plan.items = paths.sorted().map { ScanItem(path: PathBytes($0), origin: .file, size: nil) }
        return listing
    }

    package func makeReader() throws(SourceError) -> any BlobReader {
        let root = try packager().root
        do throws(GitError) {
            return try SourceReader(root: root)
        } catch {
            throw SourceError(error, attempt: "read", subject: folder)
        }
    }

    private func packager() throws(SourceError) -> Packager {
        do throws(SystemError) {
            return try Packager(folder)
        } catch {
            throw SourceError(
                attempt: "scan the package in", subject: folder, message: error.reason,
                advice: "Name the folder of a project")
        }
    }
}

extension Scan {
    /// Scans what a project would publish.
    func scan(package source: PackageSource, folder: String) throws(SourceError) -> ScanCollection {
        let listing = try source.listing()
        var collection = try pipeline.collect(
            ListedSource(plan: listing.plan), mode: .package, target: folder)
        collection.summary.setting.notes += listing.notes
        return collection.failingIfNothingWasRead()
    }
}

/// A list that was made before.
private struct ListedSource: ScanSource {
    let listed: Plan

    init(plan: Plan) { listed = plan }

    func plan() throws(SourceError) -> Plan { listed }

    func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            return try SourceReader(root: listed.root)
        } catch {
            throw SourceError(error, attempt: "read", subject: listed.root ?? "")
        }
    }
}

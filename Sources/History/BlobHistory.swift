internal import Bytes
package import Findings
package import ScanSources

/// Where an object belongs in the history: a blob, or a commit or tag whose message matters.
package struct BlobHistory: Sendable, Hashable {
    /// What there is to tell of it, as seen from the first of its paths.
    package private(set) var record: Occurrence.History
    /// Every path it had, the one at its introduction first. Of a blob that was only staged: where.
    package let paths: [PathBytes]
    /// For each path the commit that brought the blob there; fewer than there are paths where no commit did.
    var pathOrigins: [PathOrigin] = []

    /// Where a path can be found again.
    struct PathOrigin: Sendable, Hashable {
        var commit: ObjectID
        /// Which of the paths it is where the commit brought the blob, from 0, in the order of its tree.
        var ordinal: Int
    }

    /// - Parameter record: Without paths, which are added to it.
    package init(_ record: Occurrence.History, paths: [PathBytes]) {
        self.record = record
        self.paths = paths
        self.record.otherPaths = paths.dropFirst().map(\.description)
    }

    /// What there is to tell of it, as seen from one of its paths.
    package func record(at path: PathBytes) -> Occurrence.History {
        var record = record
        record.otherPaths = paths.filter { $0 != path }.map(\.description)
        return record
    }
}

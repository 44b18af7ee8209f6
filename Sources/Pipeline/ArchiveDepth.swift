internal import Findings
internal import ScanSources

/// How many containers deep a scan looks; 0: none is opened.
package struct ArchiveDepth: Sendable, Hashable {
    /// In what is found in folders, the index and histories.
    package var found: Int
    /// In what the user named, standard input included.
    package var named: Int

    package init(found: Int, named: Int) {
        self.found = found
        self.named = named
    }

    package static let none = ArchiveDepth(found: 0, named: 0)
    /// Where nobody says otherwise.
    package static let standard = ArchiveDepth(found: 2, named: 8)

    /// Where nobody waits.
    package static let audit = ArchiveDepth(found: 8, named: 8)

    func depth(for item: ScanItem) -> Int { item.isNamed || item.origin == .standardInput ? named : found }
}

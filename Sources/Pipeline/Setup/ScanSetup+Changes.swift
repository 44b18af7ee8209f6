package import Bytes
import Git
import ScanSources

// What commits that are scanned, or what nobody has staged, make of the files that say how scans are done.

extension ScanSetup {
    /// Commits that are scanned as one change.
    package struct Change: Sendable, Hashable {
        /// What was there before: of a new branch, where the others stand.
        package var bases: [ObjectID]
        /// What the change leads to.
        package var tip: ObjectID

        init(bases: [ObjectID], tip: ObjectID) {
            self.bases = bases
            self.tip = tip
        }

        /// What the push of a branch sends; `nil`: nothing, or it cannot be told, which the scan says.
        init?(_ branch: PushedBranch, to publication: RangeSource.Publication, repository: String) {
            if branch.isDeleted { return nil }
            do throws(SourceError) {
                let range = RangeSource(repositoryPath: repository, range: "\(branch.remote)..\(branch.local)")
                let new = RangeSource(repositoryPath: repository, unpublished: branch.local, to: publication)
                let ends = try (branch.isNew ? new : range).ends()
                self.init(bases: ends.bases, tip: ends.tip)
            } catch {
                return nil
            }
        }
    }

    /// The paths of files that a change makes or changes.
    ///
    /// - Parameter isWanted: Which of them are looked for.
    package func paths(in change: Change, where isWanted: (String) -> Bool) -> [String] {
        guard let repository else { return [] }
        do throws(GitError) {
            let trees = try change.bases.map { base throws(GitError) in try repository.commitLinks(base).tree }
            let tip = try repository.commitLinks(change.tip).tree
            return try repository.differences(from: trees.first, to: tip).compactMap { difference in
                let path = String(decoding: difference.path, as: UTF8.self)
                guard difference.status != .deleted, isWanted(path) else { return nil }
                // What another branch has as well comes from there.
                let isKnown = trees.dropFirst().contains {
                    repository.blob(at: difference.path, inTree: $0) == difference.newID
                }
                return isKnown ? nil : path
            }
        } catch {
            // What a shallow clone or a damaged repository lacks the scan tells.
            return []
        }
    }

    /// Whether the changes that are scanned make or change a file, or something in a folder.
    ///
    /// - Parameter path: As somebody has named it.
    /// - Returns: Its path from the top; `nil` where no change has to do with it.
    package func changed(_ path: String) -> String? {
        let above = root == "/" ? "/" : root + "/"
        let absolute = Self.absolute(path)
        guard absolute.hasPrefix(above) else { return nil }
        let own = String(absolute.dropFirst(above.count))
        let isChanged = changes.contains { !paths(in: $0) { $0 == own || $0.hasPrefix(own + "/") }.isEmpty }
        return isChanged ? own : nil
    }

    /// How a file that counts in a scan of what is staged differs from what the commit will have.
    package enum Unstaged: Sendable, Hashable {
        /// It counts as it is in the working directory, and the commit has none.
        case untold
        /// It counts as it is in the index, and the working directory has another.
        case changed
    }

    /// - Parameter path: From the top.
    /// - Returns: `nil` where the index has the file as it is, and in scans of anything else.
    package func unstaged(_ path: String) -> Unstaged? {
        guard version == .index else { return nil }
        do throws(SetupFile.Failure) {
            let own = try file(path, .files)
            guard let own else { return nil }
            guard let blob = indexed(path) else { return .untold }
            return try file(path, blob).text == own.text ? nil : .changed
        } catch {
            // What cannot be read is said where it is needed.
            return nil
        }
    }
}

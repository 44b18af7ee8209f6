import Findings
internal import Git
internal import Platform

/// What a sparse checkout leaves out of the working directory: tracked, committed, and not there to be read.
enum SparseCheckout {
    /// The files of a folder that are left out.
    ///
    /// - Parameters:
    ///   - folder: Relative to the root.
    ///   - root: The absolute folder that paths are relative to.
    ///   - rules: What is known of the folder's repository; `nil`: nothing is.
    static func omissions(
        in folder: PathBytes, of target: ScanTarget, below root: String, _ rules: IgnoreRules?
    ) -> [Omission] {
        let leftOut = rules?.leftOut ?? self.leftOut(of: target, below: root)
        return leftOut.filter { $0.isBelow(folder) && !isThere($0, root) }.map {
            Omission(reason: .outsideSparseCheckout, subject: $0.description)
        }
    }

    private static func leftOut(of target: ScanTarget, below root: String) -> [PathBytes] {
        guard let repository = target.repository, let folder = target.workingDirectory else { return [] }
        do throws(GitError) {
            return try IgnoreRules(repository, prefix: relativePath(of: folder, below: root) ?? PathBytes("")).leftOut
        } catch {
            // Without ignore rules the files are read whatever the index is like.
            return []
        }
    }

    /// Git leaves alone what somebody has put there.
    private static func isThere(_ path: PathBytes, _ root: String) -> Bool {
        var status = stat()
        let absolute = Array(root.utf8) + [UInt8(ascii: "/")] + path.bytes
        return absolute.map(CChar.init(bitPattern:)).withTerminator { lstat($0, &status) } == 0
    }
}

extension PathBytes {
    /// Whether it lies in a folder, or in one below that.
    fileprivate func isBelow(_ folder: PathBytes) -> Bool {
        folder.bytes.isEmpty || bytes.starts(with: folder.bytes + [UInt8(ascii: "/")])
    }
}

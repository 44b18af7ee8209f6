import Findings
import ScanSources
import Scanner

/// What was named and was not read: "clean" would be said of something that nobody has looked at.
extension ScanItem {
    /// What keeps the scan of an item from being complete although it was read.
    ///
    /// - Parameters:
    ///   - archive: What it is by its beginning, if the user named it.
    ///   - byteCount: Its length.
    func problem(_ result: BlobResult, _ archive: ArchiveFormat?, byteCount: Int) -> Problem? {
        if origin == .standardInput, byteCount == 0 {
            return Problem(
                subject: subject, message: "there was nothing to read",
                advice: "check that the command before the pipe has written something")
        }
        guard result.isBinary, let archive else { return nil }
        return Problem(
            subject: subject, message: "is an archive (\(archive.rawValue)), and what it holds was not looked at",
            advice: "unpack it, and scan the folder")
    }
}

extension Omission {
    /// What is said of it where the user named it; `nil`: it need not have been read.
    var problemIfNamed: Problem? {
        switch reason {
        case .largeFilePointer:
            Problem(
                subject: subject, message: "is a Git LFS pointer, and its content is not on this machine",
                advice: "git lfs pull --include \(subject)")
        case .specialFile, .symbolicLink:
            Problem(
                subject: subject, message: "became something else than a file while the scan ran, and was not read",
                advice: "run the scan again")
        case .tooLarge, .binary, .submodule, .outsideSparseCheckout, .excluded: nil
        }
    }
}

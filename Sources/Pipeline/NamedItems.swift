import Archives
import Findings
import ScanSources
import Scanner

/// What was named and was not read: "clean" would be said of something that nobody has looked at.
extension ScanItem {
    /// What is to be said where there was nothing to read.
    ///
    /// - Parameter byteCount: Its length.
    func problem(byteCount: Int) -> Problem? {
        guard origin == .standardInput, byteCount == 0 else { return nil }
        return Problem(
            subject: subject, message: "there was nothing to read",
            advice: "check that the command before the pipe has written something")
    }

    /// What is to be said of a container that was not opened.
    ///
    /// - Parameter objection: Why none can be; `nil`: none was to be.
    func problem(unopened format: ContainerFormat, _ objection: String?) -> Problem {
        let what = "\(format.description), and what it holds was not looked at"
        guard let objection else {
            return Problem(
                subject: subject, message: what, advice: "unpack it, and scan the folder, or leave out --archives 0")
        }
        return Problem(
            subject: subject, message: "\(what): \(objection)", advice: "install it, or unpack it and scan the folder")
    }

    /// What is to be said of a part of a container that was not read.
    func problem(_ cut: ContainerCut, path: String?) -> Problem {
        Problem(subject: subject(of: cut.names, path: path), message: cut.message, advice: cut.advice)
            .lasting(cut.isLasting)
    }

    /// Names a member in a problem, or the item itself.
    ///
    /// - Parameter path: Under which it was scanned: an object of a history has none of its own.
    func subject(of members: [String], path: String?) -> String {
        guard let path, case .blob = origin, path != subject else { return Occurrence.path(subject, members) }
        return "\(Occurrence.path(path, members)) (\(subject))"
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
        case .tooLarge, .binary, .archive, .submodule, .outsideSparseCheckout, .excluded: nil
        }
    }
}

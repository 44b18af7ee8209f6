import Findings
internal import Platform

/// A file that is none: reading it could block or do something.
enum SpecialFile {
    case pipe
    case socket
    case device

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        default: self = .device
        }
    }

    /// What is said where the user named it.
    func problem(_ subject: String) -> Problem {
        switch self {
        case .pipe:
            Problem(
                subject: subject, message: "is a named pipe (FIFO), which nothing need be written to, and was not read",
                advice: "let the shell open it: windsock scan - < PIPE")
        case .socket: Problem(subject: subject, message: "is a socket, and was not read")
        case .device:
            Problem(
                subject: subject, message: "is a device, and was not read",
                advice: "name files or folders; - is standard input")
        }
    }
}

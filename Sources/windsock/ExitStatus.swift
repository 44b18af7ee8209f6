/// What the command's exit code says.
enum ExitStatus: Int32 {
    /// Clean, and everything that was asked for was read.
    case clean = 0
    case findings = 1
    /// Wrong usage or a wrong configuration: nothing was scanned.
    case usage = 2
    /// Something could not be read, and nothing was found in the rest.
    case incomplete = 3
}

/// An error that ends the command, told in one line.
struct CommandFailure: Error, CustomStringConvertible {
    var code: ExitStatus
    var description: String

    init(_ description: String, code: ExitStatus = .usage) {
        self.code = code
        self.description = description
    }
}

import ScanSources

/// What the command's exit code says.
enum ExitStatus: Int32 {
    /// Clean, and everything that was asked for was read.
    case clean = 0
    case findings = 1
    /// Wrong usage or a wrong configuration: nothing was scanned.
    case usage = 2
    /// Something could not be read, and nothing was found in the rest.
    case incomplete = 3
    /// A key was confirmed live.
    case live = 4
}

extension ExitStatus {
    /// - Parameter error: Why nothing could be scanned.
    init(_ error: SourceError) { self = error.isUsage ? .usage : .incomplete }
}

/// An error that ends the command, told in one line.
struct CommandFailure: Error, CustomStringConvertible {
    var code: ExitStatus
    var description: String
    /// Whether someone stopped reading what was written: nothing is wrong here, and nobody wants to see the rest.
    var isClosedPipe = false

    init(_ description: String, code: ExitStatus = .usage) {
        self.code = code
        self.description = description
    }

    /// Says it on standard error.
    func tell() {
        if !isClosedPipe { StandardError.write("windsock: \(description)\n") }
    }
}

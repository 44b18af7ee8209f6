import Platform

/// Standard error, for messages and progress.
enum StandardError {
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// What cannot be written here has nowhere else to go.
    static func write(_ text: String) {
        _ = OutputFile.write(Array(EchoedArguments.masked(text).utf8), to: STDERR_FILENO)
    }
}

/// Standard output, for reports.
enum StandardOutput {
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Columns of the terminal, 80 if it does not say.
    static var width: Int { columnCount(of: STDOUT_FILENO) ?? 80 }
}

/// Whoever writes is told by an error, and tells it: neither a reader who has left nor a bound of the size of files kills.
func ignoreBrokenPipe() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
}

/// The text that the C library has for an error number.
func errorText(_ code: Int32) -> String { String(cString: strerror(code)) }

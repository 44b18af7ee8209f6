package import Bytes
internal import Platform

/// Runs programs.
package enum ChildProcess {
    /// What came of a program.
    package struct Outcome: Sendable {
        /// The exit code; negative: the signal that ended it.
        package var status: Int32
        /// Standard output.
        package var output: [UInt8]
        /// Standard error.
        package var errors: [UInt8]
    }

    /// Runs a program to its end; its standard input is empty.
    ///
    /// - Parameters:
    ///   - arguments: The name, which is looked up in `PATH`, and what follows it.
    ///   - environment: All variables of the program, each as `NAME=VALUE`.
    /// - Throws: Where it cannot be started. A program that fails is an outcome.
    package static func run(_ arguments: [String], environment: [String]) throws(SystemError) -> Outcome {
        // Files rather than pipes: nothing has to be read while the program runs.
        let (output, errors) = (try UnnamedFile(), try UnnamedFile())
        var streams = ChildStreams()
        streams.open("/dev/null", O_RDONLY, as: STDIN_FILENO)
        streams.use(output.descriptor, as: STDOUT_FILENO)
        streams.use(errors.descriptor, as: STDERR_FILENO)
        let process = try start(arguments, environment, &streams)
        return Outcome(status: wait(process), output: output.content, errors: errors.content)
    }

    /// Runs a program that speaks to servers: in a session of its own, without a terminal, and not for ever.
    ///
    /// - Parameters:
    ///   - arguments: The name, which is looked up in `PATH`, and what follows it.
    ///   - environment: All variables of the program, each as `NAME=VALUE`.
    ///   - limit: How long it may run, in seconds. Then it is ended, and all that it has started.
    ///   - isStopped: Asked several times a second: whether it is to be ended before.
    /// - Returns: `nil` where it was ended.
    /// - Throws: Where it cannot be started. A program that fails is an outcome.
    package static func run(
        _ arguments: [String], environment: [String], limit: Double, isStopped: () -> Bool
    ) throws(SystemError) -> Outcome? {
        let (output, errors) = (try UnnamedFile(), try UnnamedFile())
        var streams = ChildStreams()
        streams.open("/dev/null", O_RDONLY, as: STDIN_FILENO)
        streams.use(output.descriptor, as: STDOUT_FILENO)
        streams.use(errors.descriptor, as: STDERR_FILENO)
        let process = try start(arguments, environment, &streams, isApart: true)
        let ticks = Int(limit * 1_000_000) / Int(tick)
        for _ in 0..<max(1, ticks) {
            if let status = poll(process) {
                return Outcome(status: status, output: output.content, errors: errors.content)
            }
            if isStopped() { break }
            usleep(tick)
        }
        end(process)
        return nil
    }

    /// Starts a program and leaves it alone: in a session of its own, without a terminal, without input, and what it writes goes nowhere.
    ///
    /// - Parameters:
    ///   - arguments: The name, which is looked up in `PATH`, and what follows it.
    ///   - environment: All variables of the program, each as `NAME=VALUE`.
    /// - Throws: Where it cannot be started.
    package static func startApart(_ arguments: [String], environment: [String]) throws(SystemError) {
        var streams = ChildStreams()
        streams.open("/dev/null", O_RDONLY, as: STDIN_FILENO)
        streams.open("/dev/null", O_WRONLY, as: STDOUT_FILENO)
        streams.open("/dev/null", O_WRONLY, as: STDERR_FILENO)
        _ = try start(arguments, environment, &streams, isApart: true)
    }

    /// Between two looks at a program, in microseconds.
    private static let tick: UInt32 = 20_000

    /// Asks a program, and all of its session, to end; after a second it has to.
    private static func end(_ process: pid_t) {
        kill(-process, SIGTERM)
        for _ in 0..<50 {
            if poll(process) != nil {
                // What it has started may be left.
                kill(-process, SIGKILL)
                return
            }
            usleep(tick)
        }
        kill(-process, SIGKILL)
        wait(process)
    }

    /// - Returns: As `wait`; `nil` while it runs.
    private static func poll(_ process: pid_t) -> Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG) == process ? code(status) : nil
    }

    /// Starts a program with what its standard streams are to be.
    ///
    /// - Parameter isApart: Whether it gets a session of its own.
    static func start(
        _ arguments: [String], _ environment: [String], _ streams: inout ChildStreams, isApart: Bool = false
    ) throws(SystemError) -> pid_t {
        var process = pid_t()
        let name = arguments.first ?? ""
        let code = withCStrings(arguments) { arguments in
            withCStrings(environment) { streams.start(name, arguments, $0, process: &process, isApart: isApart) }
        }
        guard code == 0 else { throw SystemError(code, attempt: "run", subject: name) }
        return process
    }

    /// Waits for the end of a program.
    ///
    /// - Returns: Its exit code; negative: the signal that ended it.
    @discardableResult
    static func wait(_ process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return code(status)
    }

    /// - Parameter status: As the system has it.
    private static func code(_ status: Int32) -> Int32 {
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : -signal
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        copies.append(nil)
        return copies.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("an array with an element has no address") }
            return body(UnsafePointer(start))
        }
    }
}

/// A temporary file that has no name any more, gone when it is no longer needed.
package final class UnnamedFile {
    package let descriptor: Int32

    package init() throws(SystemError) {
        var template = Array("/tmp/windsock.XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw SystemError(errno, attempt: "make a temporary file in", subject: "/tmp") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    /// All of it.
    package var content: [UInt8] {
        lseek(descriptor, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}

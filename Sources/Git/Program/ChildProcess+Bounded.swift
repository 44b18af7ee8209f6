package import Bytes
internal import Platform

extension ChildProcess {
    /// What came of a program whose output and time have bounds.
    package struct BoundedOutcome: Sendable {
        /// The exit code; negative: the signal that ended it, which is ours where a bound was reached.
        package var status: Int32
        /// Standard output, as far as it goes.
        package var output: [UInt8]
        /// Whether it was ended because of its time or the size of its output.
        package var isCut: Bool
    }

    /// Runs a program to its end, or to its bounds; what it says on standard error is lost.
    ///
    /// - Parameters:
    ///   - arguments: The name, which is looked up in `PATH`, and what follows it.
    ///   - environment: All variables of the program, each as `NAME=VALUE`.
    ///   - input: What it reads on standard input.
    ///   - maximumOutput: In bytes.
    ///   - maximumTime: As clocks on walls have it.
    /// - Throws: Where it cannot be started. A program that fails is an outcome.
    package static func run(
        _ arguments: [String], environment: [String], input: UnsafeRawBufferPointer, maximumOutput: Int,
        maximumTime: Duration
    ) throws(SystemError) -> BoundedOutcome {
        var ends: [Int32] = [-1, -1]
        let code = makeConnection(&ends)
        guard code == 0 else { throw SystemError(code, attempt: "connect to", subject: arguments.first ?? "") }
        let own = ends[0]
        defer { close(own) }
        var streams = ChildStreams()
        streams.use(ends[1], as: STDIN_FILENO)
        streams.use(ends[1], as: STDOUT_FILENO)
        streams.open("/dev/null", O_WRONLY, as: STDERR_FILENO)
        let process: pid_t
        do throws(SystemError) {
            process = try start(arguments, environment, &streams)
        } catch {
            close(ends[1])
            throw error
        }
        close(ends[1])
        _ = fcntl(own, F_SETFL, O_NONBLOCK)
        var exchange = Exchange(descriptor: own, input: input, end: .now + maximumTime, maximumOutput: maximumOutput)
        let isCut = !exchange.run()
        if isCut { kill(process, SIGKILL) }
        return BoundedOutcome(status: wait(process), output: exchange.output, isCut: isCut)
    }

    /// Writes and reads by turns, so that neither side waits for the other.
    private struct Exchange {
        let descriptor: Int32
        let input: UnsafeRawBufferPointer
        let end: ContinuousClock.Instant
        let maximumOutput: Int
        var output: [UInt8] = []
        private var sent = 0
        private var isShut = false

        init(descriptor: Int32, input: UnsafeRawBufferPointer, end: ContinuousClock.Instant, maximumOutput: Int) {
            self.descriptor = descriptor
            self.input = input
            self.end = end
            self.maximumOutput = maximumOutput
        }

        /// - Returns: Whether the program has said all that it had to say.
        mutating func run() -> Bool {
            while true {
                if !isShut, sent == input.count {
                    shutdown(descriptor, Int32(SHUT_WR))
                    isShut = true
                }
                let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
                guard left > 0, output.count <= maximumOutput else { return false }
                var events = pollfd(
                    fd: descriptor, events: Int16(POLLIN) | (isShut ? 0 : Int16(POLLOUT)), revents: 0)
                if poll(&events, 1, Int32(min(left + 1, 60_000))) < 0, errno != EINTR { return false }
                if events.revents & Int16(POLLOUT) != 0 { send() }
                if events.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, !receive() { return true }
            }
        }

        private mutating func send() {
            let count = sendQuietly(descriptor, UnsafeRawBufferPointer(rebasing: input[sent...]))
            if count > 0 {
                sent += count
            } else if errno != EAGAIN && errno != EINTR {
                // It has read enough.
                sent = input.count
            }
        }

        /// - Returns: Whether there may be more.
        private mutating func receive() -> Bool {
            withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { piece in
                let count = read(descriptor, piece.baseAddress, piece.count)
                if count < 0 { return errno == EAGAIN || errno == EINTR }
                output.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<count]))
                return count > 0
            }
        }
    }
}

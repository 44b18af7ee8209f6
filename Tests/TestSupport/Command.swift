import Platform

/// Runs a program and waits for it.
public enum Command {
    /// What came of it.
    public struct Outcome: Sendable {
        /// Negative: the signal that ended it.
        public var status: Int32
        /// Standard output, as UTF-8, repaired.
        public var output: String
        /// Standard error, as UTF-8, repaired.
        public var errors: String

        /// What a command did.
        public init(status: Int32, output: String, errors: String) {
            self.status = status
            self.output = output
            self.errors = errors
        }
    }

    /// - Parameters:
    ///   - arguments: The program, looked up in `PATH`, and its arguments.
    ///   - folder: Where it runs.
    ///   - environment: Added to that of the tests, or overriding it.
    ///   - input: What it reads; otherwise nothing.
    public static func run(
        _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:], input: String = ""
    ) -> Outcome {
        // Files rather than pipes: nothing has to be read while the program runs.
        let (inputFile, outputFile, errorFile) = (unnamedFile(), unnamedFile(), unnamedFile())
        defer { for file in [inputFile, outputFile, errorFile] { close(file) } }
        let bytes = Array(input.utf8)
        precondition(write(inputFile, bytes, bytes.count) == bytes.count, "could not pass the input")
        lseek(inputFile, 0, SEEK_SET)

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputFile, 0)
        posix_spawn_file_actions_adddup2(&actions, outputFile, 1)
        posix_spawn_file_actions_adddup2(&actions, errorFile, 2)
        // The test library's threads block signals, and programs inherit that: a shell would wait for its children for ever.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // The spawn action for the folder is a GNU extension that Swift does not see.
        let arguments = folder.map { ["env", "-C", $0] + arguments } ?? arguments

        var process = pid_t()
        let code = withCStrings(arguments) { arguments in
            withCStrings(variables(environment)) {
                posix_spawnp(&process, arguments[0]!, &actions, &attributes, arguments, $0)
            }
        }
        guard code == 0 else {
            return Outcome(status: 127, output: "", errors: String(cString: strerror(code)))
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return Outcome(
            status: signal == 0 ? (status >> 8) & 0xff : -signal, output: content(outputFile),
            errors: content(errorFile))
    }

    private static func variables(_ additions: [String: String]) -> [String] {
        var variables: [String] = []
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            let name = text.prefix { $0 != "=" }
            // Tests also run in hooks, whose variables would lead git to the wrong repository.
            if additions[String(name)] == nil, !name.hasPrefix("GIT_") { variables.append(text) }
            position += 1
        }
        return variables + additions.map { "\($0)=\($1)" }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return (copies + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    private static func unnamedFile() -> Int32 {
        var template = Array("/tmp/windsock-output.XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        precondition(descriptor >= 0, "could not make a temporary file")
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
        return descriptor
    }

    private static func content(_ descriptor: Int32) -> String {
        lseek(descriptor, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

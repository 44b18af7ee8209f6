#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the git command, for what only git itself can say: where it takes hooks from, and what it does with a commit.
struct GitProgram {
    /// What came of a command.
    struct Outcome {
        /// The exit code; negative: the signal that ended it.
        var status: Int32
        /// Standard output without the last line's end, as UTF-8, repaired.
        var output: String
        /// Standard error, as UTF-8, repaired.
        var errors: String
    }

    /// Where git runs.
    var folder: String
    /// Variables beside those of the process; `nil` takes one away.
    var variables: [String: String?] = [:]

    /// Runs git; its standard input is empty.
    ///
    /// - Throws: `CommandFailure` where git cannot be started. A command that fails is an outcome.
    func run(_ arguments: String...) throws(CommandFailure) -> Outcome { try run(arguments) }

    func run(_ arguments: [String]) throws(CommandFailure) -> Outcome {
        // Files rather than pipes: nothing has to be read while git runs.
        let (output, errors) = (try UnnamedFile(), try UnnamedFile())
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors.descriptor, STDERR_FILENO)
        var process = pid_t()
        let code = Self.withCStrings(["git", "-C", folder] + arguments) { arguments in
            Self.withCStrings(environment) { posix_spawnp(&process, "git", &actions, nil, arguments, $0) }
        }
        guard code == 0 else {
            throw CommandFailure("could not run git: \(errorText(code)). Is it installed, and in PATH?")
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        var text = output.content
        while text.last == "\n" { text.removeLast() }
        return Outcome(
            status: signal == 0 ? (status >> 8) & 0xff : -signal, output: text, errors: errors.content)
    }

    private var environment: [String] {
        var result: [String] = []
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            if !variables.keys.contains(String(text.prefix { $0 != "=" })) { result.append(text) }
            position += 1
        }
        return result + variables.compactMap { name, value in value.map { "\(name)=\($0)" } }
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
final class UnnamedFile {
    let descriptor: Int32

    init() throws(CommandFailure) {
        var template = Array("/tmp/windsock.XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw CommandFailure("could not make a temporary file in /tmp: \(errorText(errno))")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    /// All of it, as UTF-8, repaired.
    var content: String {
        lseek(descriptor, 0, SEEK_SET)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Puts it in the place of standard input, to be read from its beginning.
    func becomeStandardInput(holding bytes: [UInt8]) {
        _ = OutputFile.write(bytes, to: descriptor)
        lseek(descriptor, 0, SEEK_SET)
        dup2(descriptor, STDIN_FILENO)
    }
}

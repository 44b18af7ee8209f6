import Bytes
import Git
import Platform

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
        let outcome: ChildProcess.Outcome
        do throws(SystemError) {
            outcome = try ChildProcess.run(["git", "-C", folder] + arguments, environment: environment)
        } catch {
            throw CommandFailure("could not run git: \(error.reason). Is it installed, and in PATH?")
        }
        var text = String(decoding: outcome.output, as: UTF8.self)
        while text.last == "\n" { text.removeLast() }
        return Outcome(
            status: outcome.status, output: text, errors: String(decoding: outcome.errors, as: UTF8.self))
    }

    /// All variables that it runs with.
    var environment: [String] {
        var result: [String] = []
        var position = environ
        while let entry = position.pointee {
            let text = String(cString: entry)
            if !variables.keys.contains(String(text.prefix { $0 != "=" })) { result.append(text) }
            position += 1
        }
        return result + variables.compactMap { name, value in value.map { "\(name)=\($0)" } }
    }
}

extension UnnamedFile {
    /// Puts it in the place of standard input, to be read from its beginning.
    func becomeStandardInput(holding bytes: [UInt8]) {
        _ = OutputFile.write(bytes, to: descriptor)
        lseek(descriptor, 0, SEEK_SET)
        dup2(descriptor, STDIN_FILENO)
    }
}

/// A shell's script, taken apart as far as one must know which programs it runs and on what: what it comes to only the shell
/// knows.
///
/// It is that of POSIX, with what bash and zsh have besides. What no shell would take is read as far as it goes.
struct ShellScript {
    let steps: [Step]

    /// In bytes; no system takes longer ones as an argument of a program. Of a longer one the beginning is read.
    static let maximumSize = 1 << 20

    /// - Parameters:
    ///   - text: As the shell gets it.
    ///   - depth: In how many other scripts it stands.
    init(_ text: String, depth: Int = 0) {
        var reader = ShellReader(Array(text.utf8.prefix(Self.maximumSize)), depth: depth)
        steps = reader.steps(until: nil)
    }

    enum Step {
        case command(Command)
        /// What a shell of its own runs: where that goes nobody else follows.
        case group([Step], joint: Joint)
    }

    /// What stands ahead of a command.
    enum Joint {
        /// Nothing, or what says nothing about the command before: `;`, the end of a line, `&`.
        case next
        /// It runs if the one before did what it should: `&&`
        case and
        /// It runs if the one before did not: `||`
        case or
        /// It reads what the one before writes: `|`
        case pipe
    }

    struct Command {
        var joint: Joint
        var words: [Word] = []
        var redirections: [Redirection] = []
    }

    struct Word {
        var parts: [Part] = []
    }

    /// A piece of a word.
    enum Part {
        /// What it says; in quotes no sign in it means anything.
        case text(String, isQuoted: Bool)
        /// What a variable of that name holds.
        case variable(String, isQuoted: Bool)
        /// What another script writes.
        case output([Step])
        /// What the shell computes.
        case computed
    }

    struct Redirection {
        /// `>`, `>>`, `<`, `<<<`…
        var operation: String
        /// A file; of a text that stands in the script its end, or the text itself.
        var target: Word
        /// The text that follows the line: `<<`.
        var document: Document?

        /// Whether a file is written.
        var writes: Bool { operation.contains(">") }
    }

    /// A text in the script that a command reads.
    struct Document {
        var text: String
        /// Whether nothing in it is replaced.
        var isLiteral: Bool
        /// What it has the shell run.
        var outputs: [[Step]] = []
    }
}

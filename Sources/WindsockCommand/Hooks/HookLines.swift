/// What is written into hooks and into the files that make hooks: the lines that run windsock.
struct HookLines {
    let kind: HookKind
    /// Options of `windsock hook run`, for all who run these lines; each `isPlain`.
    var options: [String] = []

    /// Marks a hook that is ours from the first line to the last; 0.1.0 wrote the same.
    static let marker = "# Installed by `windsock hook install`"

    // MARK: Marks, the same in shell and YAML

    private var beginning: String { "# windsock \(kind.rawValue): begin" }
    private var end: String { "# windsock \(kind.rawValue): end" }

    /// Lines between marks, by which they are found again.
    func marked(_ lines: [String], indentation: String = "") -> [String] {
        ["\(beginning) (from `windsock hook install`; `windsock hook uninstall` takes it away)"].map {
            indentation + $0
        }
            + lines.map { $0.isEmpty ? $0 : indentation + $0 } + [indentation + end]
    }

    /// The text without the marked lines; `nil` if there are none.
    func removed(from text: String) -> String? {
        var lines = HookText.lines(text)
        guard let first = lines.firstIndex(where: { Self.trimmed($0).hasPrefix(beginning) }),
            let last = lines[first...].firstIndex(where: { Self.trimmed($0) == end })
        else { return nil }
        lines.removeSubrange(first...last)
        return lines.joined(separator: "\n")
    }

    private static func trimmed(_ line: Substring) -> Substring {
        let line = line.drop { $0 == " " || $0 == "\t" }
        return line.hasSuffix("\r") ? line.dropLast() : line
    }

    // MARK: Shell

    /// The command, as it stands in a shell script.
    ///
    /// - Parameters:
    ///   - program: `windsock`, or a shell's expression for its path.
    ///   - arguments: A shell's expression for what git gives the hook.
    func command(_ program: String = "windsock", arguments: String = "\"$@\"") -> String {
        (["\(program) hook run \(kind.rawValue)"] + options + ["-- \(arguments)"]).joined(separator: " ")
    }

    /// Lines for a script that goes on behind them: what git says on standard input is there for the rest, too.
    ///
    /// Who does not have windsock can commit all the same: the lines are for everybody who has the script.
    func guarded(_ program: String = "windsock") -> [String] {
        let isThere = "command -v \(program) >/dev/null 2>&1"
        guard kind.readsLines else {
            return ["if \(isThere); then", "    \(command(program)) || exit $?", "fi"]
        }
        return [
            "windsock_lines=$(cat)",
            "if [ -z \"$windsock_lines\" ]; then", "    exec </dev/null", "else",
            "    if \(isThere); then",
            "        printf '%s\\n' \"$windsock_lines\" | \(command(program)) || exit $?", "    fi",
            "    exec <<windsock", "$windsock_lines", "windsock", "fi",
        ]
    }

    /// What stands ahead of somebody's command, without marks, for configurations in which a script is one text. A command of
    /// one line stays one.
    var inlined: String {
        kind.readsLines
            ? guarded().joined(separator: "\n") + "\n"
            : "if command -v windsock >/dev/null 2>&1; then \(command()) || exit $?; fi; "
    }

    /// The text without what `inlined` has put into it, whatever options that had; `nil` if there is nothing.
    ///
    /// - Parameter writing: How the configuration writes a text.
    func withoutInlined(_ text: String, writing: (String) -> String = { $0 }) -> String? {
        let (first, last) =
            kind.readsLines
            ? ("windsock_lines=$(cat)\n", "\nwindsock\nfi\n")
            : ("if command -v windsock >/dev/null 2>&1; then windsock hook run \(kind.rawValue)", " || exit $?; fi; ")
        guard let start = text.firstRange(of: writing(first)),
            let end = text[start.upperBound...].firstRange(of: writing(last))
        else { return nil }
        return String(text[..<start.lowerBound] + text[end.upperBound...])
    }

    /// One command that passes where there is no windsock, for configurations that take a command.
    func guardedCommand(arguments: String) -> String {
        "if command -v windsock >/dev/null 2>&1; then \(command(arguments: arguments)); fi"
    }

    /// Whether a shell, YAML and JSON all take a text as it stands.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=,+@".contains($0)) }
    }

    // MARK: A script of ours

    /// A whole hook.
    ///
    /// - Parameters:
    ///   - executable: The program's absolute path. If it is gone, the one in PATH is used.
    ///   - previous: The first line of the hook that was there before, which runs first; `nil` if there is none.
    ///   - ending: What is behind the name of that hook.
    ///   - managers: Those that may come later, with the files in which they have windsock, relative to the top.
    func script(
        executable: String, previous: Substring?, ending: String = Self.previousEnding,
        managers: [HookManager: String] = [:]
    ) -> String {
        var lines = ["#!/bin/sh", "\(Self.marker); `windsock hook uninstall` takes it away."]
        if let file = managers[.preCommit] {
            lines += [
                "case $0 in *.legacy)",
                "    # pre-commit runs this beside its own hooks; where windsock is one of those, once is enough.",
                "    grep -q windsock \(Self.quoted(file)) 2>/dev/null && exit 0 ;;", "esac",
            ]
        }
        if let file = managers[.oldHusky] {
            lines += [
                "if [ -f \"${0%/*}/husky.sh\" ] && grep -q windsock \(Self.quoted(file)); then",
                "    # Up to version 4 husky leaves this hook alone, and its commands, windsock among them, are run from here.",
                "    . \"${0%/*}/husky.sh\"", "    exit", "fi",
            ]
        }
        lines += [
            "windsock=\(Self.quoted(executable))",
            "[ -x \"$windsock\" ] || windsock=$(command -v windsock) || {",
            "    echo \"windsock: this hook's program is gone; install it again, or take the hook away: rm '$0'\" >&2",
            "    exit 1", "}",
        ]
        if kind.readsLines { lines += ["lines=$(cat; echo .)", "lines=${lines%.}"] }
        let feed = kind.readsLines ? "printf %s \"$lines\" | " : ""
        if let previous {
            lines += [
                "previous=\"${0%/*}/\(kind.rawValue)\(ending)\"",
                "if [ -x \"$previous\" ] && [ -z \"$\(HookTrial.aloneVariable)\" ]; then",
                "    \(feed)\(Self.run(previous)) || exit $?", "fi",
            ]
        }
        lines.append((kind.readsLines ? feed : "exec ") + command("\"$windsock\""))
        return lines.joined(separator: "\n") + "\n"
    }

    /// The hook that husky up to version 4 would have written; by its comment husky knows it.
    static let oldHuskyScript = "#!/bin/sh\n# husky\n\n. \"$(dirname \"$0\")/husky.sh\"\n"

    /// What is behind the name of a hook that was there before ours. A dot would begin a file's type, which node asks for.
    static let previousEnding = "-before-windsock"
    /// What earlier versions put there.
    static let formerPreviousEnding = ".before-windsock"

    /// Lines behind `guarded` that run the hook that was there before and is kept beside this one, for a script that everybody
    /// has. Whoever has not got it is told, for it would be missed by nobody.
    ///
    /// - Parameters:
    ///   - firstLine: Of that hook.
    ///   - ending: What is behind its name.
    func keeping(_ firstLine: Substring, ending: String) -> [String] {
        [
            "previous=\"${0%/*}/\(kind.rawValue)\(ending)\"",
            "if [ ! -x \"$previous\" ]; then",
            "    echo \"$previous, which $0 runs, is missing or not executable; was it committed?\" >&2", "    exit 1",
            "fi", "\(Self.run(firstLine)) || exit $?",
        ]
    }

    /// Lines for a script that has several names, of which one is that of the hook.
    func underOwnName(_ lines: [String]) -> [String] {
        ["case ${0##*/} in \(kind.rawValue))"] + lines + [";;", "esac"]
    }

    /// Runs the hook that was there before. A shell's script sees its own name in `$0`: it may look for files beside it, or ask which hook it is.
    private static func run(_ firstLine: Substring) -> String {
        guard let interpreter = shell(firstLine) else { return "\"$previous\" \"$@\"" }
        return "windsock_previous=$previous \(interpreter) -c '. \"$windsock_previous\"' \"$0\" \"$@\""
    }

    /// The interpreter that the first line of a shell's script names; `nil` for every other program.
    static func shell(_ firstLine: Substring) -> String? {
        guard firstLine.hasPrefix("#!") else { return nil }
        let words = firstLine.dropFirst(2).split(whereSeparator: \.isWhitespace)
        let program = words.first?.hasSuffix("/env") == true ? words.dropFirst().first : words.first
        guard let name = program?.split(separator: "/").last,
            ["sh", "bash", "dash", "ash", "ksh", "zsh"].contains(name)
        else { return nil }
        return words.joined(separator: " ")
    }

    /// Whether a hook is a script that lines of a shell can be added to. One that names no interpreter is run by a shell.
    static func isShell(_ script: String) -> Bool {
        let line = HookText.firstLine(script)
        return !line.hasPrefix("#!") || shell(line) != nil
    }

    /// A word of a command, quoted where a shell would take it for something else.
    static func word(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,+@".contains($0)) }
        return isPlain && !text.isEmpty ? text : quoted(text)
    }

    static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
}

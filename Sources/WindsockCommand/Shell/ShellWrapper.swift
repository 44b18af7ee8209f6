/// Programs that run another one, whose words follow their own.
enum ShellWrapper {
    /// What stands ahead of the other program's words.
    private struct Form {
        /// Options that have their value in the next word.
        var valued: Set<String> = []
        /// Options whose value is the folder in which it runs.
        var folders: Set<String> = []
        /// Words that are no options.
        var count = 0
    }

    private static let forms: [String: Form] = [
        "env": Form(valued: ["-u", "--unset"], folders: ["-C", "--chdir"]),
        "sudo": Form(
            valued: ["-u", "-g", "-h", "-p", "-C", "-R", "-T", "-U", "-r", "-t", "--user", "--group"],
            folders: ["-D", "--chdir"]),
        "doas": Form(valued: ["-u", "-C"]), "nice": Form(valued: ["-n"]), "ionice": Form(valued: ["-c", "-n"]),
        "nohup": Form(), "setsid": Form(), "time": Form(valued: ["-f", "-o"]), "command": Form(), "builtin": Form(),
        "exec": Form(valued: ["-a"]), "stdbuf": Form(valued: ["-i", "-o", "-e"]),
        "timeout": Form(valued: ["-s", "-k", "--signal", "--kill-after"], count: 1),
        "gtimeout": Form(valued: ["-s", "-k"], count: 1), "chronic": Form(), "unbuffer": Form(), "caffeinate": Form(),
        "xargs": Form(valued: ["-I", "-n", "-P", "-L", "-d", "-s", "-E", "-a", "--arg-file"]),
        "watch": Form(valued: ["-n"]), "flock": Form(valued: ["-w"], count: 1),
        "strace": Form(valued: ["-o", "-e", "-p"]),
        "busybox": Form(), "winpty": Form(),
    ]

    /// Takes the words of the one around it away.
    ///
    /// - Returns: Whether there was one.
    static func unwrap(_ call: inout ShellCall, home: String?) -> Bool {
        guard let form = forms[call.program] else { return false }
        var rest = call.arguments[...]
        var count = form.count
        while let word = rest.first {
            let text = word.text
            if text.hasPrefix("-"), text.count > 1 {
                rest.removeFirst()
                // It is asked where a program is, and runs none.
                if call.program == "command", text == "-v" || text == "-V" { return false }
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                if call.program == "env", parts[0] == "-S" || parts[0] == "--split-string" {
                    let line = parts.count > 1 ? parts[1] : rest.popFirst()?.text ?? ""
                    rest = (line.split(separator: " ").map { ShellCall.Text(String($0)) } + rest)[...]
                } else if form.folders.contains(parts[0]) {
                    let folder = parts.count > 1 ? ShellCall.Text(parts[1]) : rest.popFirst()
                    if let folder { call.place.enter(folder, home: home) }
                } else if form.valued.contains(text) {
                    _ = rest.popFirst()
                }
            } else if let (name, value) = assignment(text) {
                rest.removeFirst()
                call.variables[name] = value
            } else if count > 0 {
                rest.removeFirst()
                count -= 1
            } else {
                break
            }
        }
        guard let program = rest.popFirst() else { return false }
        // What follows comes from elsewhere.
        let more = call.program == "xargs" ? [ShellCall.Text("", isKnown: false)] : []
        call.program = ShellCall.name(program.text)
        call.arguments = rest + more
        return true
    }

    /// `NAME=value`
    static func assignment(_ text: String) -> (name: String, value: String)? {
        guard let sign = text.firstIndex(of: "="), let first = text.first, first == "_" || first.isLetter else {
            return nil
        }
        let name = text[..<sign]
        guard name.allSatisfy({ $0 == "_" || $0.isLetter || $0.isNumber }) else { return nil }
        return (String(name), String(text[text.index(after: sign)...]))
    }
}

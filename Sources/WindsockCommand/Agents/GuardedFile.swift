import Platform

/// The files by which windsock judges what agents do, and which programs change files that they are named.
enum GuardedFile {
    private static let files = [".windsock.toml", ".windsock-baseline", ".gitleaks.toml", "windsock/config.toml"]
    private static let settings = [
        ".claude/settings.json", ".claude/settings.local.json", ".cursor/hooks.json", ".codex/hooks.json",
        ".github/hooks/windsock.json", ".copilot/hooks/windsock.json", ".gemini/settings.json", ".vibe/hooks.toml",
    ]

    /// Which of them a path is.
    static func subject(ofPath path: String) -> String? {
        let parts = path.split(separator: "/").filter { $0 != "." }
        return (files + settings).first {
            parts.suffix($0.split(separator: "/").count).elementsEqual($0.split(separator: "/"))
        }
    }

    /// Which of them lies in a folder, and is there.
    private static func subject(inFolder path: String) -> String? {
        guard let name = path.split(separator: "/").last(where: { $0 != "." }) else { return nil }
        var status = stat()
        return settings.first { file in
            file.hasPrefix("\(name)/") && lstat("\(path)/\(file.dropFirst(name.count + 1))", &status) == 0
        }
    }

    // MARK: Programs

    /// Programs that change all files that they are named.
    private static let changing: Set<String> = [
        "tee", "rm", "unlink", "shred", "truncate", "touch", "chmod", "chown", "ln", "mv", "rmdir", "ed", "ex", "vi",
        "vim", "nvim",
        "nano", "emacs", "sponge", "patch", "rename", "link", "trash", "set-content", "add-content", "out-file",
        "clear-content",
        "remove-item", "rename-item", "move-item", "new-item", "del", "erase", "ren", "move", "dos2unix", "unix2dos",
    ]
    /// Programs that change the last file that they are named.
    private static let copying: Set<String> = ["cp", "install", "rsync", "scp", "copy", "copy-item", "ditto"]
    /// Programs that change what they are named if an option says so.
    private static let editing: [String: [String]] = [
        "sed": ["-i", "--in-place"], "gsed": ["-i", "--in-place"], "perl": ["-i"], "ruby": ["-i"],
        "yq": ["-i", "--inplace"],
        "awk": ["inplace"], "gawk": ["inplace"], "sort": ["-o", "--output"], "prettier": ["--write", "-w"],
        "find": ["-delete"], "curl": ["-o", "--output", "-O"], "wget": ["-O", "--output-document"],
        "taplo": ["fmt", "format"],
    ]
    private static let gitCommands: Set<String> = ["checkout", "restore", "rm", "mv", "update-index", "clean", "stash"]

    /// The words by which a program is named what it changes; `nil`: that is not known of it.
    static func written(by call: ShellCall) -> [ShellCall.Text]? {
        let words = call.arguments
        if changing.contains(call.program.lowercased()) {
            return words.flatMap { [$0] + inFolder($0, call) }
        }
        if copying.contains(call.program.lowercased()) { return copied(by: call) }
        if call.program == "dd" {
            return words.filter { $0.text.hasPrefix("of=") }.map { ShellCall.Text(String($0.text.dropFirst(3))) }
        }
        if call.program == "git" {
            guard let git = GitCall(call), gitCommands.contains(git.name) else { return [] }
            return git.arguments
        }
        guard let options = editing[call.program] else { return nil }
        let edits = words.contains { word in options.contains { word.text.hasPrefix($0) || isLetter($0, in: word.text) }
        }
        if edits { return words.map(\.withoutOption) }
        // What they are given to do can write, too.
        return ["perl", "ruby", "awk", "gawk"].contains(call.program) ? nil : []
    }

    /// `-i` in `-pi`: letters that stand together.
    private static func isLetter(_ option: String, in word: String) -> Bool {
        guard option.count == 2, option.hasPrefix("-"), let letter = option.last, word.hasPrefix("-"),
            !word.hasPrefix("--")
        else {
            return false
        }
        return word.dropFirst().prefix { $0.isLetter }.contains(letter)
    }

    /// A folder that holds one of them goes with it.
    private static func inFolder(_ word: ShellCall.Text, _ call: ShellCall) -> [ShellCall.Text] {
        guard ["rm", "mv", "ln", "remove-item", "trash"].contains(call.program.lowercased()) else { return [] }
        let path = call.place.path(word.text, home: Environment.value("HOME"))
        return subject(inFolder: path).map { [ShellCall.Text($0)] } ?? []
    }

    private static func copied(by call: ShellCall) -> [ShellCall.Text] {
        var operands = call.arguments.filter { !$0.text.hasPrefix("-") }
        let option = call.arguments.firstIndex { $0.text == "-t" || $0.text == "--target-directory" }
        let folder = option.flatMap { call.arguments.dropFirst($0 + 1).first } ?? operands.popLast()
        guard let folder else { return [] }
        let home = Environment.value("HOME")
        var status = stat()
        let path = call.place.path(folder.text, home: home)
        guard folder.text.hasSuffix("/") || stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR else {
            return [folder]
        }
        // Into a folder files are copied under their names: elsewhere nothing goes by what was not there before.
        let isHere = !path.hasPrefix("/") || path.hasPrefix(GitCall.absolute(call.place.folder))
        let copies = operands.map { "\(folder.text)/\(ShellCall.name($0.text))" }
        return copies.filter { isHere || lstat(call.place.path($0, home: home), &status) == 0 }.map {
            ShellCall.Text($0)
        }
    }

    // MARK: Code

    private static let interpreters = [
        "python", "node", "deno", "bun", "ruby", "perl", "php", "awk", "gawk", "lua", "osascript",
    ]
    /// What code has that writes.
    private static let writing = [
        "write", "'w", "\"w", "'a'", "\"a\"", "r+", "'x'", "\"x\"", "unlink", "remove", "rename", "truncate", "copy",
        "move", "rmsync",
        "delete", "system", "exec", "popen", "subprocess", ">", "replace(", "dump", "file_put", "touch", "symlink",
        "link(",
    ]

    /// Which of the files code writes that an interpreter is given.
    static func subject(ofCode call: ShellCall) -> String? {
        guard interpreters.contains(where: call.program.hasPrefix) else { return nil }
        let input = call.redirections.compactMap { $0.document?.text ?? ($0.operation == "<<<" ? $0.target.text : nil) }
        for text in call.arguments.map(\.text) + input {
            guard let file = (files + settings).first(where: text.contains) else { continue }
            let code = text.lowercased()
            if writing.contains(where: code.contains) { return file }
        }
        return nil
    }
}

extension ShellCall.Text {
    /// `--output=file`: the file.
    fileprivate var withoutOption: ShellCall.Text {
        guard text.hasPrefix("-"), let sign = text.firstIndex(of: "=") else { return self }
        return ShellCall.Text(String(text[text.index(after: sign)...]))
    }
}

/// Goes through a script as a shell would, without running anything: which programs it comes to, where, with which words.
///
/// Of what depends on how something went both ways are gone.
struct ShellWalk {
    private(set) var calls: [ShellCall] = []
    private var place: ShellCall.Place
    /// Folders to come back to.
    private var folders: [ShellCall.Place] = []
    private var last: ShellCall.Place
    /// What each may hold; nothing: that is not known.
    private var variables: [String: [String]] = [:]
    private var exported: [String: String] = [:]
    private let home: String?
    private let depth: Int

    private static let maximumDepth = 8
    /// Programs around a program.
    private static let maximumLayers = 16
    /// Longer scripts are none that anybody means.
    private static let maximumCount = 5000

    /// - Parameters:
    ///   - script: As the shell gets it.
    ///   - folder: Where it is run.
    static func calls(_ script: String, in folder: String) -> [ShellCall] {
        var walk = ShellWalk(place: ShellCall.Place(folder: folder), depth: 0)
        walk.go(ShellScript(script).steps)
        return walk.calls
    }

    private init(place: ShellCall.Place, depth: Int) {
        (self.place, last, self.depth) = (place, place, depth)
        home = Environment.value("HOME")
    }

    // MARK: Steps

    private mutating func go(_ steps: [ShellScript.Step], isAfterSuccess: Bool = false) {
        for (number, step) in steps.enumerated() where calls.count < Self.maximumCount {
            switch step {
            case .group(let group, let joint): apart { $0.go(group, isAfterSuccess: joint == .and) }
            case .command(let command):
                let isSure = command.joint == .and || number == 0 && isAfterSuccess
                let isPiped = command.joint == .pipe || Self.joint(of: steps, at: number + 1) == .pipe
                if isPiped {
                    apart { $0.run(command, isAfterSuccess: isSure) }
                } else {
                    run(command, isAfterSuccess: isSure)
                }
            }
        }
    }

    private static func joint(of steps: [ShellScript.Step], at number: Int) -> ShellScript.Joint {
        guard steps.indices.contains(number) else { return .next }
        switch steps[number] {
        case .command(let command): return command.joint
        case .group(_, let joint): return joint
        }
    }

    /// As a shell of its own, whose folder and variables end with it.
    private mutating func apart(_ run: (inout ShellWalk) -> Void) {
        let (place, last, folders, variables, exported) = (place, last, folders, variables, exported)
        run(&self)
        (self.place, self.last, self.folders, self.variables, self.exported) = (
            place, last, folders, variables, exported
        )
    }

    private static let reserved: Set<String> = [
        "{", "}", "!", "if", "then", "elif", "else", "fi", "do", "done", "while", "until", "esac",
    ]

    private mutating func run(_ command: ShellScript.Command, isAfterSuccess: Bool) {
        for word in command.words + command.redirections.map(\.target) { goThroughOutputs(of: word) }
        for document in command.redirections.compactMap(\.document) {
            for steps in document.outputs { apart { $0.go(steps) } }
        }
        var words = command.words[...]
        while let first = words.first?.plain, Self.reserved.contains(first) { words.removeFirst() }
        if words.first?.plain == "function" { words = words.dropFirst(2) }
        if words.first?.plain == "for" || words.first?.plain == "select" { return takeLoop(words) }
        if words.first?.plain == "case" { return }
        var own: [String: String] = [:]
        while let word = words.first, let (name, value) = assignment(word) {
            words.removeFirst()
            if let value { own[name] = value }
            if words.isEmpty { variables[name] = value.map { [$0] } ?? [] }
        }
        let redirections = command.redirections.map {
            ShellCall.Redirection(operation: $0.operation, target: text($0.target), document: $0.document)
        }
        let texts = expanded(words)
        // A redirection alone empties a file.
        guard let program = texts.first ?? (redirections.isEmpty ? nil : ShellCall.Text(":")) else {
            for (name, value) in own where exported[name] != nil { exported[name] = value }
            return
        }
        let call = ShellCall(
            program: ShellCall.name(program.text), arguments: Array(texts.dropFirst()), place: place,
            variables: exported.merging(own) { $1 }, redirections: redirections, isAfterSuccess: isAfterSuccess)
        take(call, isPiped: command.joint == .pipe)
    }

    private mutating func goThroughOutputs(of word: ShellScript.Word) {
        for case .output(let steps) in word.parts { apart { $0.go(steps) } }
    }

    private mutating func takeLoop(_ words: ArraySlice<ShellScript.Word>) {
        guard let name = words.dropFirst().first?.plain else { return }
        let values = expanded(words.dropFirst(3))
        variables[name] = values.allSatisfy(\.isKnown) ? values.map(\.text) : []
    }

    private func assignment(_ word: ShellScript.Word) -> (name: String, value: String?)? {
        guard case .text(let beginning, false)? = word.parts.first, let (name, _) = ShellWrapper.assignment(beginning)
        else {
            return nil
        }
        let whole = text(word)
        return (name, whole.isKnown ? String(whole.text.dropFirst(name.count + 1)) : nil)
    }

    // MARK: Calls

    private mutating func take(_ first: ShellCall, isPiped: Bool) {
        var call = first
        for _ in 0..<Self.maximumLayers where !ShellWrapper.unwrap(&call, home: home) { break }
        switch call.program {
        case "cd", "pushd", "chdir": enter(call)
        case "popd": place = folders.popLast() ?? place
        case "export", "declare", "typeset", "local", "readonly": export(call.arguments)
        case "eval": go(script: call.arguments.map(\.text).joined(separator: " "), call)
        case "trap": apart { $0.go(script: call.arguments.first?.text ?? "", call) }
        default: return runProgram(call, isPiped: isPiped)
        }
        if !call.redirections.isEmpty { calls.append(call) }
    }

    private mutating func runProgram(_ call: ShellCall, isPiped: Bool) {
        if let script = ShellProgramWords.script(of: call, after: isPiped ? calls.last : nil) {
            var inner = call
            inner.redirections = []
            apart { walk in
                walk.place = inner.place
                walk.go(script: script, inner)
            }
        }
        calls.append(call)
        for inner in ShellProgramWords.inner(of: call) { take(inner, isPiped: false) }
    }

    private mutating func enter(_ call: ShellCall) {
        let target = call.arguments.first { !$0.text.hasPrefix("-") || $0.text == "-" }
        if call.program == "pushd" { folders.append(place) }
        let before = place
        if target?.text == "-", target?.isKnown == true {
            place = last
        } else {
            place.enter(target ?? ShellCall.Text("~"), home: home)
        }
        last = before
    }

    private mutating func export(_ words: [ShellCall.Text]) {
        for word in words {
            if let (name, value) = ShellWrapper.assignment(word.text), word.isKnown {
                (variables[name], exported[name]) = ([value], value)
            } else if let value = variables[word.text]?.first {
                exported[word.text] = value
            }
        }
    }

    /// A script in a script.
    private mutating func go(script: String, _ call: ShellCall) {
        guard depth < Self.maximumDepth else { return }
        var inner = ShellWalk(place: place, depth: depth + 1)
        (inner.last, inner.folders, inner.variables, inner.exported) = (last, folders, variables, call.variables)
        swap(&inner.calls, &calls)
        inner.go(ShellScript(script, depth: depth).steps, isAfterSuccess: call.isAfterSuccess)
        (calls, place, last, folders, variables) = (
            inner.calls, inner.place, inner.last, inner.folders, inner.variables
        )
    }

    // MARK: Words

    /// What the words of a command come to.
    private func expanded(_ words: ArraySlice<ShellScript.Word>) -> [ShellCall.Text] {
        // Of very many none is looked for in folders.
        words.count > Self.maximumWords ? words.map(text) : words.flatMap(\.alternatives).flatMap(texts)
    }

    private static let maximumWords = 512

    /// What a word comes to; a variable without quotes may be several words.
    private func texts(_ word: ShellScript.Word) -> [ShellCall.Text] {
        if let paths = ShellPattern(word)?.paths(in: place), !paths.isEmpty { return paths.map { ShellCall.Text($0) } }
        guard word.parts.count == 1, case .variable(let name, false) = word.parts[0] else { return [text(word)] }
        let whole = text(word)
        guard variables[name]?.count == 1, whole.text.contains(" ") else { return [whole] }
        return whole.text.split(separator: " ").map { ShellCall.Text(String($0)) }
    }

    private func text(_ word: ShellScript.Word) -> ShellCall.Text {
        var results = [""]
        var isKnown = true
        for part in word.parts {
            var values: [String] = []
            switch part {
            case .text(let text, _): values = [text]
            case .variable("PWD", _): values = [GitCall.absolute(place.folder)]
            case .variable("OLDPWD", _): values = [GitCall.absolute(last.folder)]
            case .variable("HOME", _): values = variables["HOME"] ?? home.map { [$0] } ?? []
            case .variable(let name, _): values = variables[name] ?? []
            case .output(let steps): values = Self.isFolder(steps) ? [GitCall.absolute(place.folder)] : []
            case .computed: break
            }
            if values.isEmpty { isKnown = false }
            if values.count > 1, results.count > 1 || values.count > Self.maximumValues { isKnown = false }
            let used =
                values.isEmpty
                ? [""] : results.count > 1 ? Array(values.prefix(1)) : Array(values.prefix(Self.maximumValues))
            results = results.flatMap { result in used.map { result + $0 } }
            // A variable that is put into itself again and again.
            if results[0].utf8.count > Self.maximumLength { return ShellCall.Text("", isKnown: false) }
        }
        return ShellCall.Text(results[0], isKnown: isKnown, others: Array(results.dropFirst()))
    }

    private static let maximumValues = 32
    /// In bytes: of a whole script, which is what the longest word is.
    private static let maximumLength = ShellScript.maximumSize

    /// Whether a script says where it runs, or where the repository begins: for git that is the same.
    private static func isFolder(_ steps: [ShellScript.Step]) -> Bool {
        guard steps.count == 1, case .command(let command) = steps[0] else { return false }
        let words = command.words.map { $0.plain ?? "" }
        return words == ["pwd"] || words == ["git", "rev-parse", "--show-toplevel"]
    }
}

extension ShellScript.Word {
    /// What it says, if no quotes and nothing else makes it another.
    fileprivate var plain: String? {
        guard parts.count == 1, case .text(let text, false) = parts[0] else { return nil }
        return text
    }
}

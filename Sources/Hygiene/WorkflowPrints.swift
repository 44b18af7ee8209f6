/// Lines of CI configurations that print a secret into the log.
enum WorkflowPrints {
    struct Line: Equatable {
        /// 1-based.
        var number: Int
        /// Without white space at its ends.
        var text: String
        /// `${{ secrets.NAME }}`, `$NAME`.
        var expression: String
    }

    static func isWorkflow(_ path: String) -> Bool {
        let isYAML = path.hasSuffix(".yml") || path.hasSuffix(".yaml")
        // Told without taking the path apart: nearly none is.
        guard isYAML || path.hasSuffix("Jenkinsfile") else { return false }
        let name = path.split(separator: "/").last ?? ""
        return isYAML && (path.contains(".github/workflows/") || path.contains(".gitea/workflows/"))
            || [
                ".gitlab-ci.yml", "bitbucket-pipelines.yml", "azure-pipelines.yml", ".travis.yml", "Jenkinsfile",
                ".drone.yml", "appveyor.yml", "action.yml", "action.yaml",
            ].contains(String(name))
            || path.hasSuffix(".circleci/config.yml") || isYAML && path.contains(".buildkite/")
    }

    static func lines(in bytes: UnsafeRawBufferPointer) -> [Line] {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
            number, line in
            guard let expression = printed(line), !line.contains("windsock:allow") else { return nil }
            let start = line.drop { $0 == " " || $0 == "\t" }
            return Line(number: number + 1, text: String(start), expression: expression)
        }
    }

    private static let commands = ["echo ", "printf ", "print(", "console.log(", "Write-Host ", "Write-Output "]

    private static let commandBytes = commands.map { Array($0.utf8) }

    private static func holdsCommand(_ line: Substring) -> Bool {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            if commandBytes.contains(where: rest.starts) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// The secret that a line prints; `nil` if it prints none, or hands it on to a program, a file or the mask.
    private static func printed(_ line: Substring) -> String? {
        // Nearly all lines lack one or the other; to look at bytes is far faster.
        guard line.utf8.contains(UInt8(ascii: "$")), holdsCommand(line) else { return nil }
        let line = line.drop { " \t-".contains($0) }
        guard !line.hasPrefix("#"), let command = commands.compactMap({ line.firstRange(of: $0) }).min(by: before),
            !line.contains("add-mask"), isCommandStart(line, command.lowerBound)
        else { return nil }
        let rest = line[command.upperBound...]
        guard let secret = expression(rest) ?? variable(rest) else { return nil }
        let behind = rest[secret.upperBound...]
        // Piped or written to a file; what stands in the quotes around it is text.
        if behind.contains("|") || behind.contains(">") { return nil }
        return String(rest[secret])
    }

    private static func before(_ left: Range<Substring.Index>, _ right: Range<Substring.Index>) -> Bool {
        left.lowerBound < right.lowerBound
    }

    /// `run: echo`, `&& echo`, `sh 'echo`; not `description: when you echo a secret`.
    private static func isCommandStart(_ line: Substring, _ index: Substring.Index) -> Bool {
        let before = line[..<index].filter { !$0.isWhitespace }
        return before.isEmpty || [":", "&", ";", "'", "\"", "|", "[", "(", "@", "`"].contains { before.hasSuffix($0) }
    }

    private static func expression(_ text: Substring) -> Range<Substring.Index>? {
        guard let open = text.firstRange(of: "${{"), let close = text[open.upperBound...].firstRange(of: "}}") else {
            return nil
        }
        let inner = text[open.upperBound..<close.lowerBound].filter { $0 != " " }
        guard inner.hasPrefix("secrets."), inner.dropFirst(8).allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else {
            return nil
        }
        return open.lowerBound..<close.upperBound
    }

    private static let secretEndings = [
        "TOKEN", "SECRET", "PASSWORD", "API_KEY", "APIKEY", "SECRET_KEY", "PRIVATE_KEY", "ACCESS_KEY",
    ]

    /// `$DEPLOY_TOKEN`, `${DEPLOY_TOKEN}`, `$env:DEPLOY_TOKEN`; not `${DEPLOY_TOKEN:+set}`, `${#DEPLOY_TOKEN}`.
    private static func variable(_ text: Substring) -> Range<Substring.Index>? {
        guard let dollar = text.firstIndex(of: "$"),
            dollar == text.startIndex || text[text.index(before: dollar)] != "\\"
        else { return nil }
        var start = text.index(after: dollar)
        let hasBrace = text[start...].hasPrefix("{")
        if hasBrace { start = text.index(after: start) }
        if text[start...].hasPrefix("env:") { start = text.index(start, offsetBy: 4) }
        let name = text[start...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        guard secretEndings.contains(where: { name.hasSuffix($0) }) else { return nil }
        guard hasBrace else { return dollar..<name.endIndex }
        guard text[name.endIndex...].hasPrefix("}") else { return nil }
        return dollar..<text.index(after: name.endIndex)
    }
}

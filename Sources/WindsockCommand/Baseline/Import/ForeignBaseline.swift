import ArgumentParser
import Findings
import Rules
import ScanSources
import Verification

/// What another scanner, or a report, knows of secrets that are accepted.
struct ForeignBaseline {
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case gitleaksIgnore = "gitleaks-ignore"
        case gitleaks
        case betterleaks
        case detectSecrets = "detect-secrets"
        case kingfisher
        case trufflehog
        case ggshield
        case windsock
        case rules

        /// What a file of it is.
        var words: String {
            switch self {
            case .gitleaksIgnore: "an ignore file of gitleaks"
            case .gitleaks: "a report of gitleaks"
            case .betterleaks: "a list of hashes of betterleaks"
            case .detectSecrets: "a baseline of detect-secrets"
            case .kingfisher: "a baseline of kingfisher"
            case .trufflehog: "an exclude file of trufflehog"
            case .ggshield: "a configuration of ggshield"
            case .windsock: "a report of windsock"
            case .rules: "a file of rules"
            }
        }
    }

    /// How an entry tells its secret from others.
    enum Value: Hashable {
        case text(String)
        case sha1(String)
        case sha256(String)
        case fingerprint(Fingerprint)
    }

    /// One accepted secret, or one place of it.
    struct Claim {
        var value: Value?
        var path: String?
        var line: Int?
        /// Hex digits.
        var commit: String?
        var pathPattern: PathPattern?
        /// Why, if the file says.
        var reason = ""
        /// Somebody, or the provider, has said that it is a secret: it was kept to be dealt with, not accepted.
        var isConfirmed = false
        /// How the entry is listed where nothing of it is found. No secret.
        var shown: String
    }

    enum PathPattern {
        case glob(PathGlob)
        case regex(PathPatterns)
    }

    let format: Format
    var claims: [Claim] = []
    /// What cannot be translated, in words.
    var untranslated: [String] = []

    /// - Throws: `CommandFailure` for a file that is none of those.
    init(text: String, name: String, format asked: Format?) throws(CommandFailure) {
        guard let format = asked ?? Format(recognizing: text, name: name) else {
            let names = Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandFailure("\(name) is no file that is known here; say what it is with --from: \(names)")
        }
        self.format = format
        switch format {
        case .gitleaksIgnore: readLines(text, Self.ignoredByGitleaks)
        case .trufflehog:
            readLines(text, elseWords: "the pattern", Self.excludedByTrufflehog)
        case .kingfisher: readKingfisher(text)
        case .ggshield: readGitGuardian(text)
        case .gitleaks, .betterleaks, .detectSecrets, .windsock: try readJSON(text, name)
        case .rules: break
        }
        guard claims.isEmpty, untranslated.isEmpty, format != .rules, !Self.isEmpty(text) else { return }
        throw CommandFailure(
            "\(name) is not \(format.words), or says nothing that can be taken over; --from says what else it is")
    }

    /// Whether there is nothing in a file but comments, or a list or a map without anything.
    private static func isEmpty(_ text: String) -> Bool {
        if let value = JSONValue(text: text) {
            if let elements = value.elements { return elements.isEmpty }
            return ["results", "findings"].contains { value.member($0) != nil }
        }
        return text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }
            .allSatisfy { $0.isEmpty || $0.hasPrefix("#") || $0.hasSuffix(":") || $0.hasPrefix("version") }
    }

    /// - Parameter elseWords: What a line is that is not understood.
    private mutating func readLines(
        _ text: String, elseWords: String = "the line", _ read: (Substring) -> Claim?
    ) {
        for line in text.split(whereSeparator: \.isNewline) {
            let entry = line.trimmingBlanks()
            guard !entry.isEmpty, !entry.hasPrefix("#") else { continue }
            if let claim = read(entry) {
                claims.append(claim)
            } else {
                untranslated.append("\(elseWords) \(entry)")
            }
        }
    }

    /// A regular expression, as Go has them.
    private static func excludedByTrufflehog(_ entry: Substring) -> Claim? {
        let translation = RE2Translation(String(entry))
        guard translation.differences.isEmpty, let paths = PathPatterns(translation.pattern) else { return nil }
        // The end of a text is written otherwise, and for paths means the same.
        let isSame = translation.pattern.replacing("\\z", with: "$") == entry
        return Claim(pathPattern: .regex(paths), shown: isSame ? String(entry) : translation.pattern)
    }

    /// `COMMIT:FILE:RULE:LINE` or `FILE:RULE:LINE`; a path may have colons of its own.
    static func ignoredByGitleaks(_ entry: Substring) -> Claim? {
        let fields = entry.split(separator: ":", omittingEmptySubsequences: false)
        guard fields.count >= 3, let line = Int(fields[fields.count - 1]) else { return nil }
        let isCommit = fields.count >= 4 && fields[0].utf8.count == 40 && fields[0].allSatisfy(\.isHexDigit)
        let path = fields[(isCommit ? 1 : 0)..<fields.count - 2].joined(separator: ":")
        guard !path.isEmpty else { return nil }
        return Claim(
            path: path, line: line, commit: isCommit ? fields[0].lowercased() : nil, shown: String(entry))
    }

    // MARK: JSON

    private mutating func readJSON(_ text: String, _ name: String) throws(CommandFailure) {
        let values = Self.documents(text)
        // A list of hashes, or a report as gitleaks writes it.
        if format == .betterleaks {
            let elements = values.flatMap { $0.elements ?? [] }.filter { $0.member("RuleID") != nil }
            if elements.isEmpty { return readHashes(text) }
            for element in elements { readGitleaks(element) }
            return
        }
        guard !values.isEmpty else { throw CommandFailure("\(name) is not JSON") }
        for value in values {
            switch format {
            case .gitleaks: for element in value.elements ?? [] { readGitleaks(element) }
            case .detectSecrets: readDetectSecrets(value)
            default: readReport(value)
            }
        }
    }

    /// One document, or one a line.
    static func documents(_ text: String) -> [JSONValue] {
        if let whole = JSONValue(text: text) { return [whole] }
        let lines = text.split(whereSeparator: \.isNewline).map { JSONValue(text: String($0)) }
        return lines.contains { $0 == nil } ? [] : lines.compactMap { $0 }
    }

    private mutating func readGitleaks(_ element: JSONValue) {
        let secret = element.member("Secret")?.text ?? ""
        let path = element.member("File")?.text
        let line = element.member("StartLine")?.integer
        let commit = element.member("Commit")?.text.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        let rule = element.member("RuleID")?.text ?? "?"
        // With --redact the report has a stand-in for it, and only the place tells.
        let isShown =
            !secret.isEmpty && !secret.contains("REDACTED") && !secret.hasSuffix("...") && !secret.contains("***")
        claims.append(
            Claim(
                value: isShown ? .text(secret) : nil, path: isShown ? nil : path, line: isShown ? nil : line,
                commit: isShown ? nil : commit, shown: "\(path ?? "?"):\(line ?? 0) (\(rule))"))
    }

    private mutating func readDetectSecrets(_ value: JSONValue) {
        guard case .object(let files)? = value.member("results") else { return }
        for (path, entries) in files.sorted(by: { $0.key < $1.key }) {
            for entry in entries.elements ?? [] {
                guard let hash = entry.member("hashed_secret")?.text else { continue }
                let kind = entry.member("type")?.text ?? "?"
                let line = entry.member("line_number")?.integer.map { ":\($0)" } ?? ""
                var claim = Claim(value: .sha1(hash.lowercased()), shown: "\(path)\(line) (\(kind))")
                claim.isConfirmed = entry.member("is_secret")?.bool == true
                claims.append(claim)
            }
        }
    }

    private mutating func readReport(_ value: JSONValue) {
        let lists = [value.member("findings"), value.member("hygiene")].compactMap { $0?.elements }
        // A line of JSON Lines is a finding by itself.
        for finding in lists.isEmpty ? [value] : lists.flatMap({ $0 }) {
            guard let text = finding.member("fingerprint")?.text, let fingerprint = Fingerprint(text) else { continue }
            let rule = finding.member("rule")?.text ?? "?"
            var claim = Claim(value: .fingerprint(fingerprint), shown: "\(fingerprint) (\(rule))")
            claim.isConfirmed = finding.member("verification")?.member("verdict")?.text == Liveness.live.rawValue
            claims.append(claim)
        }
    }

    /// Version 2 of betterleaks knows secrets by their SHA-256, whatever is written around them.
    private mutating func readHashes(_ text: String) {
        for word in text.split(whereSeparator: { !$0.isHexDigit && !$0.isLetter }) where Self.isSHA256(word) {
            claims.append(Claim(value: .sha256(word.lowercased()), shown: String(word.prefix(12)) + "…"))
        }
    }

    static func isSHA256(_ word: some StringProtocol) -> Bool {
        word.utf8.count == 64 && word.allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}

// MARK: Recognising

extension ForeignBaseline.Format {
    /// - Returns: `nil` for a text that is nothing of the kind.
    init?(recognizing text: String, name: String) {
        let file = name.split(separator: "/").last.map(String.init) ?? name
        if let documents = Optional(ForeignBaseline.documents(text)), let first = documents.first {
            if let found = Self.ofJSON(first, text) {
                self = found
                return
            }
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
        let keys = ["ignored_matches:", "matches-ignore:", "matches_ignore:", "ignored_paths:", "paths-ignore:"]
        if lines.contains(where: { $0.hasPrefix("ExactFindings:") }) {
            self = .kingfisher
        } else if file.hasPrefix(".gitguardian")
            || lines.contains(where: { line in keys.contains { line.hasPrefix($0) } })
        {
            self = .ggshield
        } else if file.hasSuffix(".toml") {
            self = .rules
        } else if !lines.isEmpty, lines.allSatisfy({ ForeignBaseline.ignoredByGitleaks($0) != nil }) {
            self = .gitleaksIgnore
        } else if !lines.isEmpty,
            lines.allSatisfy({ ForeignBaseline.isSHA256($0.prefix { !$0.isWhitespace && $0 != "," && $0 != "#" }) })
        {
            self = .betterleaks
        } else if file == ".gitleaksignore" {
            self = .gitleaksIgnore
        } else if file == ".betterleaksignore" {
            self = .betterleaks
        } else if file.lowercased().contains("exclude") || file.lowercased().contains("trufflehog") {
            self = .trufflehog
        } else {
            return nil
        }
    }

    private static func ofJSON(_ value: JSONValue, _ text: String) -> Self? {
        if value.member("schema")?.text?.hasPrefix("windsock/") == true { return .windsock }
        if value.member("results") != nil { return .detectSecrets }
        guard let elements = value.elements else { return nil }
        if elements.allSatisfy({ $0.member("RuleID") != nil }) { return .gitleaks }
        let texts = elements.compactMap(\.text)
        return texts.count == elements.count && !texts.isEmpty && texts.allSatisfy(ForeignBaseline.isSHA256)
            ? .betterleaks : nil
    }
}

extension JSONValue {
    init?(text: String) {
        let value = Array(text.utf8).withUnsafeBytes { JSONValue(parsing: $0) }
        guard let value else { return nil }
        self = value
    }

    /// The member of an object, whatever characters its name has.
    func member(_ name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }

    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    var integer: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }
}

extension Substring {
    /// Without white space at either end.
    func trimmingBlanks() -> Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

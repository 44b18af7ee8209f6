import BuiltinRules
import Findings
public import Rules
import Scanner

/// Finds the secrets of texts: bytes and a name in, findings out.
///
/// ```swift
/// import Windsock
///
/// let scanner = SecretScanner()
/// let report = scanner.scan(text, path: "config/settings.py")
/// for finding in report.findings {
///     print(finding.rule.id, finding.secret)  // the secret is redacted
/// }
/// ```
///
/// Make one and keep it: patterns are compiled when they are first needed, and memory is used again. All threads and tasks
/// may share it; as many texts are searched at once as there are callers. It reads no file, opens no connection, and keeps
/// nothing of what it has found.
public final class SecretScanner: Sendable {
    /// What is looked for and what is reported.
    public struct Options: Sendable, Hashable {
        /// Findings that are less sure are left out. The command's default, too: `low` reports what looks like nothing.
        public var minimumConfidence: Confidence
        /// Findings that do less harm are left out.
        public var minimumSeverity: Severity
        /// Whether a comment in the text (`windsock:allow`, and what other scanners understand) takes a finding away.
        public var honorsInlineComments: Bool
        /// How much of a gzip file's content is looked at, in bytes. What exceeds it is a problem of the report.
        public var maximumInflatedSize: Int

        /// Options; what is not given is as the command has it.
        public init(
            minimumConfidence: Confidence = .medium, minimumSeverity: Severity = .low,
            honorsInlineComments: Bool = true, maximumInflatedSize: Int = 256 << 20
        ) {
            self.minimumConfidence = minimumConfidence
            self.minimumSeverity = minimumSeverity
            self.honorsInlineComments = honorsInlineComments
            self.maximumInflatedSize = maximumInflatedSize
        }
    }

    /// What is looked for and what is reported.
    public let options: Options
    private let engine: ScanEngine
    private let scanners: ScannerPool

    /// A scanner with the rules that are built in.
    public convenience init(options: Options = Options()) {
        self.init(engine: ScanEngine(.builtin), options: options)
    }

    /// A scanner with rules of your choice.
    ///
    /// - Parameters:
    ///   - rules: `.builtin`, with the rules of a file merged into them, or your own alone.
    ///   - options: What is looked for and what is reported.
    /// - Throws: `RuleFileError` for a rule or an allow-list whose pattern does not compile, and for a set without rules, with
    ///   which everything would seem clean.
    public convenience init(rules: RuleSet, options: Options = Options()) throws(RuleFileError) {
        guard !rules.rules.isEmpty else {
            throw RuleFileError(file: "rules", reason: "there is no rule to scan with")
        }
        let engine = ScanEngine(rules)
        try engine.validate(rules.idsToValidate())
        try RuleSet.validate(rules.allowlists)
        self.init(engine: engine, options: options)
    }

    private init(engine: ScanEngine, options: Options) {
        self.engine = engine
        self.options = options
        scanners = ScannerPool(engine: engine, options: options)
    }

    /// The rules that are looked for, sorted by id.
    public var rules: [Rule] { engine.rules }
}

extension SecretScanner {
    /// Searches a text.
    ///
    /// - Parameters:
    ///   - text: The content of a file, or anything else.
    ///   - path: Its name, relative, `/` between components: some rules are for files of a kind. `nil` means that it is not
    ///     known; what depends on it is then reported, too.
    public func scan(_ text: String, path: String? = nil) -> ScanReport {
        var text = text
        return text.withUTF8 { scan(UnsafeRawBufferPointer($0), path: path) }
    }

    /// Searches the content of a file.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, another encoding that ASCII is a part of, UTF-16, or gzip of one of these. Binary content is
    ///     recognised and not searched.
    ///   - path: Its name, relative, `/` between components: some rules are for files of a kind. `nil` means that it is not
    ///     known; what depends on it is then reported, too.
    public func scan(_ bytes: [UInt8], path: String? = nil) -> ScanReport {
        bytes.withUnsafeBytes { scan($0, path: path) }
    }

    /// Searches the content of a file where it stands in memory, without a copy of it.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, another encoding that ASCII is a part of, UTF-16, or gzip of one of these. Binary content is
    ///     recognised and not searched. They are not looked at after the call.
    ///   - path: Its name, relative, `/` between components: some rules are for files of a kind. `nil` means that it is not
    ///     known; what depends on it is then reported, too.
    public func scan(_ bytes: UnsafeRawBufferPointer, path: String? = nil) -> ScanReport {
        let result = scanners.scan(bytes, path: path)
        let name = path ?? ScanReport.unnamed
        var collector = FindingCollector(rules: engine.rules)
        for detection in result.detections { collector.add(detection, path: name, origin: .file, history: nil) }
        var suppressed = SuppressionCounts()
        let findings = Selection(options).selected(of: collector.findings(), counting: &suppressed)
        var problems = result.skipped.map { $0.problem(in: name) }
        if let unread = result.unread {
            problems.append(Problem(subject: name, message: unread, advice: "raise maximumInflatedSize"))
        }
        return ScanReport(
            findings: findings, problems: problems, isBinary: result.isBinary,
            allowedInline: Set(collector.suppressedInline.map(collector.fingerprint))
        )
    }
}

extension Selection {
    fileprivate init(_ options: SecretScanner.Options) {
        self.init()
        minimumConfidence = options.minimumConfidence
        minimumSeverity = options.minimumSeverity
    }
}

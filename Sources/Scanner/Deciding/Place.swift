import Bytes
import Findings
internal import PCRE2
import Rules

/// The first question, where does it stand: what the path of a file says against a rule.
///
/// It is asked once for a rule and a file, before the rule's pattern is tried there.
struct Place {
    /// Digests in these look like keys to rules that judge by names and by what stands near. Rules whose tokens have a
    /// form of their own look at them all the same.
    private static let generatedFiles = [
        FileKind(reason: .generatedFile, suffixes: [".lock", ".sha256"]),
        FileKind(reason: .generatedFile, files: Words.generatedFiles),
    ]

    /// Nobody keeps settings in these: generic rules are silent there. A provider's own token still counts.
    static let kinds = [
        FileKind(reason: .vendored, folders: Words.vendorFolders),
        FileKind(reason: .minified, suffixes: Words.minifiedSuffixes),
        FileKind(reason: .media, endings: Words.mediaEndings),
        FileKind(reason: .testVectors, folders: Words.vectorFolders),
        FileKind(reason: .testVectors, names: Words.vectorNames),
        FileKind(reason: .testVectors, endings: ["rsp"]),
        FileKind(reason: .translation, endings: Words.translationEndings),
        // A folder of languages holds code, too.
        FileKind(reason: .translation, folders: Words.translationFolders, endings: Words.textEndings),
        FileKind(reason: .wordList, names: Words.wordListNames),
        FileKind(reason: .wordList, endings: ["dic", "aff"]),
    ]

    /// Of these one file holds the code of many projects.
    static let bundles =
        kinds.filter { $0.reason == .vendored || $0.reason == .minified }
        + [FileKind(reason: .vendored, suffixes: [".cjs", ".bundle.js", ".chunk.js"])]

    /// Relative, `/` between components; `nil` if it is not known yet: then nothing speaks against any rule.
    let path: String?
    /// What was found out when the first rule asked.
    private var isGenerated: Bool?
    private var kind: DropReason??

    init(path: String?) { self.path = path }

    /// Why a rule is not for this file; `nil` if it is.
    ///
    /// - Throws: `MatchFailure` where the rule's pattern for paths is given up.
    mutating func refusal(
        of decision: Decision, _ matcher: Matcher, _ trace: inout Trace
    ) throws(MatchFailure) -> DropReason? {
        guard let path else { return nil }
        if let pattern = decision.path {
            let isElsewhere = try !path.matches(any: [pattern], matcher)
            if let no = trace.ask(.path, isElsewhere) { return no }
        }
        if decision.isGeneric || decision.owner != nil, let no = trace.ask(.generatedFile, isGenerated(path)) {
            return no
        }
        guard decision.isGeneric else { return nil }
        let kind = kind(of: path)
        var asked: DropReason?
        for row in Self.kinds where row.reason != asked {
            asked = row.reason
            if let no = trace.ask(row.reason, row.reason == kind) { return no }
        }
        return nil
    }

    private mutating func isGenerated(_ path: String) -> Bool {
        if let isGenerated { return isGenerated }
        let answer = FileKind.first(in: Self.generatedFiles, for: path) != nil
        isGenerated = answer
        return answer
    }

    private mutating func kind(of path: String) -> DropReason? {
        if let kind { return kind }
        let answer = FileKind.first(in: Self.kinds, for: path)?.reason
        kind = .some(answer)
        return answer
    }
}

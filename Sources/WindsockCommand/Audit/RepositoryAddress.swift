import Bytes
import Findings

/// The address of a repository that git fetches: `https://github.com/acme/shop.git`, `git@github.com:acme/shop.git`.
struct RepositoryAddress: Hashable {
    /// As git takes it, who logs in with what included.
    let text: String
    /// Without: to tell whether two are one.
    let name: String

    private static let schemes: Set<String> = ["https", "ssh", "git+ssh", "file"]

    /// Whether a text is an address rather than a path.
    static func looksLikeOne(_ text: String) -> Bool {
        if text.contains("://") { return true }
        guard let colon = text.firstIndex(of: ":"), let at = text.firstIndex(of: "@"), at < colon else { return false }
        return !text[..<colon].contains("/")
    }

    /// - Throws: For a protocol by which git is not asked: one that anybody on the way can read and change, or one that
    ///   starts programs.
    init(_ text: String) throws(CommandFailure) {
        self.text = text
        let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() }
        if let scheme, !Self.schemes.contains(scheme) {
            throw CommandFailure(
                "repositories are fetched by https, ssh and file, not by \(scheme.visible)", code: .incomplete)
        }
        guard !text.hasPrefix("-"), text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
            throw CommandFailure("that is no address of a repository", code: .incomplete)
        }
        guard scheme == "file" || !text.contains("?") else {
            throw CommandFailure(
                "an address with a query (?…) is none that git logs in with; give a token to git's credential helper",
                code: .incomplete)
        }
        name = Self.withoutUser(text)
    }

    /// As messages have it.
    var shown: String { KeptName.shown(name) }

    /// What is said of a text that is no address: without who logs in, and without its query.
    static func shown(_ text: String) -> String {
        let name = withoutUser(text)
        guard let query = name.firstIndex(where: { $0 == "?" || $0 == "#" }) else { return KeptName.shown(name) }
        return KeptName.shown(String(name[...query])) + "…"
    }

    /// `https://user:token@host/path` is `https://host/path`.
    private static func withoutUser(_ text: String) -> String {
        guard let start = text.firstRange(of: "://")?.upperBound else { return text }
        let end = text[start...].firstIndex(of: "/") ?? text.endIndex
        guard let at = text[start..<end].lastIndex(of: "@") else { return text }
        return String(text[..<start] + text[text.index(after: at)...])
    }

    /// The repository's page, or its address where it has none.
    var key: String { SourceRepository.address(ofRemote: text) ?? name }

    /// Where a forge has the wiki of the repository.
    var wiki: RepositoryAddress? {
        var base = text
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix(".git") { base.removeLast(4) }
        guard !base.hasSuffix(".wiki") else { return nil }
        return try? RepositoryAddress(base + ".wiki.git")
    }

    /// A name for a folder, of which there is one for each address.
    var folderName: String {
        let short = RepositoryName.short(shown).map {
            $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-"
        }
        return "\(String(short).prefix(60))-\(SHA256.hexadecimal(of: name.utf8).prefix(16)).git"
    }
}

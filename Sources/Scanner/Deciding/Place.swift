import Bytes
import Findings

/// Knows by their paths files that nobody keeps settings in: other people's code, translations, lists of words, test
/// vectors, what bundlers write, pictures and fonts. Generic rules are silent there; a provider's own token still counts.
enum FileKindFilter {
    /// The filter that names the kind of a file; `nil` for a file like any other.
    static func judge(_ path: String) -> DropReason? {
        // Bytes: this is asked of nearly every file, and thirty folders and as many endings are known.
        var path = path
        return path.withUTF8 { judge(UnsafeRawBufferPointer($0)) }
    }

    private static func judge(_ path: UnsafeRawBufferPointer) -> DropReason? {
        let components = parts(of: path, between: 0x2f)
        guard let name = components.last else { return nil }
        let folders = components.dropLast()
        let ending = parts(of: name, between: 0x2e).last ?? name
        if folders.contains(where: { isOne(of: vendorFolders, $0) }) { return .vendored }
        if minifiedEndings.contains(where: { name.endsCaseless(with: $0) }) { return .minified }
        if isOne(of: mediaEndings, ending) { return .media }
        if folders.contains(where: { isOne(of: vectorFolders, $0) }) || holds(name, vectorNames)
            || ending.equalsCaseless("rsp")
        {
            return .testVectors
        }
        if isOne(of: translationEndings, ending)
            || isOne(of: textEndings, ending) && folders.contains(where: { isOne(of: translationFolders, $0) })
        {
            return .translation
        }
        return holds(name, wordListNames) || isOne(of: wordListEndings, ending) ? .wordList : nil
    }

    /// What stands between the separators and is not empty.
    private static func parts(
        of text: UnsafeRawBufferPointer, between separator: UInt8
    ) -> [UnsafeRawBufferPointer] {
        text.split(separator: separator).map { UnsafeRawBufferPointer(rebasing: $0) }
    }

    private static func isOne(of words: [StaticString], _ part: UnsafeRawBufferPointer) -> Bool {
        words.contains { part.equalsCaseless($0) }
    }

    private static func holds(_ name: UnsafeRawBufferPointer, _ words: [StaticString]) -> Bool {
        words.contains { name.containsCaseless($0) }
    }

    private static let vendorFolders: [StaticString] = [
        "node_modules", "bower_components", "jspm_packages", "vendor", "vendored", "third_party", "third-party",
        "thirdparty", "site-packages", "dist-packages", "pods", "carthage", ".cargo", ".yarn", "godeps", ".venv",
        "venv",
    ]
    private static let minifiedEndings: [StaticString] = [
        ".min.js", ".min.css", ".min.mjs", ".bundle.js", ".chunk.js", ".js.map", ".css.map", "-min.js",
    ]
    private static let mediaEndings: [StaticString] = [
        "svg", "ps", "eps", "xpm", "pbm", "pgm", "ppm", "woff", "woff2", "ttf", "otf", "eot", "bdf", "afm", "sfd",
        "stl",
        "obj", "gltf", "dae", "lottie", "excalidraw", "drawio",
    ]
    private static let vectorFolders: [StaticString] = [
        "testvectors", "test-vectors", "test_vectors", "wycheproof", "kat",
    ]
    private static let vectorNames: [StaticString] = ["test-vector", "test_vector", "testvector"]
    private static let translationEndings: [StaticString] = [
        "po", "pot", "xlf", "xliff", "arb", "resx", "strings", "xcstrings",
    ]
    private static let translationFolders: [StaticString] = [
        "locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations", "lc_messages",
    ]
    /// A folder of languages holds code, too.
    private static let textEndings: [StaticString] = [
        "json", "json5", "yml", "yaml", "properties", "php", "xml", "ini", "txt", "js", "ts",
    ]
    private static let wordListNames: [StaticString] = [
        "wordlist", "word-list", "word_list", "words.txt", "dictionary.txt", "stopwords", "rockyou",
    ]
    private static let wordListEndings: [StaticString] = ["dic", "aff"]
}

/// Knows by their paths files that nobody keeps settings in: other people's code, translations, lists of words, test
/// vectors, what bundlers write, pictures and fonts. Generic rules are silent there; a provider's own token still counts.
enum FileKindFilter {
    /// The filter that names the kind of a file; `nil` for a file like any other.
    static func judge(_ path: String) -> DropReason? {
        let components = path.lowercased().split(separator: "/")
        guard let name = components.last else { return nil }
        let folders = components.dropLast()
        let ending = name.split(separator: ".").last ?? name
        if folders.contains(where: vendorFolders.contains) { return .vendored }
        if minifiedEndings.contains(where: name.hasSuffix) { return .minified }
        if mediaEndings.contains(ending) { return .media }
        if folders.contains(where: vectorFolders.contains) || holds(name, vectorNames) || ending == "rsp" {
            return .testVectors
        }
        if translationEndings.contains(ending)
            || folders.contains(where: translationFolders.contains) && textEndings.contains(ending)
        {
            return .translation
        }
        return holds(name, wordListNames) || ending == "dic" || ending == "aff" ? .wordList : nil
    }

    /// Bytes: this is asked of nearly every file.
    private static func holds(_ name: Substring, _ words: [StaticString]) -> Bool {
        var name = name
        return name.withUTF8 { bytes in words.contains { UnsafeRawBufferPointer(bytes).containsCaseless($0) } }
    }

    private static let vendorFolders: Set<Substring> = [
        "node_modules", "bower_components", "jspm_packages", "vendor", "vendored", "third_party", "third-party",
        "thirdparty", "site-packages", "dist-packages", "pods", "carthage", ".cargo", ".yarn", "godeps", ".venv",
        "venv",
    ]
    private static let minifiedEndings = [
        ".min.js", ".min.css", ".min.mjs", ".bundle.js", ".chunk.js", ".js.map", ".css.map", "-min.js",
    ]
    private static let mediaEndings: Set<Substring> = [
        "svg", "ps", "eps", "xpm", "pbm", "pgm", "ppm", "woff", "woff2", "ttf", "otf", "eot", "bdf", "afm", "sfd",
        "stl",
        "obj", "gltf", "dae", "lottie", "excalidraw", "drawio",
    ]
    private static let vectorFolders: Set<Substring> = [
        "testvectors", "test-vectors", "test_vectors", "wycheproof", "kat",
    ]
    private static let vectorNames: [StaticString] = ["test-vector", "test_vector", "testvector"]
    private static let translationEndings: Set<Substring> = [
        "po", "pot", "xlf", "xliff", "arb", "resx", "strings", "xcstrings",
    ]
    private static let translationFolders: Set<Substring> = [
        "locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations", "lc_messages",
    ]
    /// A folder of languages holds code, too.
    private static let textEndings: Set<Substring> = [
        "json", "json5", "yml", "yaml", "properties", "php", "xml", "ini", "txt", "js", "ts",
    ]
    private static let wordListNames: [StaticString] = [
        "wordlist", "word-list", "word_list", "words.txt", "dictionary.txt", "stopwords", "rockyou",
    ]
}

/// Names of files and folders, for the question where a match stands.
extension Words {
    static let generatedFiles: [StaticString] = [
        "go.sum", "go.work.sum", "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "bun.lockb",
        "packages.lock.json", "project.assets.json", "gradle.lockfile", "checksums.txt", "sha256sums", "md5sums",
        "asset-manifest.json", "verification-metadata.xml", "package.resolved", "deps.edn.lock", "mix.lock",
        "flake.lock",
    ]

    /// Folders of other people's code.
    static let vendorFolders: [StaticString] = [
        "node_modules", "bower_components", "jspm_packages", "vendor", "vendored", "third_party", "third-party",
        "thirdparty", "site-packages", "dist-packages", "pods", "carthage", ".yarn", "godeps", ".venv",
        "venv",
    ]

    /// What bundlers write.
    static let minifiedSuffixes: [StaticString] = [
        ".min.js", ".min.css", ".min.mjs", ".bundle.js", ".chunk.js", ".js.map", ".css.map", "-min.js",
    ]

    /// Pictures, fonts and models that are text.
    static let mediaEndings: [StaticString] = [
        "svg", "ps", "eps", "xpm", "pbm", "pgm", "ppm", "woff", "woff2", "ttf", "otf", "eot", "bdf", "afm", "sfd",
        "stl", "obj", "gltf", "dae", "lottie", "excalidraw", "drawio",
    ]

    static let vectorFolders: [StaticString] = ["testvectors", "test-vectors", "test_vectors", "wycheproof", "kat"]
    static let vectorNames: [StaticString] = ["test-vector", "test_vector", "testvector"]

    static let translationEndings: [StaticString] = [
        "po", "pot", "xlf", "xliff", "arb", "resx", "strings", "xcstrings",
    ]
    static let translationFolders: [StaticString] = [
        "locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations", "lc_messages",
    ]
    /// What translations are written in that other things are written in, too.
    static let textEndings: [StaticString] = [
        "json", "json5", "yml", "yaml", "properties", "php", "xml", "ini", "txt", "js", "ts",
    ]

    /// What a copy of a file has behind the ending of the file.
    static let endingsOfCopies: [StaticString] = ["orig", "bak", "old", "save", "backup", "rej", "tmp"]

    static let wordListNames: [StaticString] = [
        "wordlist", "word-list", "word_list", "words.txt", "dictionary.txt", "stopwords", "rockyou",
    ]

    // MARK: Where weak values are less sure

    /// What a page of the web says of itself: its own address, for readers and for search engines.
    static let marksOfPages: [StaticString] = [
        "property=\"og:", "rel=\"canonical\"", "rel='canonical'", "rel=canonical",
    ]

    static let exampleFolders: [StaticString] = [
        "test", "tests", "testing", "testdata", "spec", "specs", "__tests__", "mock", "mocks", "fixture", "fixtures",
        "example",
        "examples", "sample", "samples", "demo", "demos", "doc", "docs", "documentation", "tutorial", "tutorials",
        "e2e",
        "integration", "androidtest", "unittest", "unittests", "benchmark", "benchmarks",
    ]
    static let exampleNames: [StaticString] = [
        "test", "spec", "mock", "example", "sample", "fixture", "readme", "template",
    ]
    static let proseEndings: [StaticString] = ["md", "rst", "adoc", "asciidoc", "txt", "html", "htm", "mdx", "po"]

    /// Languages in which a text has quotes, so that letters without them are a name.
    static let codeEndings: [StaticString] = [
        "py", "js", "mjs", "cjs", "jsx", "ts", "tsx", "java", "kt", "kts", "scala", "groovy", "gradle", "go", "rs",
        "rb", "php", "c",
        "h", "cc", "cpp", "cxx", "hpp", "hh", "cs", "swift", "m", "mm", "pl", "pm", "lua", "dart", "ex", "exs", "erl",
        "hs", "ml", "fs",
        "vb", "vue", "svelte", "tf", "hcl", "r", "jl", "clj", "cljs", "coffee", "elm", "nim", "zig", "d", "pas", "sol",
        "proto", "graphql",
    ]
}

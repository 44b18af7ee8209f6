internal import Bytes

/// What `vsce package` packs.
///
/// https://code.visualstudio.com/api/working-with-extensions/publishing-extension#.vscodeignore
struct VSIXPackage {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    /// What vsce leaves out of itself.
    private static let usual = [
        ".vscodeignore", "package-lock.json", "npm-debug.log", "yarn.lock", "yarn-error.log", "npm-shrinkwrap.json",
        ".editorconfig", ".npmrc", ".yarnrc", ".gitattributes", "*.todo", "tslint.yaml", ".eslintrc*", ".babelrc*",
        ".prettierrc*", ".cz-config.js", ".commitlintrc*", "webpack.config.js", "ISSUE_TEMPLATE.md", "CONTRIBUTING.md",
        "PULL_REQUEST_TEMPLATE.md", "CODE_OF_CONDUCT.md", ".github", ".travis.yml", "appveyor.yml",
        "**/.git", "**/.git/**", "**/*.vsix", "**/.DS_Store", "**/*.vsixmanifest", "**/.vscode-test/**",
        "**/.vscode-test-web/**",
    ]

    /// Whether package.json is that of an extension.
    var isExtension: Bool { manifest?[name: "engines"]?[name: "vscode"] != nil }

    private var manifest: JSONNode? {
        guard let text = folder.text("package.json") else { return nil }
        do throws(JSONProblem) {
            return try JSONDocument(Array(text.utf8)).root
        } catch {
            return nil
        }
    }

    func contents() -> PackageContents {
        guard let manifest else {
            var contents = PackageContents(.vsix, [])
            contents.objection = ("has a package.json that is not JSON", nil)
            return contents
        }
        let needed = needed(manifest)
        let own = folder.text(".vscodeignore").map { $0.split(whereSeparator: \.isNewline).map(String.init) } ?? []
        let patterns = IgnorePatterns(
            Self.usual + own.filter { !$0.trimmed.isEmpty && !$0.trimmed.hasPrefix("#") }.map { $0.trimmed }, .vsce)
        var files: [String] = []
        // With `files`, which newer versions of vsce obey as npm does, .vscodeignore is not allowed.
        let listed = manifest[name: "files"] == nil ? nil : Set(NPMPackage(folder).contents().files)
        for path in folder.files {
            if path.hasPrefix("node_modules/"), !needed.contains(where: { path.hasPrefix("node_modules/\($0)/") }) {
                continue
            }
            if let listed, !listed.contains(path), !path.hasPrefix("node_modules/") { continue }
            if path == "package.json" || !patterns.excludes(path) { files.append(path) }
        }
        return PackageContents(.vsix, files)
    }

    /// Modules that it needs when it runs, by name.
    private func needed(_ manifest: JSONNode) -> [String] {
        var names = manifest[name: "dependencies"]?.members.map(\.name) ?? []
        var seen = Set(names)
        var position = 0
        while position < names.count, names.count < 10_000 {
            names += NPMPackage.dependencies(of: names[position], folder).filter { seen.insert($0).inserted }
            position += 1
        }
        return names
    }
}

extension String {
    /// Without blanks at its ends.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

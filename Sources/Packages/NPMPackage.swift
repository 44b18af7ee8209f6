internal import Bytes
internal import ScanSources

/// What `npm publish` packs.
///
/// https://docs.npmjs.com/cli/configuring-npm/package-json#files
struct NPMPackage {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    /// Left out wherever they stand.
    private static let never = IgnorePatterns(
        [
            ".npmignore", ".gitignore", ".git", ".svn", ".hg", "CVS", ".npmrc", ".DS_Store", "npm-debug.log", "*.orig",
            ".*.swp", "._*", "/.lock-wscript", "/.wafpickle-*", "/build/config.gypi", "/package-lock.json",
            "/yarn.lock", "/pnpm-lock.yaml", "/archived-packages/**",
        ], .npm)

    func contents() -> PackageContents {
        guard let text = folder.text("package.json") else {
            return PackageContents(.npm, [], notes: ["package.json is no text"])
        }
        let manifest: JSONNode
        do throws(JSONProblem) {
            manifest = try JSONDocument(Array(text.utf8)).root
        } catch {
            var contents = PackageContents(.npm, [])
            contents.objection = ("has a package.json that is not JSON: \(error)", nil)
            return contents
        }
        var contents = PackageContents(.npm, files(manifest))
        if manifest[name: "private"]?.flag == true {
            contents.notes.append("package.json says private: npm does not publish it")
        }
        return contents
    }

    private func files(_ manifest: JSONNode) -> [String] {
        let listed = manifest[name: "files"]?.elements.compactMap(\.text)
        let required = required(manifest)
        let list = listed.map { IgnorePatterns($0.map(Self.normal), .docker) }
        var levels: [String: NPMIgnoreRules?] = [:]
        let bundled = bundled(manifest)
        return folder.files.filter { path in
            if required.contains(path) { return true }
            if path.hasPrefix("node_modules/") { return bundled.contains { path.hasPrefix("node_modules/\($0)/") } }
            if path.contains("/node_modules/") || Self.never.excludes(path) { return false }
            // The list says what is in, and the top's own ignore file counts only where there is none.
            if let list, !list.includes(path) { return false }
            return !isLeftOut(path, isTopLeftOut: list != nil, &levels)
        }
    }

    private static func normal(_ pattern: String) -> String {
        var text = Substring(pattern)
        if text.hasPrefix("./") { text = text.dropFirst(2) }
        return String(text)
    }

    /// Whether an ignore file leaves a file out, or a folder that it is in.
    ///
    /// - Parameter isTopLeftOut: Whether only the ignore files of folders below the top count.
    private func isLeftOut(_ path: String, isTopLeftOut: Bool, _ levels: inout [String: NPMIgnoreRules?]) -> Bool {
        let names = path.split(separator: "/")
        for count in 1...names.count {
            let entry = names[..<count].joined(separator: "/")
            var isIn = true
            for depth in (isTopLeftOut ? 1 : 0)..<max(count, 1) {
                let parent = names[..<depth].joined(separator: "/")
                let known = levels[parent] ?? Self.ignoreFile(in: parent, folder)
                levels[parent] = .some(known)
                let inner = names[depth..<count].joined(separator: "/")
                if let known, let verdict = known.includes(inner, isFolder: count < names.count) { isIn = verdict }
            }
            if !isIn, !entry.isEmpty { return true }
        }
        return false
    }

    private static func ignoreFile(in parent: String, _ folder: ProjectFolder) -> NPMIgnoreRules? {
        let prefix = parent.isEmpty ? "" : parent + "/"
        for name in [".npmignore", ".gitignore"] {
            if let text = folder.text(prefix + name) { return NPMIgnoreRules(text) }
        }
        return nil
    }

    /// What is always in it.
    private func required(_ manifest: JSONNode) -> Set<String> {
        var paths = ["package.json"]
        paths += folder.files.filter { path in
            guard !path.contains("/") else { return false }
            let stem = path.lowercased().prefix { $0 != "." }
            return ["readme", "license", "licence", "copying"].contains(String(stem)) && !path.hasSuffix("~")
                && !path.hasSuffix(".orig")
        }
        paths += [manifest[name: "main"]?.text, manifest[name: "browser"]?.text].compactMap { $0 }
        if let program = manifest[name: "bin"] {
            paths += program.text.map { [$0] } ?? program.members.compactMap(\.value.text)
        }
        // What is named as a file is in, whatever an ignore file says, but for what nobody publishes.
        for path in (manifest[name: "files"]?.elements.compactMap(\.text) ?? []).map(Self.normal)
        where folder.has(path) && !Self.never.excludes(path) { paths.append(path) }
        return Set(
            paths.map(Self.normal).map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
                .flatMap { [$0, $0 + ".js", $0 + "/index.js"] }.filter(folder.has))
    }

    /// Dependencies that are packed with it, by name.
    private func bundled(_ manifest: JSONNode) -> [String] {
        guard let node = manifest[name: "bundleDependencies"] ?? manifest[name: "bundledDependencies"] else {
            return []
        }
        let dependencies = manifest[name: "dependencies"]?.members.map(\.name) ?? []
        var names = node.flag == true ? dependencies : node.elements.compactMap(\.text)
        // With what they need themselves.
        var seen = Set(names)
        var position = 0
        while position < names.count, names.count < 10_000 {
            let found = Self.dependencies(of: names[position], folder)
            names += found.filter { seen.insert($0).inserted }
            position += 1
        }
        return names
    }

    /// What a module that is installed needs.
    static func dependencies(of name: String, _ folder: ProjectFolder) -> [String] {
        guard let text = folder.text("node_modules/\(name)/package.json") else { return [] }
        do throws(JSONProblem) {
            let manifest = try JSONDocument(Array(text.utf8)).root
            return ["dependencies", "optionalDependencies"].flatMap { manifest[name: $0]?.members.map(\.name) ?? [] }
        } catch {
            return []
        }
    }
}

/// The lines of an `.npmignore`, which npm reads in its own way: a pattern is for an entry itself, and of a folder that is left out
/// nothing is looked at, unless a `!` is for something in it.
struct NPMIgnoreRules {
    private struct Rule {
        let glob: PathGlob
        let parts: [String]
        let isNegated: Bool
        let coversAll: Bool
        /// It has no slash, and is for a name wherever that stands.
        let isForNames: Bool

        /// Whether it is for an entry, and not only for a folder above it.
        func matches(_ path: String) -> Bool {
            guard glob.matches(path) else { return false }
            return coversAll || path.folder.isEmpty || !glob.matches(path.folder)
                // `*` is for the folder and for what lies in it.
                || isForNames && glob.matches(path.lastName)
        }

        /// Whether it may be for something in a folder.
        func mayMatch(below folder: String) -> Bool {
            let count = folder.split(separator: "/").count
            guard parts.count > 1 else { return false }
            if parts.contains("**") { return true }
            return parts.count > count
                && PathGlob("/" + parts[..<count].joined(separator: "/"))?.matches(folder) ?? false
        }
    }

    private let rules: [Rule]

    init(_ text: String) {
        rules = text.split(whereSeparator: \.isNewline).map { String($0).trimmed }
            .filter { !$0.isEmpty && !$0.hasPrefix("#") }
            .flatMap { line -> [Rule] in
                let isNegated = line.hasPrefix("!")
                return IgnorePatterns.braces(isNegated ? String(line.dropFirst()) : line).compactMap { pattern in
                    PathGlob(pattern).map {
                        Rule(
                            glob: $0, parts: pattern.split(separator: "/").map(String.init), isNegated: isNegated,
                            coversAll: pattern.hasSuffix("**"), isForNames: !pattern.contains("/"))
                    }
                }
            }
    }

    /// What the last line that is for an entry says of it; `nil`: none is.
    ///
    /// - Parameter path: From the folder of the ignore file.
    func includes(_ path: String, isFolder: Bool) -> Bool? {
        rules.last { $0.matches(path) || $0.isNegated && isFolder && $0.mayMatch(below: path) }?.isNegated
    }
}

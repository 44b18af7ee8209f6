internal import Bytes
internal import Rules
internal import ScanSources

/// What setuptools packs.
///
/// `setup.py` is a program, which is not run: its packages are found as setuptools finds them, and patterns of package data are read where
/// they stand in it as texts.
///
/// https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html
struct SetuptoolsPackage {
    private let python: PythonProject
    private let tool: TOMLTable?
    private let setup: String
    private let configuration: String

    init(_ folder: ProjectFolder, _ project: TOMLTable) {
        python = PythonProject(folder: folder, project: project)
        tool = project.table(at: "tool", "setuptools")
        setup = folder.text("setup.py") ?? ""
        configuration = folder.text("setup.cfg") ?? ""
    }

    private var folder: ProjectFolder { python.folder }

    func contents() -> PackageContents {
        let packages = packages
        let modules = packages.flatMap { package in
            folder.files.filter { $0.folder == package && ($0.hasSuffix(".py") || $0.hasSuffix(".pyi")) }
        }
        let data = packageData(packages)
        var source = Set(modules + data + topModules + always)
        if usesVersionControl { source.formUnion(folder.tracked ?? []) }
        if let text = folder.text("MANIFEST.in") { ManifestTemplate(text).apply(to: &source, folder) }
        source = source.filter { !PythonProject.isCompiled($0) && !$0.hasPrefix("build/") && !$0.hasPrefix("dist/") }
        // With include_package_data, the usual now, what is in a package and in the source distribution is in the wheel.
        let wheel = source.filter { path in packages.contains { $0 == path.folder || path.hasPrefix($0 + "/") } }
        var notes = ["the source distribution has \(source.count) files, the wheel \(wheel.count)"]
        if setup.contains("cmdclass") {
            notes.append("setup.py has commands of its own, which may put in more: they are not run")
        }
        var contents = PackageContents(.python, source, notes: notes)
        if packages.isEmpty, topModules.isEmpty {
            contents.objection = ("has no Python package or module that setuptools would find", nil)
        }
        return contents
    }

    /// Plug-ins that put everything in that git has.
    private var usesVersionControl: Bool {
        let requires = python.project.table(at: "build-system")?.texts("requires") ?? []
        return requires.contains {
            $0.hasPrefix("setuptools-scm") || $0.hasPrefix("setuptools_scm") || $0.hasPrefix("setuptools-git")
        }
            || setup.contains("use_scm_version") || setup.contains("setuptools_scm") || setup.contains("pbr")
    }

    private var always: [String] {
        (["setup.py", "setup.cfg", "pyproject.toml", "MANIFEST.in"] + python.metadataFiles
            + ["README", "README.txt", "README.rst", "README.md"]
            + folder.files.filter { !$0.contains("/") && Self.isLicence($0) }
            + folder.files.filter { $0.folder == "test" && $0.lastName.hasPrefix("test") && $0.hasSuffix(".py") })
            .filter(folder.has)
    }

    private static func isLicence(_ name: String) -> Bool {
        ["LICEN", "COPYING", "NOTICE", "AUTHORS"].contains { name.uppercased().hasPrefix($0) }
    }

    // MARK: Packages

    /// Folders of packages, from the top of the project.
    private var packages: [String] {
        if let named = tool?.texts("packages") { return named.map(path(ofPackage:)) }
        let find = tool?.table(at: "packages", "find") ?? tool?.table(at: "packages", "find-namespace")
        let root = find?.texts("where")?.first ?? rootInSetup
        let all = packages(below: root.map { $0 == "." ? "" : $0 + "/" } ?? "")
        if let find {
            let include = (find.texts("include") ?? ["*"]).compactMap { PathGlob("/" + $0) }
            let exclude = (find.texts("exclude") ?? []).compactMap { PathGlob("/" + $0) }
            return all.filter { path in
                let name = Self.name(path, below: root)
                return include.contains { $0.matches(name) } && !exclude.contains { $0.matches(name) }
            }
        }
        if root != nil || setup.contains("find_packages") || setup.contains("find_namespace")
            || configuration.contains("find:")
        {
            return all
        }
        if let list = Self.listed("packages", in: setup) { return list.map(path(ofPackage:)) }
        // src-layout, or flat-layout without folders that are no part of it.
        let inSource = packages(below: "src/")
        return inSource.isEmpty ? all.filter { !Self.reserved.contains(String($0.prefix { $0 != "/" })) } : inSource
    }

    /// Folders that setuptools does not take for packages by itself.
    private static let reserved: Set<String> = [
        "ci", "bin", "debian", "doc", "docs", "documentation", "manpages", "news", "newsfragments", "changelog", "test",
        "tests", "unit_test", "unit_tests", "example", "examples", "scripts", "tools", "util", "utils", "python",
        "build",
        "benchmark", "benchmarks", "exercise", "exercises", "htmlcov", "tasks", "fabfile", "site_scons", "node_modules",
    ]

    private static func name(_ path: String, below root: String?) -> String {
        let prefix = root.map { $0 + "/" } ?? ""
        // Patterns have full stops where paths have slashes.
        return String((path.hasPrefix(prefix) ? path.dropFirst(prefix.count) : path[...]).map { $0 == "/" ? "." : $0 })
    }

    private func packages(below prefix: String) -> [String] {
        let names = folder.files.filter { $0.hasPrefix(prefix) && $0.hasSuffix("/__init__.py") }.map(\.folder)
        let known = Set(names)
        return names.filter { path in
            // A package within what is none is not found.
            let parent = path.folder
            return parent + "/" == prefix || parent.isEmpty && prefix.isEmpty || known.contains(parent)
        }
    }

    private func path(ofPackage name: String) -> String {
        let path = String(name.map { $0 == "." ? "/" : $0 })
        guard let root = rootInSetup ?? tool?.table(at: "package-dir")?.values[""]?.text else {
            return folder.files.contains { $0.hasPrefix(path + "/") } ? path : "src/" + path
        }
        return "\(root)/\(path)"
    }

    /// `package_dir={"": "src"}` and `where="src"`, as setup.py and setup.cfg have it.
    private var rootInSetup: String? {
        if let dir = tool?.table(at: "package-dir")?.values[""]?.text { return dir }
        for text in [setup, configuration] where text.contains("package_dir") || text.contains("where") {
            let plain = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "\"" }
            for mark in ["package_dir={:", "where=", "package_dir==", "find_packages("] {
                guard let place = plain.range(of: mark) else { continue }
                let value = plain[place.upperBound...].prefix { $0.isLetter || $0.isNumber || "_./-".contains($0) }
                if !value.isEmpty, folder.files.contains(where: { $0.hasPrefix(value + "/") }) { return String(value) }
            }
        }
        return nil
    }

    private var topModules: [String] {
        let named = tool?.texts("py-modules") ?? Self.listed("py_modules", in: setup)
        if let named { return named.flatMap { ["\($0).py", "src/\($0).py"] }.filter(folder.has) }
        guard packages.isEmpty else { return [] }
        let single = folder.files.filter {
            !$0.contains("/") && $0.hasSuffix(".py") && $0 != "setup.py" && $0 != "conftest.py"
        }
        return single.count == 1 ? single : []
    }

    /// The texts of a list that an argument of `setup` is.
    private static func listed(_ name: String, in source: String) -> [String]? {
        guard let place = source.range(of: name) else { return nil }
        let rest = source[place.upperBound...].drop { $0.isWhitespace || $0 == "=" }
        guard rest.first == "[", let end = rest.firstIndex(of: "]") else { return nil }
        return RubyValues.strings(in: String(rest[..<end]))
    }

    // MARK: Data

    /// What `package_data` names.
    private func packageData(_ packages: [String]) -> [String] {
        var patterns: [(package: String, pattern: String)] = []
        for (package, value) in tool?.table(at: "package-data")?.values ?? [:] {
            for pattern in value.list?.compactMap(\.text) ?? [] { patterns.append((package, pattern)) }
        }
        if let place = setup.range(of: "package_data") {
            let rest = setup[place.upperBound...]
            let body = rest.firstIndex(of: "{").flatMap { open in
                rest[open...].firstIndex(of: "}").map { String(rest[open...$0]) }
            }
            patterns += RubyValues.strings(in: body ?? "").map { ("*", $0) }
        }
        return patterns.flatMap { package, pattern in
            let folders = package == "*" || package.isEmpty ? packages : [path(ofPackage: package)]
            return folders.flatMap { python.matches("\($0)/\(pattern)") }
        }
    }
}

/// `MANIFEST.in`: commands that put files into a source distribution, and take them out again, in their order.
///
/// https://setuptools.pypa.io/en/latest/userguide/miscellaneous.html#controlling-files-in-the-distribution
struct ManifestTemplate {
    private let commands: [[String]]

    init(_ text: String) {
        var joined: [String] = []
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init) {
            if let last = joined.last, last.hasSuffix("\\") {
                joined[joined.count - 1] = last.dropLast() + " " + line
            } else {
                joined.append(line)
            }
        }
        commands = joined.map { $0.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0] }
            .map { $0.split(whereSeparator: \.isWhitespace).map(String.init) }.filter { $0.count > 1 }
    }

    func apply(to files: inout Set<String>, _ folder: ProjectFolder) {
        for command in commands {
            let words = Array(command.dropFirst())
            switch command[0] {
            case "include": files.formUnion(folder.files.filter { Self.isMatched($0, words) })
            case "exclude": files = files.filter { !Self.isMatched($0, words) }
            case "recursive-include":
                files.formUnion(folder.files.filter { Self.isMatched($0, below: words[0], words.dropFirst()) })
            case "recursive-exclude": files = files.filter { !Self.isMatched($0, below: words[0], words.dropFirst()) }
            case "global-include": files.formUnion(folder.files.filter { Self.isMatched($0, below: "", words[...]) })
            case "global-exclude": files = files.filter { !Self.isMatched($0, below: "", words[...]) }
            case "graft": files.formUnion(folder.files.filter { Self.isBelow($0, words) })
            case "prune": files = files.filter { !Self.isBelow($0, words) }
            default: continue
            }
        }
    }

    /// A pattern from the top, which is for a file and not for what lies below a folder.
    private static func isMatched(_ path: String, _ patterns: [String]) -> Bool {
        patterns.contains { pattern in
            guard let glob = PathGlob("/" + pattern), glob.matches(path) else { return false }
            return pattern.hasSuffix("**") || path.folder.isEmpty || !glob.matches(path.folder)
        }
    }

    /// Patterns for names, anywhere below a folder.
    private static func isMatched(_ path: String, below parent: String, _ patterns: ArraySlice<String>) -> Bool {
        var parent = parent[...]
        while parent.hasSuffix("/") { parent = parent.dropLast() }
        guard parent.isEmpty || parent == "." || path.hasPrefix(parent + "/") else { return false }
        return patterns.contains { pattern in
            let last = pattern.contains("/") ? path : path.lastName
            return PathGlob("/" + pattern)?.matches(last) ?? false
        }
    }

    private static func isBelow(_ path: String, _ folders: [String]) -> Bool {
        folders.contains { PathGlob("/" + $0)?.matches(path.folder) ?? false }
    }
}

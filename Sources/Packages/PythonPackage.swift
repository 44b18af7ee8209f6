internal import Bytes
internal import Rules

/// What `python -m build` packs into a wheel and a source distribution, by the build backend that the project names.
struct PythonPackage {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    func contents() -> PackageContents {
        var project = TOMLTable.empty
        if let text = folder.text("pyproject.toml") {
            do throws(TOMLTable.ParseError) {
                project = try TOMLTable(text)
            } catch {
                var contents = PackageContents(.python, [])
                contents.objection = ("has a pyproject.toml that is not TOML: line \(error.line): \(error.reason)", nil)
                return contents
            }
        }
        let backend = project.table(at: "build-system")?.values["build-backend"]?.text ?? "setuptools.build_meta"
        let module = backend.prefix { $0 != "." && $0 != ":" }
        switch module {
        case "setuptools": return SetuptoolsPackage(folder, project).contents()
        case "hatchling": return HatchPackage(folder, project).contents()
        case "poetry": return PoetryPackage(folder, project).contents()
        case "flit_core", "flit": return FlitPackage(folder, project).contents()
        default:
            var contents = PackageContents(.python, [])
            contents.objection = (
                "is built by \(backend), whose rules of what goes in are not known here",
                "build it, and scan what comes out: python -m build, windsock scan dist/*"
            )
            return contents
        }
    }
}

/// What the backends for Python have in common.
struct PythonProject {
    let folder: ProjectFolder
    let project: TOMLTable

    /// The name as a module has it; `nil`: there is none.
    var moduleName: String? {
        let name =
            project.table(at: "project")?.values["name"]?.text
            ?? project.table(at: "tool", "poetry")?.values["name"]?.text
        return name.map { String($0.lowercased().map { "-. ".contains($0) ? "_" : $0 }) }
    }

    /// Files that metadata names: readme and licences.
    var metadataFiles: [String] {
        let table = project.table(at: "project")
        var paths: [String] = []
        if let text = table?.values["readme"]?.text { paths.append(text) }
        if let text = table?.table(at: "readme")?.values["file"]?.text { paths.append(text) }
        if let text = table?.table(at: "license")?.values["file"]?.text { paths.append(text) }
        for pattern in table?.texts("license-files") ?? [] { paths += matches(pattern) }
        return paths.filter(folder.has)
    }

    /// Files that a pattern from the top matches.
    func matches(_ pattern: String) -> [String] {
        let patterns = IgnorePatterns([pattern], .docker)
        return folder.files.filter(patterns.includes)
    }

    /// Where a module of a name is: a folder, or one file; `nil`: it is nowhere.
    func module(_ name: String) -> (prefix: String, isFile: Bool)? {
        for base in ["", "src/"] {
            if folder.has("\(base)\(name)/__init__.py") || folder.has("\(base)\(name)/__init__.pyi") {
                return ("\(base)\(name)/", false)
            }
            if folder.has("\(base)\(name).py") { return ("\(base)\(name).py", true) }
        }
        // A namespace, which has no file of its own.
        return ["src/\(name)/", "\(name)/"].first { base in folder.files.contains { $0.hasPrefix(base) } }
            .map { ($0, false) }
    }

    static func isCompiled(_ path: String) -> Bool {
        path.hasSuffix(".pyc") || path.hasSuffix(".pyo") || path.split(separator: "/").contains("__pycache__")
    }
}

extension TOMLTable {
    static var empty: TOMLTable {
        do throws(ParseError) {
            return try TOMLTable("")
        } catch {
            preconditionFailure("nothing is TOML")
        }
    }
}

/// https://hatch.pypa.io/latest/config/build/#file-selection
struct HatchPackage {
    private let python: PythonProject
    private let build: TOMLTable?

    init(_ folder: ProjectFolder, _ project: TOMLTable) {
        python = PythonProject(folder: folder, project: project)
        build = project.table(at: "tool", "hatch", "build")
    }

    func contents() -> PackageContents {
        let always =
            ["pyproject.toml", "hatch_build.py", ".gitignore"] + python.metadataFiles
            + python.folder.atTop(beginning: ["readme", "licen", "copying", "notice", "authors"])
        let source = selected("sdist", usually: { _ in true })
        let wheel = selected("wheel", usually: isOfModule)
        return PackageContents(
            .python, source + wheel + always.filter(python.folder.has),
            notes: ["the source distribution has \(source.count) files, the wheel \(wheel.count)"])
    }

    private func isOfModule(_ path: String) -> Bool {
        guard let module = python.moduleName.flatMap(python.module) else { return true }
        return path.hasPrefix(module.prefix)
    }

    private func selected(_ target: String, usually isUsual: (String) -> Bool) -> [String] {
        let own = build?.table(at: "targets", target)
        let texts = { (name: String) in own?.texts(name) ?? build?.texts(name) }
        let ignoresVCS = own?.values["ignore-vcs"]?.bool ?? build?.values["ignore-vcs"]?.bool ?? false
        let all = ignoresVCS ? python.folder.files : python.folder.unignored
        let exclude = IgnorePatterns(texts("exclude") ?? [], .git)
        let artifacts = IgnorePatterns(texts("artifacts") ?? [], .git)
        let packages = own?.texts("packages") ?? build?.texts("packages")
        let only = own?.texts("only-include") ?? build?.texts("only-include") ?? packages
        let include = texts("include").map { IgnorePatterns($0, .git) }
        var files = all.filter { path in
            if PythonProject.isCompiled(path) || path.hasPrefix("dist/") || exclude.excludes(path) { return false }
            if let only { return only.contains { path == $0 || path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") } }
            return include?.includes(path) ?? isUsual(path)
        }
        files += python.folder.files.filter { artifacts.includes($0) && !exclude.excludes($0) }
        for source in (own?.table(at: "force-include") ?? build?.table(at: "force-include"))?.values.keys.sorted() ?? []
        {
            files += python.folder.files.filter { $0 == source || $0.hasPrefix(source + "/") }
        }
        return files
    }
}

/// https://python-poetry.org/docs/pyproject/#include-and-exclude
struct PoetryPackage {
    private let python: PythonProject
    private let poetry: TOMLTable?

    init(_ folder: ProjectFolder, _ project: TOMLTable) {
        python = PythonProject(folder: folder, project: project)
        poetry = project.table(at: "tool", "poetry")
    }

    func contents() -> PackageContents {
        let exclude = IgnorePatterns(paths("exclude"), .docker)
        let kept = Set(python.folder.unignored)
        var files = packages.filter { kept.contains($0) && !exclude.excludes($0) && !PythonProject.isCompiled($0) }
        // What is included by name is, whatever git ignores.
        for pattern in paths("include") { files += python.matches(pattern) }
        files += ["pyproject.toml", "build.py"] + python.metadataFiles + (poetry?.texts("readme") ?? [])
        files += python.folder.atTop(beginning: ["licen", "copying", "authors", "notice"])
        return PackageContents(.python, files.filter(python.folder.has))
    }

    private var packages: [String] {
        if let list = poetry?.values["packages"]?.list {
            return list.compactMap(\.table).flatMap { table -> [String] in
                guard let include = table.values["include"]?.text else { return [] }
                return python.matches(table.values["from"]?.text.map { "\($0)/\(include)" } ?? include)
            }
        }
        guard let module = python.moduleName.flatMap(python.module) else { return [] }
        return python.folder.files.filter { $0.hasPrefix(module.prefix) }
    }

    /// Patterns, which stand as texts or as tables with a path.
    private func paths(_ name: String) -> [String] {
        (poetry?.values[name]?.list ?? []).compactMap { $0.text ?? $0.table?.values["path"]?.text }
    }
}

/// https://flit.pypa.io/en/stable/pyproject_toml.html#sdist-section
struct FlitPackage {
    private let python: PythonProject
    private let flit: TOMLTable?

    init(_ folder: ProjectFolder, _ project: TOMLTable) {
        python = PythonProject(folder: folder, project: project)
        flit = project.table(at: "tool", "flit")
    }

    func contents() -> PackageContents {
        let name =
            flit?.table(at: "module")?.values["name"]?.text ?? flit?.table(at: "metadata")?.values["module"]?.text
        guard let module = (name ?? python.moduleName).flatMap(python.module) else {
            var contents = PackageContents(.python, [])
            contents.objection = ("names a module that is not there", nil)
            return contents
        }
        var files = python.folder.files.filter { $0.hasPrefix(module.prefix) && !PythonProject.isCompiled($0) }
        if let data = flit?.table(at: "external-data")?.values["directory"]?.text {
            files += python.folder.files.filter { $0.hasPrefix(data + "/") }
        }
        for pattern in flit?.table(at: "sdist")?.texts("include") ?? [] { files += python.matches(pattern) }
        let exclude = IgnorePatterns(flit?.table(at: "sdist")?.texts("exclude") ?? [], .docker)
        // `flit publish` makes the wheel of the folder, whatever the source distribution leaves out.
        let always =
            ["pyproject.toml"] + python.metadataFiles
            + python.folder.atTop(beginning: ["license", "licence", "copying"])
        files = files.filter { $0.hasPrefix(module.prefix) || !exclude.excludes($0) } + always
        return PackageContents(.python, files.filter(python.folder.has))
    }
}

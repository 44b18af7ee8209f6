internal import Rules

/// What `cargo publish` packs.
///
/// https://doc.rust-lang.org/cargo/reference/manifest.html#the-exclude-and-include-fields
struct CratePackage {
    private let folder: ProjectFolder

    init(_ folder: ProjectFolder) { self.folder = folder }

    func contents() -> PackageContents {
        let manifest: TOMLTable
        do throws(TOMLTable.ParseError) {
            manifest = try TOMLTable(folder.text("Cargo.toml") ?? "")
        } catch {
            var contents = PackageContents(.crate, [])
            contents.objection = ("has a Cargo.toml that is not TOML: line \(error.line): \(error.reason)", nil)
            return contents
        }
        guard let package = manifest[table: "package"] else {
            var contents = PackageContents(.crate, [])
            contents.objection = (
                "has a Cargo.toml without a package: it is a workspace", "name the folder of one of its members"
            )
            return contents
        }
        return PackageContents(.crate, files(package), notes: notes(package))
    }

    private func files(_ package: TOMLTable) -> [String] {
        let (include, exclude) = (package.texts("include"), package.texts("exclude"))
        // Another crate below is packed by itself.
        let others = folder.files.filter { $0.hasSuffix("/Cargo.toml") }.map(\.folder)
        let own = { (path: String) in !others.contains { path.hasPrefix($0 + "/") } }
        let always = always(package)
        let candidates: [String]
        if let include {
            let patterns = IgnorePatterns(include, .git)
            candidates = folder.files.filter { patterns.includes($0) && !$0.hasPrefix("target/") }
        } else {
            let patterns = IgnorePatterns(exclude ?? [], .git)
            // Without git, which cargo asks only where it has the manifest, names that begin with a full stop are left out.
            let all =
                folder.tracked?.contains("Cargo.toml") == true
                ? folder.unignored : folder.files.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            candidates = all.filter { !patterns.excludes($0) && !$0.hasPrefix("target/") }
        }
        return (candidates + always).filter(own)
    }

    private func always(_ package: TOMLTable) -> [String] {
        var paths = ["Cargo.toml", "Cargo.lock"]
        if let path = package.values["license-file"]?.text { paths.append(path) }
        if let path = package.values["readme"]?.text {
            paths.append(path)
        } else if package.values["readme"]?.bool != false {
            // The first of these that is there.
            paths += ["README.md", "README.txt", "README"].first(where: folder.has).map { [$0] } ?? []
        }
        return paths.filter(folder.has)
    }

    private func notes(_ package: TOMLTable) -> [String] {
        package.values["publish"]?.bool == false ? ["Cargo.toml says publish = false: cargo does not publish it"] : []
    }
}

extension TOMLTable {
    subscript(table name: String) -> TOMLTable? { values[name]?.table }

    /// A list of texts, or one of them; `nil`: there is none.
    func texts(_ name: String) -> [String]? {
        if let text = values[name]?.text { return [text] }
        return values[name]?.list?.compactMap(\.text)
    }

    /// A table within tables.
    func table(at path: String...) -> TOMLTable? {
        var table = self
        for name in path {
            guard let inner = table[table: name] else { return nil }
            table = inner
        }
        return table
    }
}

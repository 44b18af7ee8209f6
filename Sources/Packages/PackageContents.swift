package import Bytes
internal import Platform

/// What is packed and published.
package enum PackageKind: String, Sendable, Hashable, CaseIterable {
    case npm
    /// An extension of Visual Studio Code.
    case vsix
    /// A wheel and a source distribution.
    case python
    case crate, gem
    /// What a build of an image is sent.
    case docker
}

/// What a package would have in it.
package struct PackageContents: Sendable {
    package var kind: PackageKind
    /// Relative to the project's folder, each once, in order.
    package var files: [String]
    /// What there is to say of how they were told, in sentences without a full stop.
    package var notes: [String] = []
    /// Why it is not known what would be in it, in words that follow the folder's name; `nil`: it is.
    package var objection: (message: String, advice: String?)?

    init(_ kind: PackageKind, _ files: some Sequence<String>, notes: [String] = []) {
        self.kind = kind
        self.files = Array(Set(files)).sorted()
        self.notes = notes
    }
}

/// Tells what a project would publish, by the rules of the tools that pack it. Nothing of the project is run.
package struct Packager {
    private let folder: ProjectFolder

    /// - Throws: `SystemError` where there is no such folder.
    package init(_ path: String) throws(SystemError) { folder = try ProjectFolder(path) }

    /// The folder, absolute.
    package var root: String { folder.root }
    /// Folders below it that could not be listed.
    package var unlisted: [(path: String, reason: String)] { folder.unlisted }

    /// What the project is, by the files that say so.
    package var kinds: [PackageKind] {
        var kinds: [PackageKind] = []
        if folder.has("package.json") { kinds.append(VSIXPackage(folder).isExtension ? .vsix : .npm) }
        if ["pyproject.toml", "setup.py", "setup.cfg"].contains(where: folder.has) { kinds.append(.python) }
        if folder.has("Cargo.toml") { kinds.append(.crate) }
        if GemPackage(folder).specification != nil { kinds.append(.gem) }
        let isImage = folder.files.contains { path in
            !path.contains("/") && ["dockerfile", "containerfile"].contains { path.lowercased().hasPrefix($0) }
        }
        if isImage { kinds.append(.docker) }
        return kinds
    }

    package func contents(_ kind: PackageKind) -> PackageContents {
        switch kind {
        case .npm: NPMPackage(folder).contents()
        case .vsix: VSIXPackage(folder).contents()
        case .python: PythonPackage(folder).contents()
        case .crate: CratePackage(folder).contents()
        case .gem: GemPackage(folder).contents()
        case .docker: DockerContext(folder).contents()
        }
    }
}

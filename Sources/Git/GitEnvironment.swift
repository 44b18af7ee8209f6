internal import Platform

/// The variables by which git tells a hook, or a person tells git, where a repository's parts are.
package struct GitEnvironment: Sendable, Hashable {
    /// `GIT_DIR`
    package var directory: String?
    /// `GIT_WORK_TREE`
    package var workTree: String?
    /// `GIT_INDEX_FILE`: what `git commit FILE` and `git commit -a` give their hooks.
    package var indexFile: String?
    /// `GIT_OBJECT_DIRECTORY`: while a push is received, its objects wait there.
    package var objectDirectory: String?
    /// `GIT_ALTERNATE_OBJECT_DIRECTORIES`, separated by colons.
    package var alternateObjectDirectories: [String]
    /// Relative paths start here.
    package var currentDirectory: String

    /// Describes an environment; without arguments, one that says nothing.
    package init(
        directory: String? = nil, workTree: String? = nil, indexFile: String? = nil, objectDirectory: String? = nil,
        alternateObjectDirectories: [String] = [], currentDirectory: String = "."
    ) {
        self.directory = directory
        self.workTree = workTree
        self.indexFile = indexFile
        self.objectDirectory = objectDirectory
        self.alternateObjectDirectories = alternateObjectDirectories
        self.currentDirectory = currentDirectory
    }

    /// The environment of this process.
    package static func ofProcess() -> GitEnvironment {
        func value(_ name: String) -> String? {
            guard let text = getenv(name), text[0] != 0 else { return nil }
            return String(cString: text)
        }
        return GitEnvironment(
            directory: value("GIT_DIR"), workTree: value("GIT_WORK_TREE"), indexFile: value("GIT_INDEX_FILE"),
            objectDirectory: value("GIT_OBJECT_DIRECTORY"),
            alternateObjectDirectories: value("GIT_ALTERNATE_OBJECT_DIRECTORIES")?
                .split(separator: ":").map(String.init) ?? [])
    }

    /// An absolute form of a path of this environment.
    func absolute(_ path: String) -> String {
        let joined = path.hasPrefix("/") ? path : currentDirectory + "/" + path
        return resolvedPath(joined) ?? joined
    }
}

/// The path without symbolic links, `.` and `..`; `nil` if there is nothing.
func resolvedPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
}

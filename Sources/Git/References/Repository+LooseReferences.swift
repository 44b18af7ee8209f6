internal import CLibgit2
internal import Platform

extension Repository {
    /// References that have a file and that libgit2 leaves out without a word, because the file is damaged.
    func unreadableReferenceNames(known: Set<String>) throws(GitError) -> [String] {
        var names: [String] = []
        var folders = ["refs"]
        while let folder = folders.popLast() {
            for (name, format) in try entries(ofFolder: folder) {
                let path = folder + "/" + name
                if format == S_IFDIR {
                    folders.append(path)
                } else if !known.contains(path), isValidReferenceName(path) {
                    names.append(path)
                }
            }
        }
        return names.sorted()
    }

    /// Lock files and what file managers leave behind are no references.
    private func isValidReferenceName(_ name: String) -> Bool {
        var isValid: Int32 = 0
        return git_reference_name_is_valid(&isValid, name) == 0 && isValid == 1
    }

    /// Where references are files: the common git directory, or what takes its place.
    ///
    /// - Throws: Where only git could read the references, and did not.
    var referenceDirectory: String {
        get throws(GitError) {
            if let referenceFailure = layout.referenceFailure { throw referenceFailure }
            return referenceCopy?.path ?? commonDirectory
        }
    }

    /// What lies in a folder of the common git directory, and what it is: `S_IFREG`, `S_IFDIR` or something else.
    func entries(ofFolder folder: String) throws(GitError) -> [(name: String, format: mode_t)] {
        let path = try referenceDirectory + folder
        guard let stream = opendir(path) else {
            // Folders come and go with the references in them.
            if errno == ENOENT { return [] }
            throw GitError(
                operation: "list", subject: path, kind: .other, category: "operating system",
                message: String(cString: strerror(errno)))
        }
        defer { closedir(stream) }
        var found: [(name: String, format: mode_t)] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != ".." else { continue }
            var status = stat()
            guard lstat(path + "/" + name, &status) == 0 else { continue }
            found.append((name, status.st_mode & S_IFMT))
        }
        return found
    }
}

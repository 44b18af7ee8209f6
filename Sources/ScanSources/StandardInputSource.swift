internal import Git

/// Standard input, read to its end.
package struct StandardInputSource: ScanSource {
    private let name: String

    /// - Parameter name: The path that reports show and that rules about paths see.
    package init(name: String = "standard input") {
        self.name = name
    }

    package func plan() throws(SourceError) -> Plan {
        let item = ScanItem(path: PathBytes(name), origin: .standardInput, size: nil)
        return Plan(items: [item])
    }

    package func makeReader() throws(SourceError) -> any BlobReader {
        do throws(GitError) {
            return try SourceReader()
        } catch {
            throw SourceError(error, attempt: "read", subject: "standard input")
        }
    }
}

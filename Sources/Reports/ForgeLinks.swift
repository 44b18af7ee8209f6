internal import Bytes
package import Findings

/// Addresses of lines on the pages of the forge that a repository comes from.
package struct ForgeLinks {
    /// Who has which form of addresses.
    private enum Forge {
        case gitHub, gitLab, bitbucket, gitea, azure

        /// Told by the name of the host; there is no asking it.
        init?(host: Substring) {
            let host = host.lowercased()
            if host.contains("github") || host == "ghe.io" {
                self = .gitHub
            } else if host.contains("gitlab") {
                self = .gitLab
            } else if host.contains("bitbucket") {
                self = .bitbucket
            } else if host == "codeberg.org" || host.contains("gitea") || host.contains("forgejo") {
                self = .gitea
            } else if host == "dev.azure.com" || host.hasSuffix(".visualstudio.com") {
                self = .azure
            } else {
                return nil
            }
        }
    }

    private let forge: Forge
    private let address: String
    private let head: String?
    private let mode: ScanMode

    /// - Returns: `nil` where the repository has no page, or nobody knows what its addresses are like.
    init?(_ result: ScanResult) { self.init(result.repository, mode: result.summary.mode) }

    /// - Parameter mode: What was scanned.
    /// - Returns: `nil` where the repository has no page, or nobody knows what its addresses are like.
    package init?(_ repository: SourceRepository, mode: ScanMode) {
        guard let address = repository.address, address.isWebAddress, let start = address.firstRange(of: "://")
        else { return nil }
        let host = address[start.upperBound...].prefix { $0 != "/" && $0 != ":" }
        guard let forge = Forge(host: host) else { return nil }
        self.forge = forge
        self.address = address
        head = repository.commit
        self.mode = mode
    }

    /// The address of a place in the commit that has it so; `nil` for what is in none, and for names that were redacted.
    package func address(of occurrence: Occurrence) -> String? {
        if case .commitMessage(let commit) = occurrence.origin { return address(ofCommit: commit.description) }
        guard occurrence.origin.isFile, !occurrence.path.isEmpty, !occurrence.path.hasPrefix("/"),
            !occurrence.path.contains("…"), let commit = commit(of: occurrence)
        else { return nil }
        let path = SARIFLocation.uri(of: occurrence.file)
        let line = max(1, occurrence.regionInFile.startLine)
        switch forge {
        case .gitHub: return "\(address)/blob/\(commit)/\(path)#L\(line)"
        case .gitLab: return "\(address)/-/blob/\(commit)/\(path)#L\(line)"
        case .bitbucket: return "\(address)/src/\(commit)/\(path)#lines-\(line)"
        case .gitea: return "\(address)/src/commit/\(commit)/\(path)#L\(line)"
        case .azure:
            return "\(address)?path=/\(path)&version=GC\(commit)&line=\(line)&lineEnd=\(line + 1)&lineStartColumn=1"
        }
    }

    func address(ofCommit commit: String) -> String {
        switch forge {
        case .gitHub, .gitea, .azure: "\(address)/commit/\(commit)"
        case .gitLab: "\(address)/-/commit/\(commit)"
        case .bitbucket: "\(address)/commits/\(commit)"
        }
    }

    /// What is in HEAD is best seen there; what is not is in the commit that brought it.
    private func commit(of occurrence: Occurrence) -> String? {
        if let history = occurrence.history {
            if history.isInHead, let head { return head }
            return (occurrence.shownCommit ?? history.introduced?.id)?.description
        }
        // What is only in the index or on standard input is in no commit yet.
        return occurrence.origin == .file && mode == .tree ? head : nil
    }
}

internal import Bytes
internal import Verification

/// A text beside a repository's code.
package struct ForgeText: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Issues and what is said below them.
        case issues
        /// Pull and merge requests, and what is said below them.
        case pulls
        /// What releases say of themselves.
        case releases
        /// What jobs of CI have left, in containers.
        case artifacts
        /// What jobs of CI have printed.
        case logs
    }

    package var kind: Kind
    /// The page where people find it.
    package var address: String
    package var bytes: [UInt8]
}

/// What has become of one kind of texts of a repository.
package struct ForgeTextOutcome: Sendable {
    package var kind: ForgeText.Kind
    /// How many were read.
    package var count = 0
    package var byteCount = 0
    /// Why not all were; `nil`: all were.
    package var failure: ForgeError?
    /// What the forge does not keep any more, or has none of: that leaves nothing out.
    package var passedOver = 0
}

extension Forge {
    /// Reads texts of a repository.
    ///
    /// - Parameters:
    ///   - maximumSize: Bytes of all texts together; what goes beyond is not read, and that is said.
    ///   - body: Takes each text.
    /// - Returns: What has become of each kind, in their order.
    package func texts(
        of repository: ForgeRepository, _ kinds: [ForgeText.Kind], maximumSize: Int, _ body: (ForgeText) -> Void
    ) -> [ForgeTextOutcome] {
        var left = maximumSize
        return kinds.map { kind in
            var outcome = ForgeTextOutcome(kind: kind)
            do throws(ForgeError) {
                try read(kind, of: repository) { (text) throws(ForgeError) in
                    guard let text else {
                        outcome.passedOver += 1
                        return
                    }
                    left -= text.bytes.count
                    guard left >= 0 else {
                        throw ForgeError(
                            .ended, "there is more than \(maximumSize >> 20) MiB of it: the rest was not read")
                    }
                    outcome.count += 1
                    outcome.byteCount += text.bytes.count
                    body(text)
                }
            } catch {
                outcome.failure = error
            }
            return outcome
        }
    }

    /// - Parameter body: Takes a text, or `nil` for one that is not kept any more.
    private func read(
        _ kind: ForgeText.Kind, of repository: ForgeRepository, _ body: (ForgeText?) throws(ForgeError) -> Void
    ) throws(ForgeError) {
        switch source.kind {
        case .github: try readGitHub(kind, repository, body)
        case .gitlab: try readGitLab(kind, repository, body)
        case .gitea: try readGitea(kind, repository, body)
        case .bitbucket where source.isPublicService: try readBitbucket(kind, repository, body)
        case .azure: try readAzure(kind, repository, body)
        case .bitbucket: throw unread(kind)
        }
    }

    func unread(_ kind: ForgeText.Kind) -> ForgeError {
        ForgeError(.usage, "windsock does not read \(kind.rawValue) of \(source.kind.title)")
    }

    /// A name with slashes as it stands in a path.
    func path(_ name: String) -> String {
        name.split(separator: "/").map { String($0).percentEncoded }.joined(separator: "/")
    }

    /// A text of some members of an object; `nil` where they say nothing.
    func text(_ kind: ForgeText.Kind, _ value: JSONValue, _ members: [String], address: String?) -> ForgeText? {
        let parts = members.compactMap { value[$0]?.text }.filter { !$0.isEmpty }
        guard !parts.isEmpty, let address, !address.isEmpty else { return nil }
        return ForgeText(kind: kind, address: Self.clean(address), bytes: Array(parts.joined(separator: "\n\n").utf8))
    }

    /// A file that is fetched; `nil` where the forge does not keep it any more.
    func file(_ kind: ForgeText.Kind, _ target: String, address: String) throws(ForgeError) -> ForgeText? {
        do throws(ForgeError) {
            return ForgeText(kind: kind, address: Self.clean(address), bytes: try client.download(target))
        } catch {
            // Logs and artifacts end after some weeks: 404, or 410.
            if error.kind == .notFound || error.description.contains("HTTP 410") { return nil }
            throw error
        }
    }

    /// An address as reports may show it, whatever the forge has put into it.
    private static func clean(_ address: String) -> String {
        let visible = address.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7f }
        return String(String.UnicodeScalarView(visible).prefix(500))
    }
}

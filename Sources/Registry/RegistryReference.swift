internal import Bytes
package import Images

/// An image in a registry: `NAME`, `NAME:TAG` or `NAME@DIGEST`, where a name may begin with the registry's host.
package struct RegistryReference: Sendable, Hashable, CustomStringConvertible {
    /// `registry-1.docker.io`, `ghcr.io`, `localhost:5000`.
    package let host: String
    /// `library/alpine`.
    package let repository: String
    package let tag: String
    /// What is asked for in place of a tag.
    package let digest: ImageDigest?
    /// As a person would write it in full: `docker.io/library/alpine:latest`.
    package let description: String

    /// What is wrong with a name.
    package struct Failure: Error, Sendable, Hashable {
        /// In words that follow the name.
        package let reason: String
    }

    /// Reads a name by the rules of docker.
    package init(_ text: String) throws(Failure) {
        var rest = text[...]
        var digest: ImageDigest?
        if let at = rest.lastIndex(of: "@") {
            digest = ImageDigest(String(rest[rest.index(after: at)...]))
            if digest == nil { throw Failure(reason: "ends in what is no digest: sha256: and 64 hex digits") }
            rest = rest[..<at]
        }
        var tag: Substring?
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
            tag = rest[rest.index(after: colon)...]
            rest = rest[..<colon]
        }
        var (host, path): (String, Substring) = ("docker.io", rest)
        if let slash = rest.firstIndex(of: "/") {
            let first = rest[..<slash]
            if first.contains(".") || first.contains(":") || first == "localhost" {
                (host, path) = (first.lowercased(), rest[rest.index(after: slash)...])
            }
        }
        guard Self.isHost(host) else { throw Failure(reason: "begins with what is no host of a registry") }
        if host == "index.docker.io" { host = "docker.io" }
        if host == "docker.io", !path.contains("/") { path = "library/" + path }
        guard Self.isRepository(path) else {
            throw Failure(reason: "is no name of an image: lower-case letters, digits and . _ - / are")
        }
        if let tag, !Self.isTag(tag) { throw Failure(reason: "has a tag that no image can have") }
        self.host = host == "docker.io" ? "registry-1.docker.io" : host
        repository = String(path)
        self.tag = tag.map { String($0) } ?? "latest"
        self.digest = digest
        let version = digest.map { (tag.map { ":\($0)" } ?? "") + "@\($0)" } ?? ":\(self.tag)"
        description = "\(host)/\(path)\(version)"
    }

    /// Whether it is this machine, which is asked by http.
    package var isLoopback: Bool {
        let name =
            host.hasPrefix("[") ? String(host.dropFirst().prefix { $0 != "]" }) : String(host.prefix { $0 != ":" })
        return name == "localhost" || name.hasPrefix("127.") && name.utf8.allSatisfy { $0.isDigit || $0 == .period }
            || name == "::1"
    }

    /// How `config.json` may call the registry.
    package var credentialKeys: [String] {
        guard host == "registry-1.docker.io" else { return [host, "https://\(host)", "http://\(host)"] }
        return ["https://index.docker.io/v1/", "docker.io", "index.docker.io", "registry-1.docker.io"]
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                $0.isAlphanumeric || [.hyphen, .period, .colon, .leftBracket, .rightBracket].contains($0)
            }
    }

    private static func isRepository(_ text: Substring) -> Bool {
        text.utf8.count <= 255
            && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                let isPlain = { (byte: UInt8?) in byte.map { $0.isDigit || (0x61...0x7a).contains($0) } ?? false }
                return isPlain(part.utf8.first) && isPlain(part.utf8.last)
                    && part.utf8.allSatisfy { isPlain($0) || "._-".utf8.contains($0) }
            }
    }

    private static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isAlphanumeric || first == UInt8(ascii: "_") else { return false }
        return text.utf8.count <= 128 && text.utf8.allSatisfy { $0.isAlphanumeric || "_.-".utf8.contains($0) }
    }
}

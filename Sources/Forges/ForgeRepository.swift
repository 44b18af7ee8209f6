internal import Bytes
internal import Rules
internal import Verification

/// A repository as its forge lists it.
package struct ForgeRepository: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case repository, wiki, gist
    }

    package enum Visibility: String, Sendable, CaseIterable {
        case `public`, `internal`, `private`
    }

    package var kind = Kind.repository
    /// What the forge tells it by from all others; it stays when the name changes.
    package var id: String
    /// With all that stands before it: `acme/shop`, `acme/web/site`.
    package var name: String
    /// How git fetches it: https or ssh, on the forge's own host, without anybody who logs in.
    package var cloneAddress: String
    /// How git fetches its wiki; `nil`: it has none.
    package var wikiAddress: String?
    package var isArchived = false
    package var isFork = false
    /// Whether nothing was ever pushed.
    package var isEmpty = false
    /// `nil`: the forge does not say.
    package var visibility: Visibility?
    /// When something was pushed last, in seconds since 1970; `nil`: the forge does not say.
    package var pushedAt: Int?
    /// In bytes, as the forge counts it; 0: it does not say.
    package var size = 0

    package init(id: String, name: String, cloneAddress: String) {
        self.id = id
        self.name = name
        self.cloneAddress = cloneAddress
    }
}

/// Which of a forge's repositories are read.
package struct ForgeFilter: Sendable {
    /// Patterns of names, `*` and `?` among them; none: all.
    package var include: [String] = []
    package var exclude: [String] = []
    package var leavesOutArchived = false
    package var leavesOutForks = false
    /// `nil`: whatever it is.
    package var visibilities: Set<ForgeRepository.Visibility>?
    /// Seconds since 1970; `nil`: however long ago.
    package var pushedSince: Int?

    package init() {}

    /// Why a repository is passed over; `nil`: it is read.
    package func reason(against repository: ForgeRepository) -> String? {
        if !include.isEmpty, !include.contains(where: { NamePattern.fits($0, repository.name) }) {
            return "its name fits no --include"
        }
        if let pattern = exclude.first(where: { NamePattern.fits($0, repository.name) }) {
            return "its name fits --exclude \(pattern)"
        }
        if leavesOutArchived, repository.isArchived { return "it is archived (--no-archived)" }
        if leavesOutForks, repository.isFork { return "it is a fork (--no-forks)" }
        // What the forge does not say is no reason to leave something out.
        if let visibilities, let visibility = repository.visibility, !visibilities.contains(visibility) {
            return "it is \(visibility.rawValue) (--visibility)"
        }
        if let pushedSince, let pushedAt = repository.pushedAt, pushedAt < pushedSince {
            return "nothing was pushed since (--pushed-since)"
        }
        return nil
    }
}

/// Patterns of names: `*` stands for anything, `?` for one character; case is ignored.
enum NamePattern {
    /// Whether a pattern fits a name: its last part or, where the pattern has a slash, all of it or its end.
    static func fits(_ pattern: String, _ name: String) -> Bool {
        let (pattern, name) = (Array(pattern.lowercased()), name.lowercased())
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard pattern.contains("/") else { return matches(pattern, Array(parts.last ?? "")) }
        return parts.indices.contains { matches(pattern, Array(parts[$0...].joined(separator: "/"))) }
    }

    /// Takes as many steps as the lengths multiplied, whatever the pattern is.
    private static func matches(_ pattern: [Character], _ text: [Character]) -> Bool {
        var (p, t) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, pattern[p] == "*" {
                star = (p, t)
                p += 1
            } else if p < pattern.count, pattern[p] == "?" || pattern[p] == text[t] {
                p += 1
                t += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (p, t) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == "*" }
    }
}

/// Addresses for git, as a forge gives them.
enum CloneAddress {
    /// An address that git may be given, without who logs in; throws what is wrong with it.
    ///
    /// - Parameters:
    ///   - text: `https://host/acme/shop.git`, `git@host:acme/shop.git`, `ssh://git@host:22/acme/shop.git`.
    ///   - hosts: Those that a clone may come from, with ports.
    static func checked(_ text: String, from hosts: Set<String>) throws(ForgeError) -> String {
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }), !text.contains("\\"), !text.hasPrefix("-") else {
            throw ForgeError(.badAnswer, "its address holds what no address has")
        }
        let (host, path, clean): (String, Substring, String)
        if text.lowercased().hasPrefix("https://") {
            let address = try https(withoutUser(text))
            (host, path, clean) = (address.hostAndPort, address.target[...], address.description)
        } else if text.lowercased().hasPrefix("ssh://") {
            let rest = text.dropFirst("ssh://".count)
            let end = rest.firstIndex(of: "/") ?? rest.endIndex
            let name = rest[..<end].split(separator: "@").last ?? ""
            (host, path, clean) = (String(name.prefix { $0 != ":" }).lowercased(), rest[end...], text)
        } else if let colon = text.firstIndex(of: ":"), let at = text.firstIndex(of: "@"), at < colon {
            host = text[text.index(after: at)..<colon].lowercased()
            (path, clean) = (text[text.index(after: colon)...], text)
        } else {
            throw ForgeError(.badAnswer, "its address is neither of https nor of ssh")
        }
        guard hosts.contains(host) else {
            throw ForgeError(
                .badAnswer, "its address is on another host, \(host), than the forge: it is not fetched from there")
        }
        guard path.utf8.count > 1, !hasUp(path) else {
            throw ForgeError(.badAnswer, "its address leads upwards (..)")
        }
        return clean
    }

    /// Whether a name or a path, percent-encoded or not, leads upwards.
    static func hasUp(_ path: some StringProtocol) -> Bool {
        let plain = String(decoding: Array(path.utf8)[...].percentDecoded, as: UTF8.self)
        return plain.split(separator: "/").contains("..") || plain.split(separator: "/").contains(".")
    }

    private static func https(_ text: String) throws(ForgeError) -> HTTPSAddress {
        do throws(HTTPSAddressError) {
            return try HTTPSAddress(text)
        } catch {
            throw ForgeError(.badAnswer, "its address \(error)")
        }
    }

    private static func withoutUser(_ text: String) -> String {
        let rest = text.dropFirst("https://".count)
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let at = rest[..<end].lastIndex(of: "@") else { return text }
        return "https://" + rest[rest.index(after: at)...]
    }
}

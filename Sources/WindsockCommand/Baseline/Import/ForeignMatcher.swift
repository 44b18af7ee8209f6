import Bytes
import Findings

/// Finds what another scanner's entries mean among what was found here.
struct ForeignMatcher {
    private let findings: [Finding]
    private let hashes: [Hashes]

    /// The hashes by which others know a secret.
    private struct Hashes {
        var sha1: Set<String> = []
        var sha256: Set<String> = []
    }

    /// What ggshield says a match is, which it hashes with it.
    private static let matchTypes = [
        "apikey", "password", "client_secret", "token", "private_key", "connection_uri", "secret", "username",
        "client_id",
    ]

    init(_ findings: [Finding]) {
        self.findings = findings
        hashes = findings.map { finding in
            var hashes = Hashes()
            if finding.secret.isVisible { return hashes }
            for bytes in Set([finding.secret.bytes, finding.secret.value.bytes] + finding.identity.spellings) {
                hashes.sha1.insert(bytes.withUnsafeBytes { SHA1.digest($0) }.withUnsafeBytes(\.hexadecimal))
                for suffix in [""] + Self.matchTypes.map({ ",\($0)" }) {
                    hashes.sha256.insert(SHA256.hexadecimal(of: bytes + Array(suffix.utf8)))
                }
            }
            return hashes
        }
    }

    /// What an entry means; empty where nothing of it was found.
    func findings(for claim: ForeignBaseline.Claim) -> [Finding] {
        findings.indices.filter { holds(claim, $0) }.map { findings[$0] }
    }

    private func holds(_ claim: ForeignBaseline.Claim, _ index: Int) -> Bool {
        let finding = findings[index]
        switch claim.value {
        case .fingerprint(let fingerprint):
            return !finding.identity.matches(in: FingerprintList([fingerprint])).isEmpty
        case .sha1(let hash): return hashes[index].sha1.contains(hash)
        case .sha256(let hash): return hashes[index].sha256.contains(hash)
        case .text(let text):
            guard !finding.secret.isVisible else { return false }
            return isSame(text, finding.secret.revealed)
                || finding.identity.spellings.contains { isSame(text, String(decoding: $0, as: UTF8.self)) }
        case nil: break
        }
        // Nobody else reports habits, so that nobody else has accepted them.
        if finding.secret.isVisible { return false }
        if let pattern = claim.pathPattern { return finding.occurrences.allSatisfy { matches($0, pattern) } }
        guard let path = claim.path else { return false }
        return finding.occurrences.contains { place in
            place.path == path
                && claim.line.map { (place.region.startLine...place.region.endLine).contains($0) } ?? true
                && claim.commit.map { place.history?.introduced?.id.description == $0 } ?? true
        }
    }

    /// What one scanner takes for the secret may have the other's in it: a user before a password, a quote.
    private func isSame(_ text: String, _ secret: String) -> Bool {
        if text == secret { return true }
        guard min(text.utf8.count, secret.utf8.count) >= 12 else { return false }
        return text.contains(secret) || secret.contains(text)
    }

    private func matches(_ place: Occurrence, _ pattern: ForeignBaseline.PathPattern) -> Bool {
        switch pattern {
        case .glob(let glob): glob.matches(place.path)
        case .regex(let patterns): patterns.matches(place.path)
        }
    }
}

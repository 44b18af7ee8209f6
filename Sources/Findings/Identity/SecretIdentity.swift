internal import Bytes
package import Rules
internal import Synchronization

/// What a finding is recognised by: its rule's name and the value of its secret, as fingerprints of all kinds.
///
/// They are made when they are first asked for, and once: that of a weak value takes some milliseconds, and most findings are
/// below the thresholds. What earlier versions called the same secret is known, too, so that a baseline stays what it is when
/// rules get better names.
package final class SecretIdentity: Sendable {
    /// The name that all rules share which mean a secret of no provider.
    package static let generic = "generic-secret"
    /// The rule of secrets that somebody gave to be looked for: it says nothing of what they are.
    package static let givenRule = "known-secret"
    /// Rules whose secrets had identities of their own before they shared that one.
    private static let formerlyGeneric = [
        "generic-api-key", "generic-secret-assignment", "http-basic-auth-header", "http-bearer-auth-header",
        "json-web-token", "s3-secret-access-key",
    ]

    private let name: String
    /// Names that the same rule, or those that are generic, had when baselines were written.
    private let formerNames: [String]
    private let value: [UInt8]
    /// The literals that it was found as, where they differ from the value.
    package let spellings: [[UInt8]]
    private let isVisible: Bool
    private let key: FingerprintKey?
    /// What it is called, where that is all there is of it.
    private let known: Fingerprint?
    private let made = Mutex<[Request: Fingerprint]>([:])

    private struct Request: Hashable {
        let version: Fingerprint.Version
        let name: String
    }

    /// - Parameters:
    ///   - rule: What found it.
    ///   - spellings: Other literals of the same value.
    ///   - isHabit: Whether the rule is about what is done with a secret: to know the secret is not to accept that.
    ///   - key: The team's key; `nil`: there is none.
    package init(
        rule: Rule, secret: Secret, spellings: [[UInt8]] = [], isHabit: Bool = false, key: FingerprintKey? = nil
    ) {
        name = rule.identity
        value = secret.isVisible ? secret.bytes : LiteralValue.value(of: secret.bytes)
        self.spellings = Set(spellings + [secret.bytes]).subtracting([value]).sorted {
            $0.lexicographicallyPrecedes($1)
        }
        isVisible = secret.isVisible
        self.key = key
        known = nil
        var names = [rule.id] + rule.formerly
        if !secret.isVisible, !isHabit { names += [Self.generic] + Self.formerlyGeneric }
        var seen: Set<String> = [rule.identity]
        formerNames = names.filter { seen.insert($0).inserted }
    }

    /// The identity of a secret that nobody has here: of a report or a store that was read.
    ///
    /// - Parameter known: What it is called there. It has no other name.
    package init(known: Fingerprint) {
        (name, formerNames, value, spellings, isVisible, key) = ("", [], [], [], true, nil)
        self.known = known
    }

    /// What the finding is called in reports, and in baselines that are written now.
    package var fingerprint: Fingerprint { known ?? made(Request(version: version, name: name)) }

    /// What the same value is called where no provider is known.
    package var genericFingerprint: Fingerprint {
        known ?? made(Request(version: version, name: isVisible ? name : Self.generic))
    }

    /// Whether `fingerprint` takes time to make.
    package var isStretched: Bool { known == nil && version == .stretched }

    private var version: Fingerprint.Version {
        if isVisible { return .plain }
        if key != nil { return .keyed }
        return isWeak ? .stretched : .plain
    }

    /// Whether what a report does not show of it could be found by trying.
    private var isWeak: Bool { Secret(bytes: value).isWeak }

    /// Makes the fingerprints of several secrets whose fingerprints are stretched.
    static func stretch(_ identities: some Collection<SecretIdentity>) {
        let fingerprints = Fingerprint.stretched(identities.map { ($0.name, $0.value) })
        for (identity, fingerprint) in zip(identities, fingerprints) {
            let request = Request(version: .stretched, name: identity.name)
            identity.made.withLock { $0[request] = fingerprint }
        }
    }

    private func made(_ request: Request) -> Fingerprint {
        if let known = made.withLock({ $0[request] }) { return known }
        let result =
            switch request.version {
            case .plain: Fingerprint.plain(request.name, value)
            case .stretched: Fingerprint.stretched(request.name, value)
            case .keyed:
                key.map { Fingerprint.keyed(request.name, value, $0) } ?? Fingerprint.plain(request.name, value)
            }
        made.withLock { $0[request] = result }
        return result
    }
}

// MARK: Recognising

extension SecretIdentity {
    /// The fingerprints in a list that mean this secret: its own, the generic one of its value, and what both were in
    /// earlier versions, without a key, or under former names of the rule. The cheap ones are looked for first, and kinds of
    /// which the list has none are not made.
    ///
    /// - Parameter all: Whether all are wanted; otherwise the first is enough.
    package func matches(in list: FingerprintList, all: Bool = false) -> [Fingerprint] {
        if let known { return list.contains(known) ? [known] : [] }
        var result: [Fingerprint] = []
        func look(_ fingerprint: Fingerprint) -> Bool {
            if list.contains(fingerprint), !result.contains(fingerprint) { result.append(fingerprint) }
            return !all && !result.isEmpty
        }
        if key != nil, list.versions.contains(.keyed) {
            for name in [name] + formerNames where look(made(Request(version: .keyed, name: name))) { return result }
        }
        if list.versions.contains(.plain) {
            for name in [name] + formerNames where look(made(Request(version: .plain, name: name))) { return result }
            // Versions before 2 hashed the literal as it stood.
            for spelling in spellings {
                for name in [name] + formerNames where look(Fingerprint.plain(name, spelling)) { return result }
            }
        }
        if list.versions.contains(.stretched), !isVisible, isWeak {
            for name in stretchedNames where look(made(Request(version: .stretched, name: name))) { return result }
        }
        return result
    }

    /// Names that stretched fingerprints can have: they are younger than the names that became generic.
    private var stretchedNames: [String] {
        [name] + formerNames.filter { !Self.formerlyGeneric.contains($0) }
    }
}

extension Rule {
    /// What fingerprints of its secrets name: the rule, or what all share that know no provider.
    package var identity: String { strength == .generic && provider.isEmpty ? SecretIdentity.generic : id }
}

/// Fingerprints that somebody has listed, and of which kinds they are.
package struct FingerprintList: Sendable {
    private var members: Set<Fingerprint> = []
    private var counts: [Fingerprint.Version: Int] = [:]

    package init(_ members: some Sequence<Fingerprint>) {
        for member in members { insert(member) }
    }

    /// Of which kinds there are any.
    package var versions: Set<Fingerprint.Version> { Set(counts.keys) }

    package func contains(_ fingerprint: Fingerprint) -> Bool { members.contains(fingerprint) }

    mutating func insert(_ fingerprint: Fingerprint) {
        if members.insert(fingerprint).inserted { counts[fingerprint.version, default: 0] += 1 }
    }

    mutating func remove(_ fingerprint: Fingerprint) {
        guard members.remove(fingerprint) != nil else { return }
        let count = counts[fingerprint.version, default: 0] - 1
        counts[fingerprint.version] = count > 0 ? count : nil
    }
}

package import Rules

/// Addresses that the user put in place of those that rules name: gateways, self-hosted proxies.
package struct Endpoints: Sendable {
    private var addresses: [String: HTTPSAddress] = [:]

    package init() {}

    /// - Parameter provider: A provider's name or its first word, a rule's id, or an alternative's name; case ignored.
    package mutating func set(_ provider: String, _ address: HTTPSAddress) {
        addresses[Self.normal(provider)] = address
    }

    package var names: [String] { addresses.keys.sorted() }

    /// Which attempts are made, and where each goes.
    ///
    /// Who names an endpoint says where keys go: the rule's other hosts are then asked only if they are named as well.
    func attempts(of rule: Rule) throws(RequestError) -> [(attempt: VerificationSpec.Attempt, address: HTTPSAddress)] {
        guard let spec = rule.verification else { return [] }
        let main = address(for: [rule.id, rule.provider])
        var result: [(VerificationSpec.Attempt, HTTPSAddress)] = []
        for (index, attempt) in spec.attempts.enumerated() {
            let own: HTTPSAddress
            do throws(HTTPSAddressError) {
                own = try HTTPSAddress(attempt.url)
            } catch {
                throw .badAddress(error)
            }
            if let replacement = index == 0 ? main : address(for: [attempt.name]) {
                result.append((attempt, replacement.with(own.target)))
            } else if index == 0 || main == nil {
                result.append((attempt, own))
            }
        }
        return result
    }

    /// Whether an endpoint has this name.
    package func isFor(_ rule: Rule) -> Bool {
        address(for: [rule.id, rule.provider] + (rule.verification?.attempts.map(\.name) ?? [])) != nil
    }

    private func address(for names: [String]) -> HTTPSAddress? {
        for name in names where !name.isEmpty {
            if let address = addresses[Self.normal(name)] { return address }
            // "Mistral AI" goes by "mistral".
            let first = name.prefix { $0 != " " }
            if let address = addresses[Self.normal(String(first))] { return address }
        }
        return nil
    }

    private static func normal(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}

extension HTTPSAddress {
    /// This address's host and path, then another one's path; a first component that both have is written once:
    /// `https://gateway/mistral/v1` and `/v1/models` are `https://gateway/mistral/v1/models`.
    package func with(_ other: String) -> HTTPSAddress {
        var base = target.prefix { $0 != "?" }
        while base.hasSuffix("/") { base = base.dropLast() }
        let end = other.dropFirst().firstIndex { $0 == "/" || $0 == "?" } ?? other.endIndex
        let first = other[..<end]
        if first.count > 1, base.hasSuffix(first) { base = base.dropLast(first.count) }
        var result = self
        result.target = base + other
        return result
    }
}

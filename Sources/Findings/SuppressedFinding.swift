/// A secret that was found and is not reported, because somebody has said so.
package struct SuppressedFinding: Sendable {
    package var finding: Finding
    /// A comment, or the baseline.
    package var reason: Suppression
    /// Why, in the words of who said so; empty: that is not said.
    package var justification: String

    package init(finding: Finding, reason: Suppression, justification: String) {
        self.finding = finding
        self.reason = reason
        self.justification = justification
    }

    /// With the versions of a file as one place.
    func joiningVersions() -> SuppressedFinding {
        var copy = self
        copy.finding = finding.joiningVersions()
        return copy
    }
}

/// Where comments let a secret pass.
struct AllowedPlaces {
    var places: [Occurrence] = []
    /// The first that is given.
    private(set) var reason = ""

    mutating func add(_ place: Occurrence, reason: String) {
        places.append(place)
        if self.reason.isEmpty { self.reason = reason }
    }

    /// The places of both, each once.
    func merging(_ other: AllowedPlaces) -> AllowedPlaces {
        var result = self
        let known = Set(places.map(\.place))
        result.places += other.places.filter { !known.contains($0.place) }
        if result.reason.isEmpty { result.reason = other.reason }
        return result
    }
}

extension Baseline {
    /// Why a secret is accepted, in the words of its entry; `nil` where there is none, or it does not say.
    func reason(for finding: Finding) -> String? {
        let entries = finding.identity.matches(in: list).compactMap { entriesByFingerprint[$0] }
        return entries.map(\.reason).first { !$0.isEmpty }
    }
}

internal import Findings
package import Rules
package import ScanSources

/// Paths that somebody has left out of a scan.
package struct PathExclusion: Sendable {
    package var glob: PathGlob
    /// Who says so, and where the paths begin that he means.
    package var origin: Allowlist.Origin

    package init(glob: PathGlob, origin: Allowlist.Origin) {
        self.glob = glob
        self.origin = origin
    }

    /// - Parameter path: As the scan has it.
    package func matches(_ path: String) -> Bool { origin.path(path).map(glob.matches) ?? false }
}

extension Plan {
    /// The plan without what settings leave out.
    func leavingOut(_ exclusions: [PathExclusion]) -> Plan {
        guard !exclusions.isEmpty else { return self }
        var plan = self
        plan.items = []
        for item in items {
            guard let path = item.path?.description, let exclusion = exclusions.first(where: { $0.matches(path) })
            else {
                plan.items.append(item)
                continue
            }
            plan.omissions.append(Omission(reason: .excluded, subject: path))
            plan.excludedBy[exclusion.origin.file, default: 0] += 1
        }
        plan.isExcludedByName = plan.items.isEmpty && !items.isEmpty && items.allSatisfy(\.isNamed)
        return plan
    }
}

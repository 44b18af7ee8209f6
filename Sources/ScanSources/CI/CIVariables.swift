internal import FoundationEssentials

/// The environment variables of a CI job.
package struct CIVariables: Sendable {
    private let values: [String: String]

    package init(_ values: [String: String]) {
        self.values = values
    }

    /// Those of this process.
    package static func ofProcess() -> CIVariables {
        CIVariables(ProcessInfo.processInfo.environment)
    }

    /// `nil`, too, for a variable that is set to nothing.
    subscript(_ name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    /// Whether a variable says yes. Services write `true`, Azure `True`.
    func isTrue(_ name: String) -> Bool {
        self[name]?.lowercased() == "true"
    }

    /// The id of a commit, or `nil` if the variable is not set or holds only zeros, by which services say "none".
    func commit(_ name: String) -> String? {
        guard let value = self[name], value.contains(where: { $0 != "0" }) else { return nil }
        return value
    }
}

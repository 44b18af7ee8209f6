import Bytes

/// Values that say by their form what they are, and are no secrets under any name: versions, and rules for what somebody
/// else may type.
enum StatedForm {
    static func isOne(_ value: UnsafeRawBufferPointer) -> Bool { isVersion(value) || isValidation(value) }

    /// `4.1.0-preview5.18233.4`, `2.0.0-rc.1+build7`: numbers with dots between, and a stage of a release behind.
    private static func isVersion(_ value: UnsafeRawBufferPointer) -> Bool {
        guard value.first?.isDigit == true, value.count <= 64,
            let stage = value.firstIndex(where: { $0 == .hyphen || $0.isLetter })
        else { return false }
        let numbers = value.slice(0..<stage)
        guard numbers.allSatisfy({ $0.isDigit || $0 == .period }), numbers.contains(.period),
            value.allSatisfy({ $0.isAlphanumeric || $0 == .period || $0 == .hyphen || $0 == .plus })
        else { return false }
        let rest = value.slice(stage..<value.count)
        let word = rest.drop { $0 == .hyphen }.prefix(while: \.isLetter)
        return Words.stagesOfReleases.contains { UnsafeRawBufferPointer(rebasing: word).equalsCaseless($0) }
    }

    /// `required|string|min:8`, `size:24`: rules of a form, as PHP's frameworks write them.
    private static func isValidation(_ value: UnsafeRawBufferPointer) -> Bool {
        let rules = value.split(separator: .verticalBar, omittingEmptySubsequences: false)
        guard rules.allSatisfy({ $0.first?.isLowercase == true }) else { return false }
        let names = rules.map { $0.prefix { $0.isLowercase || $0 == .underscore } }
        let isKnown = names.map { name in
            Words.rulesOfForms.contains { UnsafeRawBufferPointer(rebasing: name).equalsCaseless($0) }
        }
        let isAlone = rules.count == 1
        return zip(rules, names).allSatisfy { rule, name in
            rule.count == name.count || rule[name.endIndex] == .colon
        } && (isAlone ? isKnown[0] && rules[0].count > names[0].count : isKnown.contains(true))
    }
}

extension Words {
    /// What stands behind the numbers of a version that is not the last.
    static let stagesOfReleases: [StaticString] = [
        "alpha", "beta", "build", "canary", "ci", "dev", "final", "ga", "m", "milestone", "nightly", "next", "pre",
        "preview",
        "prerelease", "rc", "release", "rtm", "servicing", "snapshot", "stable", "sp",
    ]

    /// Names of rules for the fields of a form: Laravel's, CodeIgniter's and their like.
    static let rulesOfForms: [StaticString] = [
        "accepted", "alpha", "between", "bool", "boolean", "confirmed", "current_password", "digits", "email", "exists",
        "filled",
        "in", "integer", "matches", "max", "max_length", "min", "min_length", "nullable", "numeric", "present", "regex",
        "required", "required_if", "required_with", "same", "size", "sometimes", "string", "unique", "url", "uuid",
    ]
}

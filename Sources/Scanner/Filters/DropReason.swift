/// Why a match is not a finding.
package enum DropReason: String, Sendable, CaseIterable {
    case characterClasses = "too few digits or letters of one case"
    case entropy = "entropy too low"
    case placeholder = "placeholder"
    case sequence = "alphabet, keyboard or repeated run"
    case words = "words or an identifier"
    case reference = "reference to a variable or secret store"
    case context = "nothing near says what it is"
    case foreignName = "its name names another provider"
    case identifierName = "its name is that of an identifier or a digest"
    case unassigned = "not assigned to a name that holds secrets"
    case allowlist = "allow-list"
}

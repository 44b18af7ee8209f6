import Findings
import Rules

extension Rule {
    /// The filters that a match of this rule has to pass, in the order they are asked.
    var filters: [DropReason] { DropReason.allCases.filter(isSubject) }

    private func isSubject(to filter: DropReason) -> Bool {
        switch filter {
        case .path: path != nil
        case .generatedFile: isSilentInGeneratedFiles
        case .vendored, .minified, .media, .translation, .wordList, .testVectors: specificity == 0
        case .characterClasses: minimumDigits + minimumUppercase + minimumLowercase > 0
        case .entropy: entropy != nil
        case .words: context != nil || strength == .generic
        case .address, .identifierName, .foreignName, .context: context != nil
        case .structure: [.privateKey, .basicCredentials].contains(validator)
        case .password: [.password, .basicCredentials].contains(validator)
        case .unassigned: context?.assigned.isEmpty == false
        case .reference, .placeholder, .publishedSample, .sequence, .encodedBlock, .allowlist, .overlap, .inline,
            .threshold, .baseline:
            true
        }
    }

    /// Whether the rule judges by names and surroundings, which mean nothing in files that programs write.
    var isSilentInGeneratedFiles: Bool { context != nil || specificity == 0 }
}

import Bytes
import Findings
import Rules

/// What a value's own structure says about it.
enum StructureVerdict: Equatable {
    /// There is nothing to check in a value of this form.
    case notApplicable
    /// Checksum or structure are right, which chance does not bring about.
    case confirmed
    /// They are wrong: made up, cut, or of a form that is not known yet.
    case unconfirmed
    /// This is no secret.
    case refuted(DropReason)
}

extension Validator {
    /// Judges a value by itself.
    ///
    /// - Parameters:
    ///   - secret: Where the value stands in the text.
    ///   - whole: What the whole pattern matched.
    func judge(_ secret: Range<Int>, whole: Range<Int>, in text: UnsafeRawBufferPointer) -> StructureVerdict {
        let value = text.slice(secret)
        switch self {
        case .base62CRC32: return Base62Checksum.judge(value)
        case .gitlabRoutable: return GitLabChecksum.judge(value)
        case .grafanaCRC32: return GrafanaChecksum.judge(value)
        case .awsAccessKeyID: return AccessKeyAccount.judge(value)
        case .jsonWebToken: return JSONWebTokenParts.judge(value)
        case .privateKey: return PrivateKeyBody.judge(value)
        case .password:
            if PasswordFilter.isUserName(value, at: secret, of: whole, in: text) { return .refuted(.password) }
            return PasswordFilter.isMadeUp(value) ? .refuted(.password) : .notApplicable
        case .basicCredentials: return BasicCredentials.judge(value)
        }
    }
}

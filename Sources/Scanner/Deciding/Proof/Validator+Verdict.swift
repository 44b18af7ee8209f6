import Bytes
import Findings
import Rules

/// The fourth question, does it prove itself: what a value's own structure says about it.
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
    func judge(_ candidate: Candidate, _ keys: KeyReader, _ trace: inout Trace) -> StructureVerdict {
        let value = candidate.value
        switch self {
        case .base62CRC32: return Base62Checksum.judge(value)
        case .gitlabRoutable: return GitLabChecksum.judge(value)
        case .grafanaCRC32: return GrafanaChecksum.judge(value)
        case .awsAccessKeyID: return AccessKeyAccount.judge(value)
        case .jsonWebToken: return JSONWebTokenParts.judge(value)
        case .privateKey: return PrivateKeyBody.judge(candidate, isEncrypted: false, keys, &trace)
        case .encryptedPrivateKey: return PrivateKeyBody.judge(candidate, isEncrypted: true, keys, &trace)
        case .puttyKey: return PuTTYKey(value).isWhole ? .confirmed : .unconfirmed
        case .password:
            let isNone = MadeUpPassword.isUserName(candidate) || MadeUpPassword.isMadeUp(value)
            return trace.ask(.password, isNone).map(StructureVerdict.refuted) ?? .notApplicable
        case .basicCredentials: return BasicCredentials.judge(value, &trace)
        }
    }
}

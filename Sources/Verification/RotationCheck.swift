package import Rules

/// Whether one key has taken another's place: the new one is live before it is deployed, the old one dead after.
package struct RotationCheck: Sendable {
    package enum Outcome: Sendable, Hashable {
        /// Every step that was asked for is done.
        case done
        /// The new key cannot be deployed: it is dead, or lacks a permission.
        case newKeyIsNotLive
        case oldKeyIsStillLive
        /// A provider could not be asked.
        case undecided
    }

    /// What was found out about each; `nil` for a key that was not given.
    package let new: VerificationResult?
    package let old: VerificationResult?

    package init(new: VerificationResult?, old: VerificationResult?) {
        self.new = new
        self.old = old
    }

    /// The first step that failed.
    package var outcome: Outcome {
        if let new, new.liveness == .dead || new.liveness == .restricted { return .newKeyIsNotLive }
        if new?.liveness == .unknown { return .undecided }
        if let old, old.liveness.isLive { return .oldKeyIsStillLive }
        return old?.liveness == .unknown ? .undecided : .done
    }

    package var sentence: String {
        switch outcome {
        case .done where old == nil: "the new key is live: deploy it, then revoke the old one"
        case .done where new == nil: "the old key is dead"
        case .done: "done: the new key is live and the old one dead"
        case .newKeyIsNotLive: "step 1 failed: the new key does not work as it should; do not deploy it"
        case .oldKeyIsStillLive: "step 2 failed: the old key is still live; revoke it once the new one is deployed"
        case .undecided: "not known: the provider could not be asked about a key"
        }
    }
}

internal import Dispatch

extension [Finding] {
    /// Makes those fingerprints that take time, on all processors: a scan may report thousands of weak passwords.
    package func makeFingerprints() {
        let dear = filter(\.identity.isStretched)
        guard dear.count > 1 else { return }
        DispatchQueue.concurrentPerform(iterations: dear.count) { index in _ = dear[index].fingerprint }
    }
}

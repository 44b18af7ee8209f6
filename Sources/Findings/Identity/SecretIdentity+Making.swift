internal import Bytes
internal import Dispatch

extension [Finding] {
    /// Makes those fingerprints that take time, on all processors: a scan may report thousands of weak passwords.
    package func makeFingerprints() {
        let dear = map(\.identity).filter(\.isStretched)
        guard dear.count > 1 else { return }
        let groups = stride(from: 0, to: dear.count, by: Scrypt.atOnce).map { start in
            dear[start..<Swift.min(start + Scrypt.atOnce, dear.count)]
        }
        DispatchQueue.concurrentPerform(iterations: groups.count) { SecretIdentity.stretch(groups[$0]) }
    }
}

internal import Bytes

/// HMAC with SHA-256 (RFC 2104), for the few requests that are signed with it.
enum HMAC {
    /// The 32 bytes of the code.
    static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        let block = 64
        var short = key
        if key.count > block {
            var hash = SHA256()
            hash.update(key)
            short = hash.finalize()
        }
        short += [UInt8](repeating: 0, count: block - short.count)
        defer { short.withUnsafeMutableBytes { SecretBuffer.wipe($0) } }
        var inner = SHA256()
        inner.update(short.map { $0 ^ 0x36 } + message)
        var outer = SHA256()
        outer.update(short.map { $0 ^ 0x5c } + inner.finalize())
        return outer.finalize()
    }
}

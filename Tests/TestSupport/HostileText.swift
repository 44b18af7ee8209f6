/// A text made to give a matcher much to do, of any length.
public struct HostileText: Sendable, CustomStringConvertible {
    /// What it is called in the name of a test.
    public let description: String
    private let unit: String
    /// Length of its lines, line feed included; `nil`: it is one line.
    private let lineLength: Int?

    private init(_ description: String, _ unit: String, lineLength: Int? = nil) {
        self.description = description
        self.unit = unit
        self.lineLength = lineLength
    }

    /// One of each kind.
    public static let all = [
        HostileText("keywords only", "key="),
        HostileText("keywords on lines", "key=token=secret=", lineLength: 40),
        HostileText("one endless line", "the value of api_key is in the token, "),
        HostileText("candidates on one line", "api_key='q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE', "),
        HostileText("candidates on lines", "token: q7Rw2ZxK9mTb4LsVy8Hd3NcPf6Gj1UaE ", lineLength: 42),
        HostileText("beginnings of web tokens", "eyJhbGciOiJIUzI1NiJ9eyJ"),
        HostileText("prefixes of tokens", "sk-ghp_glpat-xoxb-AKIA"),
        HostileText("names of providers", "mistral openai stripe datadog "),
        HostileText("one run", "0123456789abcdefABCDEF_-"),
        HostileText("addresses", "https://user:pass@host "),
        HostileText("beginnings of private keys", "-----BEGIN PRIVATE KEY-----\n"),
        HostileText("brackets", "{key:[({"),
    ]

    /// So many bytes of it.
    public func bytes(_ count: Int) -> [UInt8] {
        let unit = Array(unit.utf8)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer[index] = unit[index % unit.count] }
            if let lineLength {
                for end in stride(from: lineLength - 1, to: count, by: lineLength) { buffer[end] = 0x0a }
            }
            initialized = count
        }
    }
}

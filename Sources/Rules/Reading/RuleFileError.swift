/// A rule file or configuration that cannot be used: which file, which line, why.
public struct RuleFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    public var file: String
    /// 1-based; `nil` where the trouble has no single line.
    public var line: Int?
    /// One sentence without a full stop.
    public var reason: String

    /// An error in a file.
    public init(file: String, line: Int? = nil, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    /// File, line and reason, as compilers write them.
    public var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)"
    }
}

import Testing

/// Ways in which a key stands in files of one kind; `%K` is where it does.
struct FixShapes: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// What such a file is called.
    let path: String
    let texts: [String]

    init(_ name: String, path: String, _ texts: [String]) {
        testDescription = name
        self.path = path
        self.texts = texts
    }

    static let all = scripts + compiled + formats
}

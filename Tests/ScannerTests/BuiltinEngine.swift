import BuiltinRules
import Rules

@testable import Scanner

/// The compiled-in rules made ready once for all tests.
enum BuiltinEngine {
    static let shared = ScanEngine(.builtin)
}

extension ScanEngine {
    /// An engine of rules written in a test.
    convenience init(toml: String) throws {
        let file = try RuleFile(text: toml, file: "test.toml")
        self.init(try RuleSet(rules: file.rules, allowlists: file.allowlists))
    }
}

extension BlobScanner {
    /// Scans the UTF-8 of a string.
    func scan(_ text: String, path: String? = "") -> BlobResult { text.withBytes { scan($0, path: path) } }
}

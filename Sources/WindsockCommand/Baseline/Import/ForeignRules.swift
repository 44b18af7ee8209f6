import BuiltinRules
import Reports
import Rules

/// Says of a file of rules in the dialect of gitleaks and betterleaks what of it is understood.
enum ForeignRules {
    static func tell(_ name: String, _ text: String) throws(CommandFailure) {
        let file: RuleFile
        do throws(RuleFileError) {
            file = try RuleFile(text: text, file: name, shared: .builtin)
        } catch {
            throw CommandFailure("\(error)")
        }
        for warning in file.warnings { StandardError.write("windsock: \(warning)\n") }
        print(
            "\(name): \(Quantity.count(file.rules.count, "rule")) and \(Quantity.count(file.allowlists.count, "allow-list")) are understood; use it with --config \(name), or as .gitleaks.toml; no baseline was written"
        )
    }
}

/// TOML text that is not ours: settings of other programs, to which lines are added.
package enum TOMLText {
    /// What is wrong with it, with the line, without a word of it; `nil`: nothing is.
    package static func problem(in text: String) -> String? {
        do throws(TOMLTable.ParseError) {
            _ = try TOMLTable(text)
            return nil
        } catch {
            return "line \(error.line): \(error.reason)"
        }
    }
}

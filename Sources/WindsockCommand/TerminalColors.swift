/// Whether text is coloured, by what the user says and what the terminal can do.
enum TerminalColors {
    /// - Parameter isTerminal: Whether the text goes to a terminal.
    static func areUsed(_ mode: ColorMode, isTerminal: Bool) -> Bool {
        switch mode {
        case .always: true
        case .never: false
        case .auto: areUsed(isTerminal: isTerminal)
        }
    }

    /// https://no-color.org, https://bixense.com/clicolors and https://force-color.org, in this order: who wants no colour gets
    /// none.
    private static func areUsed(isTerminal: Bool) -> Bool {
        if Environment.value("NO_COLOR") != nil { return false }
        if ["CLICOLOR_FORCE", "FORCE_COLOR"].contains(where: { isOn($0) == true }) { return true }
        return isTerminal && !isDumb && isOn("CLICOLOR") != false
    }

    /// A terminal that shows escape sequences as they are.
    static var isDumb: Bool { Environment.value("TERM") == "dumb" }

    /// `nil`: the variable says nothing.
    private static func isOn(_ variable: String) -> Bool? { Environment.value(variable).map { $0 != "0" } }
}

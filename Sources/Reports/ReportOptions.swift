/// How a report is written.
package struct ReportOptions: Sendable {
    /// The version of windsock, `1.2.3`.
    package var toolVersion: String
    /// Write secrets in full, in the formats where `ReportFormat.canShowSecrets`.
    package var showSecrets: Bool
    /// Use ANSI colours in text.
    package var color: Bool
    /// Columns that text is wrapped to; less than 40 counts as 40.
    package var terminalWidth: Int
    /// Where windsock is described; an absolute URI.
    package var informationURI: String?
    /// The commit that HEAD names, in hex. GitLab demands one for every place; `nil`: there is none.
    package var headCommit: String?
    /// Tell in text the whole story of each secret of a history; other formats always have it.
    package var showsTimelines: Bool
    /// What the scan keeps from happening: text then says how to go on, since nothing has leaked yet. `nil`: nothing.
    package var stops: StoppedStep?
    /// The command that is kept from it.
    package var stopped = StoppedCommand()
    /// Whether text says all of each finding where a step is stopped, too.
    package var isVerbose = false
    /// Whether text keeps to what was found: no steps.
    package var isQuiet = false

    package init(
        toolVersion: String, showSecrets: Bool = false, color: Bool = false, terminalWidth: Int = 80,
        informationURI: String? = nil, headCommit: String? = nil,
        showsTimelines: Bool = false, stops: StoppedStep? = nil
    ) {
        self.toolVersion = toolVersion
        self.showSecrets = showSecrets
        self.color = color
        self.terminalWidth = terminalWidth
        self.informationURI = informationURI
        self.headCommit = headCommit
        self.showsTimelines = showsTimelines
        self.stops = stops
    }
}

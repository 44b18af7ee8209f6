/// How a report is written.
public struct ReportOptions: Sendable {
    /// The version of windsock, `1.2.3`.
    public var toolVersion: String
    /// Write secrets in full, in the formats where `ReportFormat.canShowSecrets`.
    public var showSecrets: Bool
    /// Use ANSI colours in text.
    public var color: Bool
    /// Columns that text is wrapped to; less than 40 counts as 40.
    public var terminalWidth: Int
    /// Where windsock is described; an absolute URI.
    public var informationURI: String?
    /// The commit that HEAD names, in hex. GitLab demands one for every place; `nil`: there is none.
    public var headCommit: String?
    /// Tell in text the whole story of each secret of a history; other formats always have it.
    public var showsTimelines: Bool

    public init(
        toolVersion: String, showSecrets: Bool = false, color: Bool = false, terminalWidth: Int = 80,
        informationURI: String? = nil, headCommit: String? = nil,
        showsTimelines: Bool = false
    ) {
        self.toolVersion = toolVersion
        self.showSecrets = showSecrets
        self.color = color
        self.terminalWidth = terminalWidth
        self.informationURI = informationURI
        self.headCommit = headCommit
        self.showsTimelines = showsTimelines
    }
}

/// What windsock tells about its own run, other than results.
enum SARIFNotification: String, CaseIterable {
    case notRead = "not-read"
    case interrupted
    case resultsLeftOut = "results-left-out"

    private var description: String {
        switch self {
        case .notRead: "Something that was to be scanned could not be read."
        case .interrupted: "The scan was ended before its end."
        case .resultsLeftOut: "The report does not have all results."
        }
    }

    private var level: String {
        switch self {
        case .notRead, .interrupted: "error"
        case .resultsLeftOut: "warning"
        }
    }

    /// The entry in the driver's list of notifications.
    func describe(to writer: inout JSONWriter) {
        writer.field("id", rawValue)
        writer.field("shortDescription", object: { $0.field("text", description) })
        writer.field("defaultConfiguration", object: { $0.field("level", level) })
    }

    func write(_ text: String, to writer: inout JSONWriter) {
        writer.field("descriptor", object: { $0.field("id", rawValue) })
        writer.field("level", level)
        writer.field("message", object: { $0.field("text", text) })
    }
}

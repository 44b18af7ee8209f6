internal import Findings

extension ScanMode {
    /// The mode's name in every report.
    var word: String {
        switch self {
        case .tree: "tree"
        case .staged: "staged"
        case .uncommitted: "uncommitted"
        case .history: "history"
        case .range: "range"
        case .standardInput: "stdin"
        case .patch: "patch"
        }
    }
}
